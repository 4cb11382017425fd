import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { failuresOf, stepsToFail } from "../../test/failures.ts"

const lost = "no acknowledged write is lost"
const inversion = "no write loses to one that it followed from"
const realTime = "no write wins over one that began after it was over"

describe("a client that edits offline under last write wins", () => {
  it.effect("server timestamps: the edit made offline arrives late and replaces the newer one", () =>
    Effect.gen(function* () {
      const failures = yield* failuresOf("offline-client/timestamps=server")
      const steps = failures[realTime]?.map((step) => step.replace("[object Object] ", ""))
      // Saved before the other edit begins; on its way when that one arrives, and stamped after it.
      assert.deepStrictEqual(steps, [
        "n1 is asked to Edit offline true",
        "n1 is asked to Sync",
        "n2 is asked to Edit online false",
        "n0 receives Push from n2, clock 1",
        "n0 receives Push from n1, clock 1",
        "n1 receives Noted from n0",
        "n2 receives Noted from n0"
      ])
    })
  )

  it.effect("client timestamps without skew: one of the edits is lost, never one to an older one", () =>
    Effect.gen(function* () {
      // Two edits, a sync, two arrivals and two answers.
      assert.deepStrictEqual(yield* stepsToFail("offline-client/timestamps=client"), { [lost]: 7 })
    })
  )

  it.effect("client timestamps with skew: a clock that is ahead wins over a newer edit", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* stepsToFail("offline-client/skew=2"), { [lost]: 7, [realTime]: 7 })
    })
  )

  // Edit, sync, arrival; read, its arrival and answer; the edit that follows, and its arrival. The offline edit is read
  // two messages after it was made, so a skew of 2 gives at most a tie, which the later client wins.
  it.effect("an edit that follows from what was read loses to it from a skew of three on, in eight steps", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* stepsToFail("offline-client/skew=2,reads=first"))[inversion], undefined)
      assert.strictEqual((yield* stepsToFail("offline-client/skew=3,reads=first"))[inversion], 8)
      assert.strictEqual(
        (yield* stepsToFail("offline-client/timestamps=server,skew=3,reads=first"))[inversion],
        undefined
      )
    })
  )

  it.effect("an edit that is stamped when it is sent, and a server that keeps the latest arrival, are caught", () =>
    Effect.gen(function* () {
      for (const mutant of ["stamps-late", "latest-arrival"]) {
        assert.strictEqual((yield* stepsToFail(`offline-client/mutant=${mutant}`))[realTime], 7)
      }
    })
  )
})
