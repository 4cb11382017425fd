/**
 * Fairness of the actions of a program, from the statement of a property.
 */
import type { Eventually, FairnessKind } from "../../property/index.ts"
import { ModelRefused } from "../execution/ModelRefused.ts"
import type { Program, FairnessClass } from "../Program.ts"

/** Actions that exist only under settings that allow the fault; naming them is always accepted. */
const faultNames = ["lose", "duplicate", "cut", "heal", "crash", "crash in mid-handler", "recover"]

/** Fairness classes that fairness treats as one: by class, 1 for a member. */
export interface FairnessGroup {
  readonly fairnessKind: "weak" | "strong"
  readonly members: Uint8Array
}

const isNamed = (program: Program, { action, label }: FairnessClass, names: ReadonlyArray<string>): boolean =>
  names.includes(program.actions[action]!.name) || (label !== undefined && names.includes(label))

/** The fairness kind of each class of a program found so far, outside of groups. */
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

/** The groups of classes of a program found so far. */
export const groupsOf = (program: Program, { fairness }: Eventually<never>): ReadonlyArray<FairnessGroup> =>
  (fairness.together ?? []).map(({ actions, fairness: fairnessKind }) => ({
    fairnessKind,
    members: Uint8Array.from(program.fairnessClasses, (fairnessClass) =>
      isNamed(program, fairnessClass, actions) ? 1 : 0
    )
  }))

/** Checks the action names in a property's fairness. Throws `ModelRefused` if the system has no such action. */
export const refuseUnknownActions = (system: string, program: Program, property: Eventually<never>): void => {
  const { actions = {}, together = [] } = property.fairness
  const names = program.actions.map(({ name }) => name)
  const existing = new Set([...names, ...program.fairnessClasses.flatMap(({ label }) => label ?? []), ...faultNames])
  const unknown = [...Object.keys(actions), ...together.flatMap((group) => group.actions)].find(
    (name) => !existing.has(name)
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
