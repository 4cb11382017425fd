/**
 * What fast-check draws random systems and properties from. Sizes and budgets are small, since a few thousand states show as
 * much as a million; every part is as often absent as present, since two mechanisms at once are what goes wrong.
 */
import fc from "fast-check"
import { Clocks } from "../../src/model/index.ts"
import { oddValues, type OddValues } from "./odd-values.ts"
import type { Comparison, Predicate, RandomProperty, RandomObserver } from "./RandomProperties.ts"
import type {
  RandomCommand,
  RandomMachine,
  RandomNext,
  RandomOddNext,
  RandomOperation,
  RandomRule,
  RandomSystem,
  RandomTable,
  RandomWorkload
} from "./RandomSystem.ts"

/** A system with properties about it. */
export interface RandomCase {
  readonly system: RandomSystem
  readonly observers: ReadonlyArray<RandomObserver>
  readonly properties: ReadonlyArray<RandomProperty>
}

/** A whole number from 0. */
export const upTo = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: most })
const seldom = <A>(value: fc.Arbitrary<A>): fc.Arbitrary<A | null> => fc.option(value, { freq: 2 })
/** Mostly 0, sometimes 1, seldom 2. */
const budget = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.constant(1) },
  { weight: 1, arbitrary: fc.constant(2) }
)

/** What a handler does on its way. */
export const command: fc.Arbitrary<RandomCommand> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("note"),
      kind: fc.constantFrom("wrote", "acknowledged", "applied", "read", "compared", "noted", "rejected")
    })
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("ask"),
      what: fc.constantFrom("self", "neighbours", "operation", "sender", "clock", "clock")
    })
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("choose"), among: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom("send", "broadcast", "forward"),
      tag: fc.constantFrom("M", "N"),
      to: upTo(2)
    })
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("set", "set", "cancel"), timer: fc.constantFrom("t", "u") }) }
)

/** What becomes of a digit. */
export const becomes: fc.Arbitrary<RandomNext> = fc.oneof(
  fc.constant("kept" as const),
  fc.constant("sum" as const),
  upTo(2)
)
const oddBecomes: fc.Arbitrary<RandomOddNext> = fc.oneof(
  { weight: 4, arbitrary: fc.constant("kept") },
  { weight: 2, arbitrary: fc.constantFrom("absent", "received") },
  { weight: 2, arbitrary: upTo(4) }
)
const rule: fc.Arbitrary<RandomRule> = fc.record({
  commands: fc.array(command, { maxLength: 3 }),
  a: becomes,
  b: becomes,
  c: oddBecomes
})
const table: fc.Arbitrary<RandomTable> = fc.array(rule, { maxLength: 4 })

const machine: fc.Arbitrary<RandomMachine> = fc.record({
  on: fc.record({ Put: table, Get: table, M: table, N: table, t: table, u: table }),
  start: seldom(table),
  recover: seldom(table),
  durable: seldom(fc.subarray<"a" | "b" | "c">(["a", "b", "c"])),
  odd: fc.record({
    list: fc.constantFrom(...(Object.keys(oddValues) as ReadonlyArray<OddValues>)),
    first: seldom(upTo(4))
  }),
  guard: seldom(fc.record({ input: fc.constantFrom("Put", "Get", "M", "N"), below: upTo(2) })),
  startsAsSelf: fc.boolean()
})

/** An operation. */
export const operation: fc.Arbitrary<RandomOperation> = fc.record({
  ask: fc.constantFrom("Put", "Get"),
  value: upTo(2)
})
const nodesOf = (size: number): fc.Arbitrary<Array<number>> =>
  fc.uniqueArray(upTo(size - 1), { minLength: 1, maxLength: size })

const workload = (size: number): fc.Arbitrary<RandomWorkload> =>
  fc.oneof(
    fc.record({
      kind: fc.constantFrom("script", "anyOrder"),
      perNode: fc.array(fc.array(operation, { maxLength: 2 }), { maxLength: size })
    }),
    fc.record({
      kind: fc.constant("drawn"),
      total: upTo(2),
      operations: fc.array(operation, { minLength: 1, maxLength: 2 }),
      nodes: seldom(nodesOf(size))
    }),
    fc.record({
      kind: fc.constant("sessions"),
      sessions: fc.array(
        fc.array(fc.record({ ask: fc.constantFrom("Put", "Get"), value: upTo(2), at: nodesOf(size) }), {
          maxLength: 2
        }),
        { maxLength: 2 }
      )
    })
  )

const bounds = fc.record({
  horizon: upTo(2),
  latency: upTo(2),
  stepsBack: upTo(1),
  unique: fc.boolean(),
  skew: upTo(2)
})
const clocks = fc.oneof(
  bounds.map(({ skew: _, ...each }) => Clocks.perfect(each)),
  bounds.map((each) => Clocks.skewed(each)),
  bounds.map((each) => Clocks.drifting(each)),
  fc
    .tuple(fc.array(fc.integer({ min: -2, max: 2 }), { maxLength: 3 }), bounds)
    .map(([offsets, { skew: _, ...each }]) => Clocks.offset(offsets, each))
)

/** Crashes and recoveries of so many nodes. */
export const crash = (size: number) =>
  fc.record({
    crashes: budget,
    recoveries: upTo(1),
    nodes: fc.option(nodesOf(size), { nil: undefined, freq: 2 }),
    midHandler: fc.boolean(),
    inFlight: fc.constantFrom("kept", "lost", "either"),
    down: fc.constant<ReadonlyArray<number>>([])
  })
const down = (size: number) =>
  nodesOf(size).map((nodes) => ({
    crashes: 0,
    recoveries: 0,
    nodes: undefined,
    midHandler: false,
    inFlight: "kept" as const,
    down: nodes
  }))

const system: fc.Arbitrary<RandomSystem> = fc.integer({ min: 1, max: 3 }).chain((size) =>
  fc.record({
    machines: fc.oneof(
      { weight: 3, arbitrary: fc.tuple(machine) },
      { weight: 1, arbitrary: fc.tuple(machine, machine) }
    ),
    runs: fc.array(upTo(1), { minLength: size, maxLength: size }),
    topology: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom("all-to-all", "ring", "star", "chain") },
      { weight: 1, arbitrary: fc.array(fc.tuple(upTo(size - 1), upTo(size - 1)), { maxLength: 4 }) }
    ),
    network: fc.record({
      order: fc.constantFrom("unordered", "ordered"),
      lose: budget,
      duplicate: budget,
      cut: budget,
      heal: fc.boolean(),
      copies: fc.constantFrom(Infinity, Infinity, Infinity, 2, 1)
    }),
    clocks: seldom(clocks),
    faults: fc.oneof({ weight: 5, arbitrary: crash(size) }, { weight: 1, arbitrary: down(size) }),
    workload: workload(size)
  })
)

const comparison: fc.Arbitrary<Comparison> = fc.record({
  of: fc.oneof(fc.constantFrom("every", "some", "memory"), upTo(2)),
  fact: fc.constantFrom("a", "b", "c", "up", "inbox", "values in inbox"),
  is: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom("below", "equal", "not equal") },
    { weight: 1, arbitrary: fc.constant("throws if equal") }
  ),
  to: upTo(3)
})
/** Comparisons of what a property may read. */
export const predicate: fc.Arbitrary<Predicate> = fc.record({
  join: fc.constantFrom("all", "any"),
  comparisons: fc.array(comparison, { minLength: 1, maxLength: 2 })
})
const property: fc.Arbitrary<RandomProperty> = fc.record({
  kind: fc.constantFrom("invariant", "atQuiescence", "reachable", "monitor", "onEveryNode", "stepInvariant"),
  holds: predicate,
  premise: fc.option(predicate, { freq: 2 }),
  observer: fc.option(upTo(1), { freq: 2 })
})
/** An observer. */
export const observer: fc.Arbitrary<RandomObserver> = fc.record({
  fold: fc.constantFrom("count", "pasts", "last two"),
  kind: fc.constantFrom("any", "invoked", "wrote", "acknowledged", "read", "crashed", "noted"),
  causal: fc.boolean()
})

/** Systems of nodes with claims of every kind. */
export const randomCases: fc.Arbitrary<RandomCase> = fc.record({
  system,
  observers: fc.array(observer, { maxLength: 2 }),
  properties: fc.array(property, { maxLength: 4 })
})
