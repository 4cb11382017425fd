/**
 * The initial states of nodes, compared with what they were before.
 */
import { Schema } from "effect"
import { expect, test } from "vitest"
import { refusalOf, refusalOfEndless } from "../../../test/programs.ts"
import { Machine, System, Topology } from "../../model/index.ts"
import { NodeSemantics } from "../nodes/NodeSemantics.ts"

type Initial = Parameters<typeof Machine.make<number>>[1]["initial"]

/** Three nodes, with the calls of `initial` in a row. */
const starting = (initial: Initial, checkDeterminism = false) => {
  const calls: Array<unknown> = []
  const machine = Machine.make("m", {
    state: Schema.Int,
    initial: (self) => {
      calls.push(self)
      return initial(self)
    }
  }).handlers({})
  const system = System.make("starting", { machine, topology: Topology.allToAll(3) })
  const semantics = new NodeSemantics(system, { causal: false, checkDeterminism })
  const stateOf = (node: number) => {
    const configuration = semantics.initial(node, false)
    return semantics.configurations.locals[node]!.values[semantics.configurations.localOf[node]!.data[configuration]!]
  }
  return { calls, semantics, stateOf }
}

const differs = (node: number, before: number, now: number) => ({
  system: "starting",
  where: `machine m, initial state of n${node}`,
  offence: "is not deterministic",
  detail: `It was ${before} first, and then ${now}.`,
  input: ""
})

const counting = (): Initial => {
  let calls = 0
  return () => calls++
}

test("an initial state is that of its node, which is shown its number and how many there are", () => {
  const { calls, semantics, stateOf } = starting(({ id }) => 10 * id)
  expect([stateOf(2), stateOf(0), stateOf(2)]).toEqual([20, 0, 20])
  const self = (id: number) => ({ id, nodes: 3 })
  expect(calls).toEqual([self(2), self(0), self(2)])
  semantics.recheck()
  expect(calls.slice(3)).toEqual([self(2), self(0)])
})

test("each call is made twice where determinism is checked", () => {
  const { calls, stateOf } = starting(({ id }) => id, true)
  stateOf(1)
  expect(calls).toHaveLength(2)
  const counted = starting(counting(), true)
  expect(refusalOf(() => counted.stateOf(1))).toEqual(differs(1, 0, 1))
})

test("a result that differs from the first of the same node is refused with both", () => {
  const { semantics, stateOf } = starting(counting())
  expect([stateOf(0), stateOf(1)]).toEqual([0, 1])
  expect(refusalOf(() => stateOf(1))).toEqual(differs(1, 1, 2))
  expect(refusalOf(() => semantics.recheck())).toEqual(differs(0, 0, 3))
})

test("what is thrown, and what is no state, is refused by the node", () => {
  const throwing = starting(() => {
    throw new RangeError("no state")
  })
  expect(refusalOf(() => throwing.stateOf(1))).toMatchObject({
    where: "machine m, initial state of n1",
    offence: "threw",
    detail: "RangeError: no state"
  })
  expect(refusalOf(() => starting(() => 0.5).stateOf(2))).toMatchObject({
    where: "machine m, initial state of n2",
    offence: "returned a value its schema rejects"
  })
})

test("a call that does not return is refused by the node", () => {
  const endless = starting(() => {
    for (;;);
  })
  expect(refusalOfEndless(() => endless.stateOf(1))).toEqual({
    where: "machine m, initial state of n1",
    offence: "did not return",
    input: ""
  })
})
