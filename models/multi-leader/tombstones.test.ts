import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { convergence } from "plait/properties/convergence"
import { noResurrection } from "plait/properties/no-resurrection"
import { explore } from "../../test/explore-given.ts"
import { type Collection, tombstoneItems, tombstonesModel } from "./tombstones.ts"

const properties = [noResurrection({ items: tombstoneItems }), convergence({ view: tombstoneItems })]

const judge = (collect: Collection, links: "ordered" | "unordered") =>
  Effect.map(explore(tombstonesModel.system({ collect, links }), properties), ({ complete, properties }) => {
    assert.isTrue(complete)
    return properties.map(({ verdict }) => verdict)
  })

describe("deletes under last write wins", () => {
  for (const [collect, links] of [
    ["never", "ordered"],
    ["never", "unordered"],
    ["acknowledged", "ordered"]
  ] as const) {
    it.effect(`tombstones dropped ${collect} on ${links} links: no deleted item comes back`, () =>
      Effect.gen(function* () {
        const found = yield* judge(collect, links)
        assert.deepStrictEqual(
          found.map(({ _tag }) => _tag),
          ["holds", "holds"]
        )
      })
    )
  }

  it.effect("a deletion without a tombstone is undone by the write it deleted, arriving late", () =>
    Effect.gen(function* () {
      const [comesBack] = yield* judge("at-once", "ordered")
      assert(comesBack?._tag === "violated")
      // Put at 0, its arrival at 1, deletion at 1; at 2 the deletion arrives and then the write.
      assert.strictEqual(comesBack.evidence.steps.length, 5)
      assert.strictEqual(comesBack.because, "n2 has applied delete and shows put, which delete deleted.")
    })
  )

  it.effect("a tombstone dropped before everyone has it: the item comes back where it was deleted", () =>
    Effect.gen(function* () {
      const [comesBack] = yield* judge("any-time", "ordered")
      assert(comesBack?._tag === "violated")
      // As above with the tombstone dropped at 2 between the two arrivals.
      assert.strictEqual(comesBack.evidence.steps.length, 6)
    })
  )

  it.effect("an acknowledgement from everyone is not enough where it can overtake the old version", () =>
    Effect.gen(function* () {
      const [comesBack, converges] = yield* judge("acknowledged", "unordered")
      assert(comesBack?._tag === "violated")
      assert.strictEqual(converges?._tag, "violated")
      // Put, arrival at 1, deletion; arrival at 0 and 2, two confirmations at 2, the tombstone dropped, the late write.
      assert.strictEqual(comesBack.evidence.steps.length, 9)
    })
  )
})
