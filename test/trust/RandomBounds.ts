/**
 * What bounds a random whole-state model, as data: constraints on states and steps, a predicate or list for the initial
 * states; and beside it properties that ask what is enabled, that owe fairness to several actions as one, and that property
 * that the model refines itself without some of its actions.
 */
import fc from "fast-check"
import type { System, WholeState } from "../../src/model/index.ts"
import { type Enabled, Property } from "../../src/property/index.ts"
import { agreementOn, type Agreement, engine, smallLimit, stateLimit } from "./agreement.ts"
import { predicate, upTo } from "./arbitraries.ts"
import type { Predicate } from "./RandomProperties.ts"
import { propertiesOfDigits, isTrueOf } from "./RandomDigitProperties.ts"
import { modelOf, type RandomVariablesCase } from "./RandomVariables.ts"
import { randomVariablesCases } from "./variable-arbitraries.ts"

/** The bounds; properties of runs are claimed only where nothing is constrained. */
export interface RandomBounds {
  readonly constraint: Predicate | null
  /** True of a step where the first is false before it or the second true after it. */
  readonly actionConstraint: readonly [before: Predicate, after: Predicate] | null
  readonly initial: Predicate | null
  /** Initial states as places among the products. */
  readonly listed: ReadonlyArray<number> | null
}

/** A property that asks which actions are enabled, and where. */
export interface RandomEnabledProperty {
  readonly kind: "invariant" | "reachable" | "atQuiescence"
  readonly action: number
  readonly steps: "changing" | "any"
  readonly or: Predicate
}

/** Fairness of several actions as one. */
export interface RandomTogether {
  readonly actions: ReadonlyArray<number>
  readonly fairness: "weak" | "strong"
}

/** A bounded model with properties about it. */
export interface RandomBoundedCase {
  readonly random: RandomVariablesCase
  readonly bounds: RandomBounds
  readonly enabled: ReadonlyArray<RandomEnabledProperty>
  readonly together: ReadonlyArray<RandomTogether>
  /** Actions that the abstract model lacks; null for no property of refinement. */
  readonly lacks: ReadonlyArray<number> | null
}

type View = { readonly [variable: string]: unknown }

/** A bound that throws would refuse the model: there it is not met. */
const isWithin = (bound: Predicate, view: View): boolean => {
  try {
    return isTrueOf(bound, view)
  } catch {
    return false
  }
}

/** The model with its bounds; nothing where no initial state is left. */
const bounded = (model: WholeState<unknown>, bounds: RandomBounds): WholeState<unknown> | undefined => {
  const { actionConstraint, constraint, initial, listed } = bounds
  const products = model.slots.reduce(
    (states: ReadonlyArray<ReadonlyArray<unknown>>, { initials }) =>
      states.flatMap((state) => initials.map((value) => [...state, value])),
    [[]]
  )
  const viewOf = (state: ReadonlyArray<unknown>): View =>
    Object.fromEntries(
      model.variables.map(({ first, name, size }) => [
        name,
        size === undefined ? state[first] : state.slice(first, first + size)
      ])
    )
  const states = listed?.map((place) => viewOf(products[place % products.length]!))
  const kept = (view: View) => initial === null || isWithin(initial, view)
  if (!(states ?? products.map(viewOf)).some(kept)) return undefined
  return {
    ...model,
    initialStates: states,
    initialWhere: initial === null ? undefined : kept,
    constraint: constraint === null ? undefined : (view: View) => isWithin(constraint, view),
    actionConstraint:
      actionConstraint === null
        ? undefined
        : (before: View, after: View) => !isWithin(actionConstraint[0], before) || isWithin(actionConstraint[1], after)
  }
}

const asking = (model: WholeState<unknown>, { action, kind, or, steps }: RandomEnabledProperty, index: number) => {
  const names = [...new Set(model.instances.flatMap((each) => [each.action, each.label]))]
  const name = names[action % names.length] ?? "a0"
  const holds = (view: View, _: undefined, enabled: Enabled) => enabled(name, steps) || isTrueOf(or, view)
  return Property[kind]<View>(`asks ${index}`, { holds }) as Property<unknown>
}

const fairTogether = (
  property: Property<unknown>,
  together: ReadonlyArray<RandomTogether>,
  names: ReadonlyArray<string>
) =>
  property.kind !== "eventually" || together.length === 0
    ? property
    : {
        ...property,
        fairness: {
          ...property.fairness,
          together: together.map(({ actions, fairness }) => ({
            fairness,
            actions: actions.map((action) => names[action % names.length]!)
          }))
        }
      }

/** Compares both explorers of a bounded model. */
export const agreementOnBounded = async (random: RandomBoundedCase): Promise<Agreement> => {
  const { bounds, enabled, lacks, random: plain, together } = random
  const made = modelOf(plain.model) as WholeState<unknown>
  const model = bounded(made, bounds)
  if (model === undefined) return { _tag: "too large" }
  const isConstrained = model.constraint !== undefined || model.actionConstraint !== undefined
  const names = [...new Set(model.instances.flatMap(({ action, label }) => [action, label]))]
  const digits = propertiesOfDigits(plain.properties, plain.model.actions.length)
    .filter(({ kind }) => !isConstrained || kind !== "eventually")
    .map((property) => fairTogether(property, together, names))
  const without = new Set(lacks?.map((action) => `a${action % plain.model.actions.length}`))
  const abstract = { ...made, instances: made.instances.filter(({ action }) => !without.has(action)) }
  const refining = Property.refines<View, View>("refines itself", {
    abstract: abstract as WholeState<View>,
    map: (view) => Object.fromEntries(made.variables.map(({ name }) => [name, view[name]]))
  }) as Property<unknown>
  const properties = [
    ...digits,
    ...enabled.map((property, index) => asking(model, property, index)),
    ...(lacks === null ? [] : [refining])
  ]
  const limit = properties.some(({ kind }) => kind === "eventually") ? smallLimit : stateLimit
  return agreementOn(model as System<unknown>, properties, engine, limit)
}

const bounds: fc.Arbitrary<RandomBounds> = fc.record({
  constraint: fc.option(predicate, { freq: 2 }),
  actionConstraint: fc.option(fc.tuple(predicate, predicate), { freq: 1 }),
  initial: fc.option(predicate, { freq: 1 }),
  listed: fc.option(fc.array(upTo(9), { minLength: 1, maxLength: 3 }), { freq: 1 })
})

/** Bounded models; a third of them without a constraint, so that runs can be judged. */
export const randomBoundedCases: fc.Arbitrary<RandomBoundedCase> = fc.record({
  random: randomVariablesCases,
  bounds: fc.oneof(
    bounds,
    bounds,
    bounds.map((each) => ({ ...each, constraint: null, actionConstraint: null }))
  ),
  enabled: fc.array(
    fc.record({
      kind: fc.constantFrom("invariant", "reachable", "atQuiescence"),
      action: upTo(9),
      steps: fc.constantFrom("changing", "any"),
      or: predicate
    }),
    { maxLength: 2 }
  ),
  together: fc.array(
    fc.record({
      actions: fc.array(upTo(9), { minLength: 1, maxLength: 3 }),
      fairness: fc.constantFrom("weak", "strong")
    }),
    { maxLength: 2 }
  ),
  lacks: fc.option(fc.array(upTo(4), { maxLength: 2 }), { freq: 1 })
})
