import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { channelConvergence } from "plait/properties/convergence"
import { listsAgreePairwise, listsFollowOneOrder } from "plait/properties/list-intention"
import { explore } from "../../test/explore-given.ts"
import { Property } from "plait"
import { jupiterModel, type JupiterParts, type JupiterView } from "./jupiter.ts"

const plain = { initial: 0, edits: 0, history: "none", mutant: "none" } as const

const converges = channelConvergence<JupiterView>({
  idle: ({ toClients, toServer }) => toServer.length === 0 && toClients.every((messages) => messages.length === 0),
  replicas: ({ clients, server }) => [server, ...clients.map(({ list }) => list)],
  written: ({ clients }) => clients.some(({ sent }) => sent.length > 0)
})

const check = (parts: JupiterParts) =>
  Effect.map(
    explore(jupiterModel.system(parts), [
      converges,
      listsAgreePairwise<JupiterView>(({ seen }) => seen),
      listsFollowOneOrder<JupiterView>(({ seen }) => seen)
    ]),
    ({ properties }) => properties.map(({ verdict }) => verdict)
  )

const describeVerdicts = (verdicts: Effect.Success<ReturnType<typeof check>>) =>
  verdicts.map((verdict) =>
    verdict._tag === "violated" ? `violated in ${verdict.evidence.steps.length}` : verdict._tag
  )

/** A state with its characters named in the order in which they are met in it: equal for the states of one orbit. */
const orbit = (view: JupiterView): string => {
  const names = new Map<string, string>()
  const rename = (key: string, value: unknown) => {
    if (typeof value !== "string" || key === "_tag") return value
    const name = names.get(value) ?? `character ${names.size}`
    names.set(value, name)
    return name
  }
  return JSON.stringify(view, rename)
}

describe("jupiter", () => {
  // TLC on AJupiter.tla with QC, characters declared symmetric; its depths count states, so ours are one less. (1,1) to
  // (1,3) are also the published rows of Wei, Huang and Lu's table, which for more clients have history variables.
  for (const [clients, characters, distinct, generated, depth] of [
    [1, 1, 6, 7, 5],
    [1, 2, 57, 86, 9],
    [1, 3, 1014, 1696, 13],
    [2, 1, 51, 71, 10],
    [3, 1, 1108, 2488, 17],
    [4, 1, 45_957, 153_205, 26]
  ] as const) {
    it.effect(`clients ${clients}, characters ${characters}: converges, in as many states as AJupiter.tla has`, () =>
      Effect.gen(function* () {
        const found = yield* explore(jupiterModel.system({ ...plain, clients, characters }), [converges])
        assert.deepStrictEqual(
          [found.distinct, found.generated, found.depth + 1, found.complete, found.properties[0]?.verdict._tag],
          [distinct, generated, depth, true, "holds"]
        )
      })
    )
  }

  // 12,409 by TLC. The states are more, since the names here show which client inserted first. (The predicate is
  // evaluated in every state once, since it reads all of each.)
  it.effect("2 clients and 2 characters have as many orbits of states as AJupiter.tla", () =>
    Effect.gen(function* () {
      const orbits = new Set<string>()
      const collect = Property.invariant<JupiterView>("collects every state", {
        holds: (view) => orbits.add(orbit(view)).size > 0
      })
      const found = yield* explore(jupiterModel.system({ ...plain, clients: 2, characters: 2 }), [collect])

      assert.deepStrictEqual([found.distinct, orbits.size, found.depth + 1], [12_843, 12_409, 19])
    })
  )

  it.effect("two clients satisfy the weak and the strong list specification within two edits each", () =>
    Effect.gen(function* () {
      const verdicts = yield* check({ ...plain, clients: 2, characters: 2, initial: 1, edits: 2, history: "lists" })
      assert.deepStrictEqual(describeVerdicts(verdicts), ["holds", "holds", "holds"])
    })
  )

  it.effect("three clients satisfy the weak list specification and not the strong one", () =>
    Effect.gen(function* () {
      const verdicts = yield* check({ ...plain, clients: 3, characters: 2, initial: 1, edits: 1, history: "lists" })

      // a deleted, b inserted after it, c before it; three requests reach the server, where b meets c without a.
      assert.deepStrictEqual(describeVerdicts(verdicts), ["holds", "holds", "violated in 6"])
      const [, , strong] = verdicts
      assert(strong?._tag === "violated")
      assert.strictEqual(
        strong.because,
        "Lists have been read with a before b, b before c, c before a: no one order agrees with them all."
      )
    })
  )

  // Two edits, both at the server, and each at the other client: six steps until no message is in flight.
  for (const parts of [
    { ...plain, clients: 2, characters: 2, edits: 1, mutant: "no-priority" },
    { ...plain, clients: 2, characters: 1, initial: 2, edits: 1, mutant: "no-shift" },
    { ...plain, clients: 2, characters: 2, edits: 2, mutant: "keeps-acknowledged" }
  ] as const) {
    it.effect(`the mutant ${parts.mutant} does not converge`, () =>
      Effect.gen(function* () {
        assert.strictEqual(describeVerdicts(yield* check(parts))[0], "violated in 6")
      })
    )
  }
})
