/**
 * What fast-check draws random whole-state models from. Up to five digits and a few actions: small graphs with loops in
 * them, since every value can come back.
 */
import fc from "fast-check"
import { predicate, upTo } from "./arbitraries.ts"
import { oddValues, type OddValues } from "./odd-values.ts"
import type { RandomDigitProperty } from "./RandomDigitProperties.ts"
import type { RandomAction, RandomMove, RandomTerm, RandomVariable, RandomVariablesCase } from "./RandomVariables.ts"

const term: fc.Arbitrary<RandomTerm> = fc.oneof(upTo(3), fc.constant("parameter" as const), fc.constant("sum" as const))

const oddLists = Object.keys(oddValues) as ReadonlyArray<OddValues>

const variable: fc.Arbitrary<RandomVariable> = fc.record({
  size: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 2 }),
  holds: fc.constantFrom("digit", "digit", "bits", ...oddLists),
  initials: fc.array(upTo(3), { minLength: 1, maxLength: 2 })
})

const read: fc.Arbitrary<RandomMove> = fc.record({ do: fc.constant("read"), variable: upTo(3), at: term })

const when: fc.Arbitrary<RandomMove> = fc.record({
  do: fc.constant("when"),
  is: fc.constantFrom("below", "equal", "not equal"),
  to: upTo(3)
})

const move: fc.Arbitrary<RandomMove> = fc.oneof(
  { weight: 3, arbitrary: read },
  { weight: 2, arbitrary: when },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("choose"), among: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("set"), variable: upTo(3), at: term, to: term }) }
)

const action: fc.Arbitrary<RandomAction> = fc.record({
  parameters: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 2 }),
  isFault: fc.constantFrom(false, false, true),
  moves: fc
    .tuple(read, fc.option(when), fc.array(move, { maxLength: 4 }))
    .map(([first, guard, rest]) => [first, ...(guard === null ? [] : [guard]), ...rest])
})

/** What fairness may owe. */
export const fairnessKinds = ["weak", "none", "strong", "finite"] as const
const fairnessKind = fc.constantFrom("weak" as const, ...fairnessKinds)

const property: fc.Arbitrary<RandomDigitProperty> = fc.record({
  kind: fc.constantFrom("invariant", "atQuiescence", "reachable", "stepInvariant", "eventually", "eventually"),
  holds: predicate,
  premise: fc.option(predicate, { freq: 2 }),
  stable: fc.boolean(),
  fairness: fc.record({ default: fairnessKind, actions: fc.array(fc.option(fairnessKind), { maxLength: 4 }) })
})

/** Whole-state models with claims of every kind. */
export const randomVariablesCases: fc.Arbitrary<RandomVariablesCase> = fc.record({
  model: fc.record({
    variables: fc.array(variable, { minLength: 1, maxLength: 4 }),
    actions: fc.array(action, { minLength: 2, maxLength: 5 })
  }),
  properties: fc.array(property, { maxLength: 4 })
})
