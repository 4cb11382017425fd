/**
 * Systems in which one piece of code gives an answer that somebody else decides: each place where code of a model says
 * yes or no, and each answer that is neither.
 */
import { Effect, Schema } from "effect"
import type { NodesView, System as AnySystem } from "../src/model/index.ts"
import { Machine, Observer, Property, System, Topology, WholeState, Workload } from "../src/index.ts"

/** An answer, for what is read of the state. It is called whenever the code is. */
export type Answer = (level: () => number) => unknown

/** A system in which a piece of code answers. */
interface Answering {
  readonly system: AnySystem<unknown>
  readonly property: Property<unknown>
}

const Raise = Schema.TaggedStruct("Raise", {})

type Guard = (state: number) => boolean

/** A node that raises its level three times. */
const gauge = (guard?: Guard) =>
  System.make("gauge", {
    machine: Machine.make("gauge", { state: Schema.Natural, operations: [Raise], initial: () => 0 }).handlers(
      { Raise: (level) => Effect.succeed(level + 1) },
      guard === undefined ? {} : { guards: { Raise: guard } }
    ),
    topology: Topology.allToAll(1),
    workload: Workload.script([[Raise.make({}), Raise.make({}), Raise.make({})]])
  })

type Level = { readonly level: number }
type More = Pick<Parameters<typeof WholeState.make>[1], "constraint" | "actionConstraint" | "initial" | "ends">

/** The same as a whole-state model; `mayRaise`: the condition of its action. */
const counter = (more: More = {}, mayRaise: (level: number) => unknown = (level) => level < 3) =>
  WholeState.make("counter", {
    variables: { level: WholeState.variable(Schema.Natural, 0) },
    actions: ({ level }) => ({
      raise: WholeState.action(
        Effect.gen(function* () {
          const value = yield* level.get
          yield* WholeState.when(mayRaise(value) as boolean)
          yield* level.set(value + 1)
        })
      )
    }),
    ...more
  })

const levelOf = ({ nodes }: NodesView<number>): number => nodes[0]!.state
const seen = Observer.make("how many were seen", { initial: 0, observe: (count) => count + 1 })
const handed = ["keeps-its-first-answer", "reads-every-other-time"]
const calledOnce = ["keeps-the-highest"]
const alwaysTrue = Property.invariant<unknown>("p", { holds: () => true })

const ofNodes = (property: Property<NodesView<number>>, guard?: Guard): Answering => ({
  system: gauge(guard) as AnySystem<unknown>,
  property: property as Property<unknown>
})

const ofWhole = (
  more: More,
  property: Property<never> = alwaysTrue,
  mayRaise?: (level: number) => unknown
): Answering => ({
  system: counter(more, mayRaise) as AnySystem<unknown>,
  property: property as Property<unknown>
})

/** A place where code answers. */
export interface Place {
  /** What a refusal calls it. */
  readonly where: string
  readonly of: (answer: Answer) => Answering
  /** Begins the sentence about an answer that is none. */
  readonly came?: string
  /** Random walks do not judge properties of runs. */
  readonly isOfRuns?: boolean
  /** Dishonest ways that come to nothing here: the code is called once, or is handed what it would read. */
  readonly unnoticed?: ReadonlyArray<string>
}

const view = (answer: Answer) => (shown: NodesView<number>) => answer(() => levelOf(shown)) as boolean
const whole = (answer: Answer) => ((shown: Level) => answer(() => shown.level) as boolean) as never

/** The places, by what they are called here. */
export const places: { readonly [place: string]: Place } = {
  invariant: {
    where: 'property "p"',
    of: (answer) => ofNodes(Property.invariant("p", { holds: view(answer) }))
  },
  "invariant-of-each-node": {
    where: 'property "p"',
    of: (answer) => ofNodes(Property.onEveryNode("p", { holds: (node) => answer(() => node.state) as boolean }))
  },
  "step-invariant": {
    where: 'property "p"',
    of: (answer) => ofNodes(Property.stepInvariant("p", { holds: (_, after) => view(answer)(after) }))
  },
  "step-premise": {
    where: 'property "p", premise',
    of: (answer) =>
      ofNodes(Property.stepInvariant("p", { holds: () => true, premise: (_, after) => view(answer)(after) }))
  },
  premise: {
    where: 'property "p", premise',
    of: (answer) => ofNodes(Property.invariant("p", { holds: () => true, premise: view(answer) }))
  },
  "premise-of-each-node": {
    where: 'property "p", premise',
    of: (answer) =>
      ofNodes(Property.onEveryNode("p", { holds: () => true, premise: (node) => answer(() => node.state) as boolean }))
  },
  "premise-of-a-monitor": {
    where: 'property "p", premise',
    of: (answer) =>
      ofNodes(
        Property.monitor("p", {
          observer: seen,
          rejects: () => undefined,
          premise: (count) => answer(() => count) as boolean
        })
      ),
    unnoticed: handed
  },
  quiescence: {
    where: 'property "p"',
    of: (answer) => ofNodes(Property.atQuiescence("p", { holds: view(answer) })),
    unnoticed: calledOnce
  },
  reachability: {
    where: 'property "p"',
    of: (answer) => ofNodes(Property.reachable("p", { holds: view(answer) })),
    unnoticed: calledOnce
  },
  eventuality: {
    where: 'property "p"',
    of: (answer) => ofNodes(Property.eventually("p", { holds: view(answer) })),
    isOfRuns: true
  },
  from: {
    where: 'property "p", from',
    of: (answer) => ofNodes(Property.eventually("p", { holds: () => true, from: view(answer) })),
    isOfRuns: true
  },
  guard: {
    where: "machine gauge, guard Raise",
    of: (answer) => ofNodes(alwaysTrue, (state) => answer(() => state) as boolean),
    unnoticed: handed
  },
  when: {
    where: "action raise",
    came: "WholeState.when was given",
    of: (answer) => ofWhole({}, alwaysTrue, (level) => answer(() => level)),
    unnoticed: handed
  },
  enabled: {
    where: "action raise",
    came: "WholeState.when was given",
    of: (answer) =>
      ofWhole(
        {},
        Property.invariant("p", { holds: (_view, _remembered, enabled) => enabled("raise") || true }),
        (level) => answer(() => level)
      ),
    unnoticed: handed
  },
  "end-of-runs": {
    where: "ends",
    of: (answer) => ofWhole({ ends: { when: whole(answer), why: "it is full" } }),
    unnoticed: calledOnce
  },
  constraint: { where: "constraint", of: (answer) => ofWhole({ constraint: whole(answer) }) },
  "constraint-of-actions": {
    where: "actionConstraint",
    of: (answer) => ofWhole({ actionConstraint: ((_: Level, after: Level) => answer(() => after.level)) as never })
  },
  "initial-states": { where: "initial", of: (answer) => ofWhole({ initial: whole(answer) }), unnoticed: calledOnce }
}

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

/** Answers that are neither true nor false, with what they are called. */
export const answers: { readonly [answer: string]: readonly [give: Answer, said: string] } = {
  promise: [async () => true, "a promise"],
  "rejected-promise": [() => Promise.reject(new Error("nobody waits for this")), "a promise"],
  thenable: [() => new Proxy({}, { get: () => () => undefined }), "a promise"],
  effect: [() => Effect.succeed(true), "an Effect"],
  function: [() => () => true, "a function"],
  undefined: [() => undefined, "undefined"],
  null: [() => null, "null"],
  one: [() => 1, "the number 1"],
  zero: [() => -0, "the number -0"],
  "not-a-number": [() => Number.NaN, "the number NaN"],
  bigint: [() => 1n, "the bigint 1"],
  "empty-text": [() => "", 'the text ""'],
  text: [() => "false", 'the text "false"'],
  symbol: [() => Symbol("yes"), "Symbol(yes)"],
  array: [() => [], "an array"],
  boxed: [() => Object(false) as unknown, "an object"],
  "value-of": [() => ({ valueOf: () => true, [Symbol.toPrimitive]: () => true }), "an object"],
  proxy: [() => new Proxy({}, {}), "an object"],
  "proxy-of-a-function": [() => new Proxy(() => true, {}), "a function"],
  "trapping-proxy": [
    () =>
      new Proxy(
        {},
        {
          get: () => {
            throw new Error("not to be touched")
          }
        }
      ),
    "an object"
  ],
  "revoked-proxy": [revoked, "an object"]
}

/** Answers that depend on more than what is read, made anew for each system. */
export const dishonest: { readonly [way: string]: () => Answer } = {
  "keeps-its-first-answer": () => {
    let known: boolean | undefined
    return (level) => (known ??= level() < 2)
  },
  "keeps-the-highest": () => {
    let highest = 0
    return (level) => (highest = Math.max(highest, level())) < 2
  },
  "reads-every-other-time": () => {
    let calls = 0
    return (level) => calls++ % 2 === 1 || level() < 9
  }
}
