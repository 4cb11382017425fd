/**
 * What a fair run owes each action of a program, from what a property states.
 */
import type { Eventually, Strength } from "../../property/index.ts"
import { ModelRefused } from "../execution/ModelRefused.ts"
import type { Program, StepUnit } from "../Program.ts"

/** Actions that exist only under settings that allow the fault; naming them is always right. */
const faultNames = ["lose", "duplicate", "cut", "heal", "crash", "crash in mid-handler", "recover"]

/** Units to which a fair run owes something as to one: by unit, 1 for a member. */
export interface UnitGroup {
  readonly strength: "weak" | "strong"
  readonly members: Uint8Array
}

const isNamed = (program: Program, { action, label }: StepUnit, names: ReadonlyArray<string>): boolean =>
  names.includes(program.actions[action]!.name) || (label !== undefined && names.includes(label))

/** The strength of each unit of a program that has been met so far, by itself. */
export const strengthsOf = (program: Program, { fairness }: Eventually<never>): ReadonlyArray<Strength> => {
  const { actions = {}, default: otherwise = "weak", together = [] } = fairness
  const grouped = together.flatMap((group) => group.actions)
  return program.units.map((unit) => {
    const { fault, name } = program.actions[unit.action]!
    const named = (unit.label === undefined ? undefined : own(actions, unit.label)) ?? own(actions, name)
    return named ?? (fault || isNamed(program, unit, grouped) ? "none" : otherwise)
  })
}

const own = (actions: { readonly [action: string]: Strength }, name: string): Strength | undefined =>
  Object.hasOwn(actions, name) ? actions[name] : undefined

/** The groups of units of a program that have been met so far. */
export const groupsOf = (program: Program, { fairness }: Eventually<never>): ReadonlyArray<UnitGroup> =>
  (fairness.together ?? []).map(({ actions, strength }) => ({
    strength,
    members: Uint8Array.from(program.units, (unit) => (isNamed(program, unit, actions) ? 1 : 0))
  }))

/** Throws `ModelRefused` if a property demands fairness of an action that the system does not have. */
export const refuseUnknownActions = (system: string, program: Program, property: Eventually<never>): void => {
  const { actions = {}, together = [] } = property.fairness
  const names = program.actions.map(({ name }) => name)
  const known = new Set([...names, ...program.units.flatMap(({ label }) => label ?? []), ...faultNames])
  const unknown = [...Object.keys(actions), ...together.flatMap((group) => group.actions)].find(
    (name) => !known.has(name)
  )
  if (unknown === undefined) return
  throw new ModelRefused({
    system,
    where: `the fairness of property "${property.name}"`,
    offence: "names an action that does not exist",
    input: "",
    detail: `"${unknown}" is none of ${names.map((name) => `"${name}"`).join(", ")}`
  })
}
