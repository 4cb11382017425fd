import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { clockProperties, concurrentEventsMeet } from "plait/properties/happens-before"
import { aheadByAtMost, neverBehindPhysicalTime } from "plait/properties/hybrid-time"
import { explore } from "../../test/explore-given.ts"
import type { Property } from "plait"
import type { ClockMutant } from "./clock.ts"
import { eventClocksModel } from "./event-clocks.ts"

type Values = Parameters<typeof eventClocksModel.system>[0]

const plain: Values = { clock: "vector", nodes: 2, events: 2, skew: 0, latency: 1, mutant: "none" }

/** The steps to the violation of each property; 0 where it holds, none where it is vacuous. */
const judge = (values: Partial<Values>, properties: ReadonlyArray<Property<unknown>> = clockProperties) =>
  Effect.gen(function* () {
    const found = yield* explore(eventClocksModel.system({ ...plain, ...values }), [
      ...properties,
      concurrentEventsMeet
    ])
    assert.isTrue(found.complete)
    assert.strictEqual(found.properties.at(-1)?.verdict._tag, "reached")
    return found.properties.slice(0, -1).map(({ verdict }) => {
      if (verdict._tag === "violated") return verdict.evidence.steps.length
      return verdict._tag === "holds" ? 0 : undefined
    })
  })

// In the order of clockClaims: exact, consistent, complete, no false and no missed concurrency, unique, irreflexive.
// Three steps: an event at each node and one arrival, at which equal counters or times meet. Four: one node has had two
// events, so that a smaller counter meets a greater one that it knows nothing of. Two: an event and its arrival, which
// a clock that is behind gives no greater time.
const table: ReadonlyArray<readonly [string, Partial<Values>, ReadonlyArray<number>]> = [
  ["Lamport clocks are consistent and nothing more", { clock: "lamport" }, [3, 0, 4, 0, 4, 3, 0]],
  ["vector clocks are exact", { clock: "vector" }, [0, 0, 0, 0, 0, 0, 0]],
  ["vector clocks of three nodes are exact", { clock: "vector", nodes: 3, events: 1 }, [0, 0, 0, 0, 0, 0, 0]],
  ["version vectors are exact between replicas", { clock: "version-vector" }, [0, 0, 0, 0, 0, 0, 0]],
  ["dotted version vectors are exact between replicas", { clock: "dotted-version-vector" }, [0, 0, 0, 0, 0, 0, 0]],
  ["hybrid clocks are consistent, not unique", { clock: "hybrid" }, [3, 0, 3, 0, 3, 3, 0]],
  ["hybrid clocks are consistent under skew", { clock: "hybrid", skew: 2, events: 1 }, [3, 0, 3, 0, 3, 3, 0]],
  ["physical clocks without skew are consistent", { clock: "physical" }, [3, 0, 3, 0, 3, 3, 0]],
  ["physical clocks with skew are not consistent", { clock: "physical", skew: 1 }, [2, 2, 3, 2, 3, 2, 0]]
]

describe("event clocks", () => {
  for (const [property, values, expected] of table) {
    it.effect(property, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* judge(values), [...expected])
      })
    )
  }

  // The place of the property that the right clock keeps and the mutant breaks.
  const [consistent, irreflexive] = [1, 6]
  const mutants: ReadonlyArray<readonly [Values["clock"], ClockMutant, number, number]> = [
    ["lamport", "no-maximum", consistent, 2],
    ["lamport", "no-increment", consistent, 2],
    ["lamport", "not-strict", irreflexive, 2],
    ["hybrid", "no-maximum", consistent, 2],
    ["hybrid", "no-increment", consistent, 2],
    ["hybrid", "not-strict", irreflexive, 2],
    ["vector", "no-maximum", consistent, 2],
    ["vector", "no-increment", consistent, 2],
    ["vector", "not-strict", irreflexive, 2],
    // Arrivals are no events there: it takes another write, and its way back, to show what was forgotten.
    ["version-vector", "no-maximum", consistent, 4],
    ["dotted-version-vector", "no-maximum", consistent, 4],
    ["version-vector", "not-strict", irreflexive, 2],
    ["dotted-version-vector", "not-strict", irreflexive, 2]
  ]
  for (const [clock, mutant, place, steps] of mutants) {
    it.effect(`${clock} with ${mutant} breaks "${clockProperties[place]?.name}" in ${steps} steps`, () =>
      Effect.gen(function* () {
        const small: Partial<Values> = clock === "hybrid" ? { skew: 1, events: 1 } : {}
        assert.strictEqual((yield* judge({ ...small, clock, mutant: "none" }))[place], 0)
        assert.strictEqual((yield* judge({ ...small, clock, mutant }))[place], steps)
      })
    )
  }

  // Kulkarni et al. 2014: pt ≤ l ≤ pt + ε. A message that takes a tick brings a time that is a tick old.
  for (const [latency, lead] of [
    [0, 2],
    [1, 1]
  ] as const) {
    it.effect(`with a skew of 2 and a latency of ${latency} l runs ahead of physical time by ${lead} and no more`, () =>
      Effect.gen(function* () {
        const values = { clock: "hybrid", skew: 2, events: 1, latency } as const
        const properties = [neverBehindPhysicalTime, aheadByAtMost(lead), aheadByAtMost(lead - 1)]
        assert.deepStrictEqual(yield* judge(values, properties), [0, 0, 2])
      })
    )
  }
})
