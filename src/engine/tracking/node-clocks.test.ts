/**
 * Two nodes whose handlers read clocks: what they may show, and steps that have to be in the order of time.
 */
import { Effect } from "effect"
import { expect, test } from "vitest"
import { labelsOf, stateAfter } from "../../../test/programs.ts"
import {
  asked,
  asks,
  hear,
  labelsAfter,
  log,
  node,
  receives,
  snapshotAfter,
  speaker,
  speakers,
  told
} from "../../../test/speakers.ts"
import { Clocks, LocalClock, Network } from "../../model/index.ts"

const ask0 = asks(0, "x")
const ask1 = asks(1, "y")
const receives1 = receives(1, "x", 0)
const budgets = { lose: 0, duplicate: 0, cut: 0, crash: 0, recover: 0, draw: 0, cutLinks: [] }

const clocks = Clocks.perfect({ horizon: 3, latency: 2 })
const reading = () =>
  speaker({
    Say: Effect.fnUntraced(function* (state, { word }) {
      yield* LocalClock.now
      yield* Network.broadcast(told(word))
      return state
    }),
    Told: Effect.fnUntraced(function* (state) {
      return hear(state, String(yield* LocalClock.now))
    })
  })

test("what is received was sent the latency earlier, and clocks are read at will otherwise", () => {
  const program = speakers({ machine: reading(), clocks, ...asked(["x"], ["y"]) })
  const at = (value: number) => `${ask0}, clock ${value}`
  expect(labelsAfter(program).slice(0, 4)).toEqual([0, 1, 2, 3].map(at))
  // Node 1 may be asked at any moment: nothing orders that and what node 0 did.
  const asked1 = [0, 1, 2, 3].map((value) => `${ask1}, clock ${value}`)
  expect(labelsAfter(program, at(0))).toEqual([...asked1, `${receives1}, clock 2`, `${receives1}, clock 3`])
  expect(labelsAfter(program, at(1))).toEqual([...asked1, `${receives1}, clock 3`])
  // At 2 + 2 the horizon is past, and the message waits for ever.
  expect(labelsAfter(program, at(2))).toEqual(asked1)
  expect(snapshotAfter(program, at(1), `${receives1}, clock 3`)).toEqual({ n0: node(), n1: node("3") })
})

test("steps are in the order of time where something sees the order", () => {
  const program = speakers({ machine: reading(), clocks, ...asked(["x"], ["y"]) }, [log({ timed: true })])
  const later = stateAfter(program, `${ask0}, clock 2`)
  expect(program.snapshot(later)["environment"]).toEqual({ ...budgets, now: 2 })
  expect(labelsOf(program, later)).toEqual([`${ask1}, clock 2`, `${ask1}, clock 3`])
  // A reading at 3 after one at 2: the moment moves on.
  expect(snapshotAfter(program, `${ask0}, clock 2`, `${ask1}, clock 3`)["environment"]).toEqual({
    ...budgets,
    now: 3
  })
})

test("a step that reads no clock does not move time, and knows what time it is all the same", () => {
  const silent = speaker({
    Say: Effect.fnUntraced(function* (state, { word }) {
      if (word === "x") yield* LocalClock.now
      yield* Network.broadcast(told(word))
      return state
    }),
    Told: Effect.fnUntraced(function* (state) {
      return hear(state, String(yield* LocalClock.now))
    })
  })
  const fairnessClass = Clocks.perfect({ horizon: 2, latency: 1 })
  const program = speakers({ machine: silent, clocks: fairnessClass, ...asked(["x"], ["y"]) }, [log({ timed: true })])
  const then = stateAfter(program, `${ask0}, clock 1`, ask1)
  expect(program.snapshot(then)["environment"]).toEqual({ ...budgets, now: 1 })
  // Node 1 sent at 1 or later, so it arrives at 2.
  expect(labelsOf(program, then)).toEqual([`${receives(0, "y", 1)}, clock 2`, `${receives1}, clock 2`])
})

test("a delivery moves time on by itself", () => {
  const quiet = speaker({
    Say: Effect.fnUntraced(function* (state, { word }) {
      yield* Network.broadcast(told(word))
      return state
    })
  })
  const program = speakers({ machine: quiet, clocks, ...asked(["x"]) }, [log({ timed: true })])
  expect(snapshotAfter(program, ask0)["environment"]).toEqual({ ...budgets, now: 0 })
  expect(snapshotAfter(program, ask0, receives1)["environment"]).toEqual({ ...budgets, now: 2 })
})
