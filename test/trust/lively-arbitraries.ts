/**
 * What fast-check draws systems of nodes from whose runs need not end: messages that may be answered for ever, at most one
 * of a kind in flight, and timers; with properties about what happens eventually, and every fairness for every action.
 */
import fc from "fast-check"
import type { Fairness } from "../../src/property/index.ts"
import { becomes, crash, command, observer, operation, predicate, type RandomCase, upTo } from "./arbitraries.ts"
import type { Predicate, RandomProperty } from "./RandomProperties.ts"
import type { RandomCommand, RandomMachine, RandomRule, RandomSystem, RandomTable } from "./RandomSystem.ts"
import { fairnessKinds } from "./variable-arbitraries.ts"

const always = ["invoke Put", "invoke Get", "deliver M", "deliver N", "timeout t", "timeout u"] as const
const faults = ["lose", "duplicate", "cut", "heal", "crash", "crash in mid-handler", "recover"] as const
const seldomOne = fc.constantFrom(0, 0, 0, 1)

const send: fc.Arbitrary<RandomCommand> = fc.record({
  do: fc.constantFrom("send", "broadcast"),
  tag: fc.constantFrom("M", "N"),
  to: upTo(1)
})
const timer: fc.Arbitrary<RandomCommand> = fc.record({
  do: fc.constantFrom("set", "set", "set", "cancel"),
  timer: fc.constantFrom("t", "u")
})

/** Mostly the deed that keeps a run going, and sometimes another. */
const table = (first: fc.Arbitrary<RandomCommand>): fc.Arbitrary<RandomTable> => {
  const commands = fc
    .tuple(fc.option(first, { freq: 9 }), fc.array(command, { maxLength: 1 }))
    .map(([one, more]) => [...(one === null ? [] : [one]), ...more])
  const rule: fc.Arbitrary<RandomRule> = fc.record({ commands, a: becomes, b: becomes })
  return fc.array(rule, { minLength: 1, maxLength: 3 })
}

const either = fc.oneof(send, timer)
const machine: fc.Arbitrary<RandomMachine> = fc.record({
  on: fc.record({
    Put: table(either),
    Get: table(either),
    M: table(send),
    N: table(either),
    t: table(either),
    u: table(send)
  }),
  start: fc.option(table(either), { freq: 1, nil: null }),
  recover: fc.option(table(either), { freq: 2 }),
  durable: fc.constantFrom<RandomMachine["durable"]>(null, ["a"]),
  guard: fc.option(fc.record({ input: fc.constantFrom("M", "N"), below: fc.integer({ min: 1, max: 2 }) })),
  startsAsSelf: fc.boolean()
})

const lively: fc.Arbitrary<RandomSystem> = fc.constantFrom(1, 2, 2, 2).chain((size) =>
  fc.record({
    machines: fc.tuple(machine),
    runs: fc.constant(Array.from({ length: size }, () => 0)),
    topology: fc.constant("all-to-all" as const),
    network: fc.record({
      order: fc.constantFrom("unordered", "ordered"),
      lose: seldomOne,
      duplicate: seldomOne,
      cut: seldomOne,
      heal: fc.boolean(),
      copies: fc.constant(1)
    }),
    clocks: fc.constant(null),
    faults: crash(size),
    workload: fc.record({
      kind: fc.constantFrom("script", "anyOrder"),
      perNode: fc
        .tuple(operation, fc.array(operation, { maxLength: 1 }))
        .map(([first, more]) => (size === 1 ? [[first, ...more]] : [[first], more]))
    }),
    endless: fc.constant(true as const)
  })
)

const fairness: fc.Arbitrary<Fairness> = fc.record({
  // Where nothing is owed at all, every run may stop at once.
  default: fc.constantFrom("weak", "weak", "weak", "weak", "weak", "weak", "strong", "none"),
  actions: fc
    .uniqueArray(
      fc.tuple(fc.constantFrom(...always, ...always, ...faults), fc.constantFrom("strong", "strong", ...fairnessKinds)),
      {
        maxLength: 2,
        selector: ([action]) => action
      }
    )
    .map((pairs) => Object.fromEntries(pairs))
})

const digits: fc.Arbitrary<Predicate> = fc.record({
  join: fc.constant("all"),
  comparisons: fc.tuple(
    fc.record({
      of: fc.oneof(fc.constantFrom("every", "some"), upTo(1)),
      fact: fc.constantFrom("a", "b", "a", "b", "inbox"),
      is: fc.constantFrom("below", "equal", "not equal"),
      to: upTo(2)
    })
  )
})

const property: fc.Arbitrary<RandomProperty> = fc.record({
  kind: fc.constant("eventually"),
  holds: fc.oneof({ weight: 3, arbitrary: digits }, { weight: 1, arbitrary: predicate }),
  premise: fc.option(digits, { freq: 2 }),
  observer: fc.option(upTo(1), { freq: 2 }),
  runs: fc.record({ stable: fc.constantFrom(true, true, false), fairness })
})

/** Systems of nodes with properties about runs. */
export const livelyCases: fc.Arbitrary<RandomCase> = fc.record({
  system: lively,
  observers: fc.array(observer, { maxLength: 1 }),
  properties: fc.array(property, { minLength: 1, maxLength: 3 })
})
