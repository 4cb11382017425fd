import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { boundedClock, boundedSiblings } from "plait/properties/bounded-siblings"
import { noFalseConcurrencyReported, noMissedConcurrency } from "plait/properties/happens-before"
import { noSiblingDisappears, siblingsAreConcurrent, siblingsReach } from "plait/properties/no-lost-sibling"
import { explore } from "../../test/explore-given.ts"
import { siblingCartModel } from "./sibling-cart.ts"
import { siblingClientsModel, type SiblingNode, storedAt } from "./sibling-clients.ts"
import { clocksOf } from "./sibling-versions.ts"

type Values = Parameters<typeof siblingClientsModel.system>[0]

const stored = { stored: storedAt }
const plain: Values = { mechanism: "dvv", servers: 1, clients: 2, puts: 2, reads: 0, mutant: "none" }

/** In the order of `properties` the steps to a violation, 0 where a property holds, `vacuous` where it says nothing. */
const judge = (values: Partial<Values>) =>
  Effect.gen(function* () {
    const setting = { ...plain, ...values }
    const properties = [
      siblingsAreConcurrent<SiblingNode>(stored),
      noSiblingDisappears<SiblingNode>(stored),
      boundedSiblings<SiblingNode>(stored),
      boundedClock<SiblingNode>(setting.servers, (state) => ("siblings" in state ? clocksOf(state) : undefined)),
      noFalseConcurrencyReported,
      noMissedConcurrency
    ]
    const found = yield* explore(siblingClientsModel.system(setting), properties)
    assert.isTrue(found.complete)
    return found.properties.map(({ verdict }) => {
      if (verdict._tag === "violated") return verdict.evidence.steps.length
      return verdict._tag === "holds" ? 0 : verdict._tag
    })
  })

describe("siblings resolved on read", () => {
  // One server: a write is asked for, and arrives. Loss takes two of those; a third write that has seen the first takes
  // the reply to it, its own request and its arrival: seven steps to false concurrency, or to a clock of two clients.
  for (const [mechanism, verdicts] of [
    ["merged", [7, 0, 7, 0, 7, 0]],
    ["per-sibling", ["vacuous", 4, 0, 0, 0, 4]],
    ["per-sibling-max", ["vacuous", 4, 0, 0, "vacuous", 4]],
    ["client-ids", [0, 0, 0, 7, 0, 0]],
    ["client-ids-pruned", [0, 0, 0, 0, 0, 0]],
    ["dvv", [0, 0, 0, 0, 0, 0]],
    ["dvv-set", [0, 0, 0, 0, 0, 0]]
  ] as const) {
    it.effect(`two clients at one server: ${mechanism} is ${verdicts.join(", ")}`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* judge({ mechanism }), [...verdicts])
      })
    )
  }

  // Two servers with a client each. Merged: two writes of one client with the other server's write between them. Pruned:
  // a write that has seen the other server's, arrived there without the entry that would say so.
  for (const [mechanism, verdicts] of [
    ["merged", [8, 0, 8, 0, 8, 0]],
    ["per-sibling", [0, 0, 0, 0, 0, 0]],
    ["client-ids", [0, 0, 0, 0, 0, 0]],
    ["client-ids-pruned", [9, 0, 9, 0, 0, 0]],
    ["dvv", [0, 0, 0, 0, 0, 0]],
    ["dvv-set", [0, 0, 0, 0, 0, 0]]
  ] as const) {
    it.effect(`a client at each of two servers: ${mechanism} is ${verdicts.join(", ")}`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* judge({ mechanism, servers: 2 }), [...verdicts])
      })
    )
  }

  for (const mechanism of ["dvv", "dvv-set"] as const) {
    // A write, its reply, and a second write by the same client: five steps.
    for (const mutant of ["blind", "keeps-seen"] as const) {
      it.effect(`${mechanism} with ${mutant} keeps a write beside its successor, and too many siblings`, () =>
        Effect.gen(function* () {
          assert.deepStrictEqual((yield* judge({ mechanism, mutant })).slice(0, 3), [5, 0, 5])
        })
      )
    }

    // Two writes share the dot 1, so that whoever has seen one of them replaces both.
    it.effect(`${mechanism} that reuses dots loses a sibling`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual((yield* judge({ mechanism, mutant: "reuses-dot" })).slice(0, 2), [0, 7])
      })
    )
  }

  // Write, arrival, write, arrival at one server, none of them a reply.
  it.effect("two siblings occur in four steps", () =>
    Effect.gen(function* () {
      const found = yield* explore(siblingClientsModel.system(plain), [siblingsReach<SiblingNode>(2, stored)])
      const verdict = found.properties[0]?.verdict
      assert(verdict?._tag === "reached")
      assert.strictEqual(verdict.evidence.steps.length, 4)
    })
  )

  for (const [mechanism, reached] of [
    ["merged", "reached"],
    ["dvv", "unreached"]
  ] as const) {
    it.effect(`three carts at one server are ${reached} under ${mechanism}`, () =>
      Effect.gen(function* () {
        const found = yield* explore(siblingCartModel.system({ mechanism }), [siblingsReach<SiblingNode>(3, stored)])
        assert.strictEqual(found.properties[0]?.verdict._tag, reached)
      })
    )
  }
})
