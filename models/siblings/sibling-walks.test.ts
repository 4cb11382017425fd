import { assert, describe, it } from "@effect/vitest"
import { compile, Successors } from "../../src/engine/index.ts"
import type { NodesView, Operation, System } from "plait"
import { successorOf } from "../../src/trace/follow.ts"
import { siblingCartModel } from "./sibling-cart.ts"
import { Get, Put, type SiblingNode, siblingSystem } from "./sibling-clients.ts"
import { type Mechanism, mechanisms, siblingRules } from "./sibling-store.ts"
import { clocksOf, type Store } from "./sibling-versions.ts"

/** Takes, for each step, the one whose label has all its words; the stores of the first two nodes after each. */
const take = (system: System<NodesView<SiblingNode>>, steps: ReadonlyArray<string>) => {
  const program = compile(system as System<unknown>, [], {})
  const out = new Successors()
  let state = program.initial[0]!
  return steps.map((step) => {
    out.clear()
    program.expand(state, out)
    const before = state
    const possible = Array.from({ length: out.count }, (_, ordinal) => program.describeStep(before, ordinal).label)
    const words = step.split(" … ")
    const matching = possible.flatMap((label, ordinal) =>
      words.every((word) => label.includes(word)) ? [ordinal] : []
    )
    assert.strictEqual(matching.length, 1, `${step} among ${possible.join("; ")}`)
    state = successorOf(state, matching[0]!, out)!
    const nodes = program.snapshot(state) as { readonly [node: string]: { readonly state: Store } }
    return [nodes["n0"]!.state, nodes["n1"]!.state] as const
  })
}

/** A client's operation, its request at the server, and the reply. */
const put = (client: number, server = 0) => [
  `n${client} is asked to Put`,
  `n${server} receives Write … from n${client}`,
  `n${client} receives Reply`
]
const get = (client: number) => [
  `n${client} is asked to Get`,
  `n0 receives Read from n${client}`,
  `n${client} receives Reply`
]

const written = ({ siblings }: Store) => siblings.map(({ write }) => write)
const last = <A>(list: ReadonlyArray<A>): A => list[list.length - 1]!
const repeat = <A>(times: number, each: (round: number) => ReadonlyArray<A>): ReadonlyArray<A> =>
  Array.from({ length: times }, (_, round) => each(round)).flat()

describe("shopping cart among clients", () => {
  // Servers n0 and n1, the first client n2 at n0, the second n3 at n1. The servers exchange their states after two
  // carts of the one and one of the other; then the first client writes once more without having read.
  for (const mechanism of mechanisms) {
    const merged = mechanism === "merged"
    it(`${mechanism} ends with ${merged ? "three" : "two"} carts under the context [3, 1]`, () => {
      const exchange = ["n1 receives Sync … PS5+lotion", "n0 receives Sync … Xbox"]
      const states = take(siblingCartModel.system({ mechanism }), [
        ...put(2),
        ...put(3, 1),
        ...put(2),
        ...exchange,
        ...put(2)
      ])

      const after = (step: number) => states[step]!.map(written)
      assert.deepStrictEqual(after(2), [["PS5"], []])
      assert.deepStrictEqual(after(5), [["PS5"], ["Xbox"]])
      assert.deepStrictEqual(after(8), [["PS5+lotion"], ["Xbox"]])
      assert.deepStrictEqual(after(10), [
        ["PS5+lotion", "Xbox"],
        ["PS5+lotion", "Xbox"]
      ])
      const [end] = last(states)
      assert.deepStrictEqual(written(end), [...(merged ? ["PS5+lotion"] : []), "PS5+lotion+tissues", "Xbox"])
      const [first, second] = mechanism.startsWith("client-ids") ? ["n2", "n3"] : ["n0", "n1"]
      assert.deepStrictEqual(siblingRules(mechanism, "none").context(end), { [first]: 3, [second]: 1 })
    })
  }
})

describe("a write without context between a read and its write", () => {
  // sync_update_test of Almeida et al.'s dvvset.erl: v1 without context, a read, v2 without context, v3 after the read.
  // In truth v1 → v3 and v2 ∥ v3. Clients n1 (v1), n2 (reads, v3) and n3 (v2, who has read nothing).
  const expected: { readonly [M in Mechanism]: ReadonlyArray<string> } = {
    merged: ["v1", "v2", "v3"],
    "per-sibling": ["v3"],
    "per-sibling-max": ["v3"],
    "client-ids": ["v2", "v3"],
    "client-ids-pruned": ["v2", "v3"],
    dvv: ["v2", "v3"],
    "dvv-set": ["v2", "v3"]
  }
  const walk = (mechanism: Mechanism) => {
    const clients = [
      [Put.make({ write: "v1" })],
      [Get.make({}), Put.make({ write: "v3" })],
      [Put.make({ write: "v2" })]
    ]
    const system = siblingSystem({ servers: 1, mechanism, mutant: "none", clients })
    const [end] = last(take(system, [...put(1), ...get(2), ...put(3), ...put(2)]))
    return end
  }
  for (const mechanism of mechanisms) {
    it(`${mechanism} leaves ${expected[mechanism].join(", ")}`, () => {
      assert.deepStrictEqual(written(walk(mechanism)), [...expected[mechanism]])
    })
  }

  it("dots are those of the published example", () => {
    const dots = ({ siblings }: Store) =>
      siblings.map(({ actor, count, vector, write }) => [write, actor, count, vector])

    assert.deepStrictEqual(dots(walk("dvv")), [
      ["v2", "n0", 2, {}],
      ["v3", "n0", 3, { n0: 1 }]
    ])
    // Published as [{a, 3, [v3, v2]}]: counter 3, and the newest two values have the dots 3 and 2.
    assert.deepStrictEqual(walk("dvv-set").vector, { n0: 3 })
    assert.deepStrictEqual(
      walk("dvv-set").siblings.map(({ count, write }) => [write, count]),
      [
        ["v2", 2],
        ["v3", 3]
      ]
    )
  })
})

const rounds = 10
const writes = (name: string) => Array.from({ length: rounds }, (_, round) => Put.make({ write: `${name}${round}` }))

/** The store of one server after a script of its clients n1, n2, …. */
const explode = (
  mechanism: Mechanism,
  clients: ReadonlyArray<ReadonlyArray<Operation>>,
  steps: ReadonlyArray<string>
): Store => last(take(siblingSystem({ servers: 1, mechanism, mutant: "none", clients }), steps))[0]

/** Ten times: one client writes after its last read and reads; a client that has read nothing writes. */
const strangers = (mechanism: Mechanism) =>
  explode(
    mechanism,
    [writes("a").flatMap((write) => [write, Get.make({})]), ...writes("b").map((write) => [write])],
    repeat(rounds, (round) => [...put(1), ...get(1), ...put(round + 2)])
  )

/** Ten times: two clients write in turn, each after what its own last reply showed. */
const inTurn = (mechanism: Mechanism) =>
  explode(
    mechanism,
    [writes("a"), writes("b")],
    repeat(rounds, () => [...put(1), ...put(2)])
  )

describe("sibling explosion in ten rounds of two writes", () => {
  // Twenty writes, none of which one merged vector can drop: every context is behind it. With dots the last write of
  // the reader and the two strangers' writes that it has not seen; in turn, the last write of each.
  for (const [mechanism, alone, together] of [
    ["merged", 20, 20],
    ["client-ids", 3, 2],
    ["dvv", 3, 2],
    ["dvv-set", 3, 2]
  ] as const) {
    it(`${mechanism} keeps ${alone} siblings among strangers and ${together} in turn`, () => {
      const counts = [strangers(mechanism), inTurn(mechanism)].map(({ siblings }) => siblings.length)
      assert.deepStrictEqual(counts, [alone, together])
    })
  }

  it("what is kept with dots are the writes that nothing followed", () => {
    assert.deepStrictEqual(written(strangers("dvv")), ["a9", "b8", "b9"])
    assert.deepStrictEqual(written(inTurn("dvv")), ["a9", "b9"])
  })

  // The reader's last write has seen its own writes and those of the first eight strangers.
  for (const [mechanism, entries] of [
    ["client-ids", 9],
    ["client-ids-pruned", 1],
    ["dvv", 1],
    ["dvv-set", 1]
  ] as const) {
    it(`${mechanism} has ${entries} of eleven clients in its longest clock`, () => {
      assert.strictEqual(Math.max(...clocksOf(strangers(mechanism)).map((actors) => actors.length)), entries)
    })
  }
})
