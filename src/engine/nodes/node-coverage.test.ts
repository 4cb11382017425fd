/**
 * Counts of a system of nodes for coverage, at the first expansion of a node's configuration.
 */
import { Effect } from "effect"
import { expect, test } from "vitest"
import { entriesOf, stateAfter } from "../../../test/programs.ts"
import { asked, asks, hear, speaker, speakers, told } from "../../../test/speakers.ts"
import { Network, Observe, Self } from "../../model/index.ts"
import type { Program } from "../Program.ts"

const start = (program: Program) => program.initial[0]!
const ask0 = asks(0, "x")

test("what became of each action at each node, the first time that it is met", () => {
  const machine = speaker({
    Say: Effect.fnUntraced(function* (state, { word }) {
      if (word === "x") yield* Network.broadcast(told(word))
      yield* word === "x" ? Observe.acknowledged(word) : Observe.rejected()
      return (yield* Self.id) === 0 ? hear(state, "!") : state
    })
  })
  const program = speakers({ machine, ...asked(["x"], ["y"]), network: Network.unordered({ cut: 1, heal: false }) })
  const none = { taken: 0, unchanged: 0, sent: 0, answered: 0, refused: 0 }
  expect(program.actions.map(({ name }, action) => [name, program.outcomes(action)])).toEqual([
    ["invoke Say", [none, none]],
    ["deliver Told", [none, none]],
    ["cut", null]
  ])
  entriesOf(program, start(program))
  entriesOf(program, stateAfter(program, ask0))
  // Node 1 is asked with nothing on its way to it, and with a message.
  expect(program.outcomes(0)).toEqual([
    { taken: 1, unchanged: 0, sent: 1, answered: 1, refused: 0 },
    { taken: 2, unchanged: 2, sent: 0, answered: 0, refused: 2 }
  ])
  expect(program.outcomes(1)).toEqual([none, { taken: 1, unchanged: 0, sent: 0, answered: 0, refused: 0 }])
  expect(speakers({ network: Network.unordered({ cut: 1 }) }).outcomes(2)).toBe(null)
})

test("the answers of guards, for the actions that have any", () => {
  const machine = speaker({}, { guards: { Say: ({ said }, { word }) => said === 0 && word === "x" } })
  const program = speakers({ machine, ...asked(["x"], ["y"]) })
  entriesOf(program, start(program))
  expect(program.guards()).toEqual([{ enabled: 1, disabled: 1 }, undefined])
})
