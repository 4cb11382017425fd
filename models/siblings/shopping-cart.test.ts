import { assert, describe, it } from "@effect/vitest"
import { compile, Successors } from "../../src/engine/index.ts"
import type { System } from "plait"
import { successorOf } from "../../src/trace/follow.ts"
import { dvvModel, type DvvView, type SiblingMechanism } from "./dvv.ts"

/** Takes the one successor of each label in turn; the state after each step. */
const take = (mechanism: SiblingMechanism, labels: ReadonlyArray<string>): ReadonlyArray<DvvView> => {
  const system = dvvModel.system({ servers: 2, clients: 2, puts: 4, mechanism })
  const program = compile(system as System<unknown>, [], {})
  const out = new Successors()
  let state = program.initial[0]!
  return labels.map((label) => {
    out.clear()
    program.expand(state, out)
    const possible = Array.from({ length: out.count }, (_, ordinal) => program.describeStep(state, ordinal).label)
    const ordinal = possible.indexOf(label)
    assert(ordinal >= 0, `${label} is not among ${possible.join(", ")}`)
    state = successorOf(state, ordinal, out)!
    const now = state
    return structuredClone(program.view((position) => now[position]!) as DvvView)
  })
}

const put = (client: number, server: number) => `put(${JSON.stringify({ client, server })})`
const get = (client: number, server: number) => `get(${JSON.stringify({ client, server })})`
const sync = (from: number, to: number) => `sync(${JSON.stringify({ from, to })})`

// Write 1 is {PS5}, 2 {Xbox}, 3 {PS5, lotion}, 4 {PS5, lotion, tissues}. A client gets its write's context by a read
// right after it; before the last write, client 0 has not read since the servers exchanged their states.
const walk = [put(0, 0), get(0, 0), put(1, 1), put(0, 0), get(0, 0), sync(0, 1), sync(1, 0), put(0, 0)]

const contents = ({ servers }: DvvView) => servers.map(({ siblings }) => siblings.map(({ id }) => id))

const untilSynced = [
  [[1], []],
  [[1], []],
  [[1], [2]],
  [[3], [2]],
  [[3], [2]],
  [[3], [2, 3]],
  [
    [2, 3],
    [2, 3]
  ]
]

describe("shopping cart", () => {
  for (const mechanism of ["dvv", "perctx", "permax"] as const) {
    it(`${mechanism} replaces what the client had seen and keeps the other client's cart`, () => {
      assert.deepStrictEqual(take(mechanism, walk).map(contents), [
        ...untilSynced,
        [
          [2, 4],
          [2, 3]
        ]
      ])
    })
  }

  it("one merged vector keeps a third sibling, which the last write followed from", () => {
    const states = take("merged", walk)
    assert.deepStrictEqual(states.map(contents), [
      ...untilSynced,
      [
        [2, 3, 4],
        [2, 3]
      ]
    ])
    assert.deepStrictEqual(states.at(-1)?.servers[0]?.vector, [3, 1])
    assert.deepStrictEqual(states.at(-1)?.puts, [[], [], [1], [1, 3]])
  })
})
