/**
 * Random properties of random whole-state models as data: comparisons of one variable, of some or of every one, for every
 * kind of property that can be claimed of variables.
 */
import { type Fairness, Property, type FairnessKind } from "../../src/property/index.ts"
import { compared, type Comparison, type Predicate } from "./RandomProperties.ts"
import { placeOf } from "./odd-values.ts"

/** A property as data. Strengths are those of actions `a0`, `a1` …; one too many is left out. */
export interface RandomDigitProperty {
  readonly kind: "invariant" | "atQuiescence" | "reachable" | "stepInvariant" | "eventually"
  readonly holds: Predicate
  readonly premise: Predicate | null
  readonly stable: boolean
  readonly fairness: { readonly default: FairnessKind; readonly actions: ReadonlyArray<FairnessKind | null> }
}

/** The digit that a value stands for. */
export const digitOf = (value: unknown): number =>
  placeOf(value) ??
  (typeof value === "number"
    ? value
    : [...(value as Iterable<string>)].reduce((sum, bit) => sum + (bit === "low" ? 1 : 2), 0))

type View = { readonly [variable: string]: unknown }

/** The digits of a view, each read only when it is asked for: a variable by itself is a getter where that matters. */
const readers = (view: View): ReadonlyArray<() => number> =>
  Object.entries(Object.getOwnPropertyDescriptors(view)).flatMap(([name, { value }]) =>
    Array.isArray(value)
      ? value.map((_, at) => () => digitOf(Reflect.get(value, at)))
      : [() => digitOf(Reflect.get(view, name))]
  )

/** Whether a predicate is true of a view. */
export const isTrueOf = ({ comparisons, join }: Predicate, view: View): boolean => {
  const all = readers(view)
  const one = (comparison: Comparison): boolean => {
    const at = (read: () => number) => compared(read(), comparison)
    if (comparison.of === "every") return all.every(at)
    return typeof comparison.of === "number" ? at(all[comparison.of % all.length]!) : all.some(at)
  }
  return join === "all" ? comparisons.every(one) : comparisons.some(one)
}

const fairnessOf = ({ actions, default: otherwise }: RandomDigitProperty["fairness"], count: number): Fairness => ({
  default: otherwise,
  actions: Object.fromEntries(
    actions
      .slice(0, count)
      .flatMap((fairnessKind, index) => (fairnessKind === null ? [] : [[`a${index}`, fairnessKind]]))
  )
})

/** The properties that the data describes. */
export const propertiesOfDigits = (
  properties: ReadonlyArray<RandomDigitProperty>,
  actions: number
): ReadonlyArray<Property<unknown>> =>
  properties.map(({ fairness, holds, kind, premise, stable }, index): Property<unknown> => {
    const name = `property ${index}`
    const where = premise === null ? undefined : (view: View) => isTrueOf(premise, view)
    if (kind === "stepInvariant") {
      return Property.stepInvariant<View>(name, {
        holds: (before, after, { action }) => isTrueOf(holds, action === "a0" ? before : after),
        ...(where === undefined ? {} : { premise: (before) => where(before) })
      }) as Property<unknown>
    }
    const property = { holds: (view: View) => isTrueOf(holds, view) }
    if (kind === "eventually") {
      const from = where === undefined ? {} : { from: where }
      return Property.eventually<View>(name, {
        ...property,
        ...from,
        stable,
        fairness: fairnessOf(fairness, actions)
      }) as Property<unknown>
    }
    return Property[kind]<View>(name, {
      ...property,
      ...(where === undefined ? {} : { premise: where })
    }) as Property<unknown>
  })
