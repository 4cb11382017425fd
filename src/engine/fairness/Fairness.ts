/**
 * What a fair run owes each action of a program, from what a property states.
 */
import type { Eventually, FairnessKind } from "../../property/index.ts"
import { ModelRefused } from "../execution/ModelRefused.ts"
import type { Program, FairnessClass } from "../Program.ts"

/** Actions that exist only under settings that allow the fault; naming them is always right. */
const faultNames = ["lose", "duplicate", "cut", "heal", "crash", "crash in mid-handler", "recover"]

/** Units to which a fair run owes something as to one: by unit, 1 for a member. */
export interface FairnessGroup {
  readonly fairnessKind: "weak" | "strong"
  readonly members: Uint8Array
}

const isNamed = (program: Program, { action, label }: FairnessClass, names: ReadonlyArray<string>): boolean =>
  names.includes(program.actions[action]!.name) || (label !== undefined && names.includes(label))

/** The strength of each unit of a program that has been met so far, by itself. */
export const fairnessOf = (program: Program, { fairness }: Eventually<never>): ReadonlyArray<FairnessKind> => {
  const { actions = {}, default: otherwise = "weak", together = [] } = fairness
  const grouped = together.flatMap((group) => group.actions)
  return program.fairnessClasses.map((fairnessClass) => {
    const { fault, name } = program.actions[fairnessClass.action]!
    const named =
      (fairnessClass.label === undefined ? undefined : own(actions, fairnessClass.label)) ?? own(actions, name)
    return named ?? (fault || isNamed(program, fairnessClass, grouped) ? "none" : otherwise)
  })
}

const own = (actions: { readonly [action: string]: FairnessKind }, name: string): FairnessKind | undefined =>
  Object.hasOwn(actions, name) ? actions[name] : undefined

/** The groups of units of a program that have been met so far. */
export const groupsOf = (program: Program, { fairness }: Eventually<never>): ReadonlyArray<FairnessGroup> =>
  (fairness.together ?? []).map(({ actions, fairness: fairnessKind }) => ({
    fairnessKind,
    members: Uint8Array.from(program.fairnessClasses, (fairnessClass) =>
      isNamed(program, fairnessClass, actions) ? 1 : 0
    )
  }))

/** Throws `ModelRefused` if a property demands fairness of an action that the system does not have. */
export const refuseUnknownActions = (system: string, program: Program, property: Eventually<never>): void => {
  const { actions = {}, together = [] } = property.fairness
  const names = program.actions.map(({ name }) => name)
  const known = new Set([...names, ...program.fairnessClasses.flatMap(({ label }) => label ?? []), ...faultNames])
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
