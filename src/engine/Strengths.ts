/**
 * What a fair run owes each action of a program, from what a property states.
 */
import type { Eventually, Strength } from "../property/index.ts"
import { ModelRefused } from "./ModelRefused.ts"
import type { Program } from "./Program.ts"

/** Actions that exist only under settings that allow the fault; naming them is always right. */
const faultNames = ["lose", "duplicate", "cut", "heal", "crash", "crash in mid-handler", "recover"]

/** The strength of each unit of a program that has been met so far. */
export const strengthsOf = (program: Program, { fairness }: Eventually<never>): ReadonlyArray<Strength> => {
  const { actions = {}, default: otherwise = "weak" } = fairness
  const strengths = program.actions.map(({ fault, name }) => actions[name] ?? (fault ? "none" : otherwise))
  return program.units.map(({ action }) => strengths[action]!)
}

/** Throws `ModelRefused` if a property demands fairness of an action that the system does not have. */
export const refuseUnknownActions = (system: string, program: Program, property: Eventually<never>): void => {
  const known = new Set([...program.actions.map(({ name }) => name), ...faultNames])
  const unknown = Object.keys(property.fairness.actions ?? {}).find((name) => !known.has(name))
  if (unknown === undefined) return
  throw new ModelRefused({
    system,
    where: `the fairness of property "${property.name}"`,
    offence: "names an action that does not exist",
    input: "",
    detail: `"${unknown}" is none of ${program.actions.map(({ name }) => `"${name}"`).join(", ")}`
  })
}
