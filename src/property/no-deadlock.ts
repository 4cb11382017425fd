/** The property that every exploration judges, as in TLC by default. */
import type { Ends, System } from "../model/index.ts"
import type { NoDeadlock, Property } from "./Property.ts"

/** The name of the property. */
export const NO_DEADLOCK = "no deadlock"

/** Builds the property of a model with these ends. */
export const noDeadlock = <View>(ends: Ends<never> | undefined): NoDeadlock<View> => ({
  kind: "noDeadlock",
  name: NO_DEADLOCK,
  holds: ends === undefined ? () => false : (view) => ends.when(view as never),
  premise: undefined,
  observer: undefined,
  explain: undefined
})

/** The properties by which a system is judged: the given ones, then that it never deadlocks. */
export const judgedOf = <View>(
  system: System<View>,
  properties: ReadonlyArray<Property<View>>
): ReadonlyArray<Property<View>> => [...properties, noDeadlock<View>(system.ends)]
