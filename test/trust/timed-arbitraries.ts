/**
 * What fast-check draws systems from whose nodes read their clocks, with properties that see the order of their steps:
 * almost every handler reads its clock and shows what it read, or sends, sets a timer, chooses and notes besides.
 */
import fc from "fast-check"
import { Clocks } from "../../src/model/index.ts"
import { becomes, crash, upTo } from "./arbitraries.ts"
import type { Order, RandomOrderProperty } from "./RandomOrderProperties.ts"
import type {
  RandomCommand,
  RandomMachine,
  RandomOperation,
  RandomRule,
  RandomSystem,
  RandomTable,
  RandomWorkload
} from "./RandomSystem.ts"

/** A system with clocks, and properties of it. */
export interface TimedCase {
  readonly system: RandomSystem
  readonly properties: ReadonlyArray<RandomOrderProperty>
}

const read: RandomCommand = { do: "ask", what: "clock" }

const noting: RandomCommand = { do: "note", kind: "noted" }

const command: fc.Arbitrary<RandomCommand> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("note"), kind: fc.constantFrom("noted", "acknowledged") }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom("send", "broadcast"), tag: fc.constantFrom("M", "N"), to: upTo(1) })
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("set"), timer: fc.constantFrom("t", "u") }) },
  { weight: 1, arbitrary: fc.constant<RandomCommand>({ do: "choose", among: 2 }) },
  { weight: 1, arbitrary: fc.constant(read) }
)

/** Shows what it reads, and notes it. */
const reader: fc.Arbitrary<RandomRule> = fc.tuple(fc.boolean(), fc.option(command)).map(([notes, last]) => ({
  commands: [read, ...(notes ? [noting] : []), ...(last === null ? [] : [last])],
  a: "sum",
  b: 1
}))

const other: fc.Arbitrary<RandomRule> = fc
  .tuple(fc.boolean(), fc.option(command), fc.option(command), fc.constantFrom<RandomRule["a"]>("sum", "kept"), becomes)
  .map(([reads, before, after, a, b]) => ({
    commands: [...(before === null ? [] : [before]), ...(reads ? [read] : []), ...(after === null ? [] : [after])],
    a,
    b
  }))

const rule = fc.oneof({ weight: 2, arbitrary: reader }, { weight: 1, arbitrary: other })

const table = (least: number): fc.Arbitrary<RandomTable> =>
  fc.array(rule, { minLength: least, maxLength: 2, size: "xsmall" })

const machine: fc.Arbitrary<RandomMachine> = fc.record({
  on: fc.record({ Put: table(1), Get: table(1), M: table(0), N: table(0), t: table(0), u: table(0) }),
  start: fc.option(table(1), { nil: null }),
  recover: fc.option(table(1)),
  durable: fc.constantFrom<RandomMachine["durable"]>(null, ["a"]),
  guard: fc.constant(null),
  startsAsSelf: fc.constantFrom(false, false, true)
})

const bounds = fc.record({
  horizon: fc.integer({ min: 1, max: 2 }),
  latency: upTo(2),
  stepsBack: fc.constant(0),
  unique: fc.constantFrom(false, false, true)
})
const skewed = fc.tuple(bounds, upTo(1)).map(([each, skew]) => ({ ...each, skew }))
const clocks = fc.oneof(
  { weight: 3, arbitrary: bounds.map((each) => Clocks.perfect(each)) },
  { weight: 1, arbitrary: skewed.map((each) => Clocks.skewed(each)) },
  { weight: 1, arbitrary: skewed.map((each) => Clocks.drifting(each)) },
  { weight: 1, arbitrary: bounds.map((each) => Clocks.offset([0, 1], each)) }
)

const operation: fc.Arbitrary<RandomOperation> = fc.record({
  ask: fc.constantFrom("Put", "Get"),
  value: fc.constantFrom(0, 0, 0, 1)
})
const place = fc.constantFrom([0], [1], [0, 1])
const workload: fc.Arbitrary<RandomWorkload> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("script", "anyOrder"),
      perNode: fc.tuple(
        fc.array(operation, { minLength: 1, maxLength: 2 }),
        fc.array(operation, { minLength: 1, maxLength: 1 })
      )
    })
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("sessions"),
      sessions: fc.array(
        fc.array(fc.record({ ask: fc.constantFrom("Put", "Get"), value: upTo(1), at: place }), {
          minLength: 1,
          maxLength: 2
        }),
        { minLength: 1, maxLength: 2 }
      )
    })
  }
)

const none = { inFlight: "kept" as const, crashes: 0, recoveries: 0, nodes: undefined, midHandler: false, down: [] }
const seldomOne = fc.constantFrom(0, 0, 0, 0, 0, 1)

const system: fc.Arbitrary<RandomSystem> = fc.constantFrom(2, 2, 2, 3).chain((size) =>
  fc.record({
    machines: fc.oneof(fc.tuple(machine), fc.tuple(machine, machine)),
    runs: fc.array(upTo(1), { minLength: size, maxLength: size }),
    topology: fc.oneof(
      fc.constantFrom("all-to-all" as const, "chain" as const),
      fc.constant<RandomSystem["topology"]>([[0, 1]])
    ),
    network: fc.record({
      order: fc.constantFrom("unordered", "ordered"),
      lose: seldomOne,
      duplicate: seldomOne,
      cut: seldomOne,
      heal: fc.boolean(),
      copies: fc.constantFrom(Infinity, 1, 1)
    }),
    clocks,
    faults: fc.oneof({ weight: 5, arbitrary: fc.constant(none) }, { weight: 1, arbitrary: crash(size) }),
    workload
  })
)

const shown = fc.record({ node: upTo(1), fact: fc.constantFrom("a", "a", "a", "b", "inbox") })
const order: fc.Arbitrary<Order> = fc.record({
  left: shown,
  is: fc.constantFrom("below", "not below", "not below", "equal", "not equal"),
  right: fc.oneof(shown, shown, upTo(2))
})
const property: fc.Arbitrary<RandomOrderProperty> = fc.record({
  kind: fc.constantFrom(
    "stepInvariant",
    "stepInvariant",
    "invariant",
    "atQuiescence",
    "reachable",
    "eventually",
    "forward",
    "forward",
    "late",
    "late",
    "notes"
  ),
  holds: order,
  premise: fc.option(order, { freq: 2 }),
  stable: fc.boolean()
})

/** Systems with clocks and properties that see the order of steps. */
export const timedCases: fc.Arbitrary<TimedCase> = fc.record({
  system,
  properties: fc.array(property, { minLength: 2, maxLength: 6 })
})
