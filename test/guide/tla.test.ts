/** The code of docs/guide/for-people-who-know-tla.md, which shows the regions of this file, and its numbers. */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { Choice, explore, Property, type ViewOf, WholeState } from "../../src/index.ts"

const both = [0, 1]

// #region asking
const asking = WholeState.make("asking", {
  variables: {
    // VARIABLE msgs, a set: one variable for each message that can be in it
    asked: WholeState.family(2, Schema.Boolean, false),
    answered: WholeState.family(2, Schema.Boolean, false)
  },
  actions: ({ asked, answered }) => ({
    // Ask(p) == msgs' = msgs \cup {[type |-> "ask", from |-> p]}
    asks: WholeState.each(both, (process) => asked.at(process).set(true)),
    // Answer(p) == /\ [type |-> "ask", from |-> p] \in msgs
    //              /\ msgs' = msgs \cup {[type |-> "answer", to |-> p]}
    answers: WholeState.each(
      both,
      Effect.fnUntraced(function* (process) {
        yield* WholeState.when(yield* asked.at(process).get)
        yield* answered.at(process).set(true)
      })
    )
  })
})
// #endregion

type Asking = ViewOf<typeof asking>

// #region counting
const counting = WholeState.make("counting", {
  variables: {
    n: WholeState.variable(Schema.Int, 0, 1, 2),
    isUp: WholeState.variable(Schema.Boolean, false, true)
  },
  actions: ({ isUp, n }) => ({
    // Step == \E by \in {1, 2}: n' = n + by /\ UNCHANGED isUp
    steps: WholeState.action(
      Effect.gen(function* () {
        const by = yield* Choice.among([1, 2])
        yield* n.set((yield* n.get) + by)
      })
    ),
    flips: WholeState.action(
      Effect.gen(function* () {
        yield* isUp.set(!(yield* isUp.get))
      })
    )
  }),
  initial: ({ isUp, n }) => n === 0 || isUp,
  constraint: ({ n }) => n <= 4,
  actionConstraint: (before, after) => before.n % 2 === 0 || after.n !== 4
})
// #endregion

const ping = WholeState.make("ping", {
  variables: { count: WholeState.variable(Schema.Int, 0) },
  actions: ({ count }) => ({
    counts: WholeState.action(
      Effect.gen(function* () {
        yield* count.set((yield* count.get) + 1)
      })
    )
  })
})

// #region properties
const properties = [
  // []Inv
  Property.invariant<Asking>("who is answered has asked", {
    holds: ({ answered, asked }) => both.every((process) => !answered[process] || asked[process] === true)
  }),
  // [][A]_vars with primed variables: `after` is the state after the step
  Property.stepInvariant<Asking>("what is sent stays sent", {
    holds: (before, after) => before.asked.every((is, process) => !is || after.asked[process] === true)
  }),
  // ENABLED <<answers(0)>>_vars => asked[0]
  Property.invariant<Asking>("only what was asked is answered", {
    holds: ({ asked }, _remembered, enabled) => !enabled("answers(0)") || asked[0] === true
  }),
  // asked[0] ~> answered[0] under \A p: WF_vars(Answer(p))
  Property.eventually<Asking>("who asks is answered", {
    from: ({ asked }) => asked[0] === true,
    holds: ({ answered }) => answered[0] === true,
    fairness: { default: "none", actions: { answers: "weak" } }
  }),
  // the same under WF_vars(\E p: Ask(p) \/ Answer(p))
  Property.eventually<Asking>("who asks is answered if anything happens", {
    from: ({ asked }) => asked[0] === true,
    holds: ({ answered }) => answered[0] === true,
    fairness: { together: [{ actions: ["asks", "answers"], fairness: "weak" }] }
  }),
  // Init /\ [][Next]_vars => Ping!Init /\ [][Ping!Next]_Ping!vars, with count <- the number of answers
  Property.refines<Asking, ViewOf<typeof ping>>("answers are counted", {
    abstract: ping,
    map: ({ answered }) => ({ count: answered.filter((is) => is).length })
  })
]
// #endregion

test("the guide's model has the states that it says, and its properties hold", async () => {
  const { depth, distinct, generated, properties: judged } = await Effect.runPromise(explore(asking, properties))
  expect([distinct, generated, depth]).toEqual([9, 31, 4])
  expect(judged.map(({ verdict }) => verdict._tag)).toEqual(Array.from({ length: 7 }, () => "holds"))
})

test("the guide's bounded model has the states that it says", async () => {
  // n = 0 … 4 with both values of isUp; four initial states, and three steps of each of the ten.
  const { depth, distinct, generated } = await Effect.runPromise(explore(counting, []))
  expect([distinct, generated, depth]).toEqual([10, 34, 2])
})
