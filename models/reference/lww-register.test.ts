/**
 * Stateright's last-writer-wins example: its states by depth, the bug it has, and what mends it.
 */
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { silentNodesAgree, writesCross } from "plait/properties/last-writer-wins"
import { explore } from "../../test/explore-given.ts"
import { lwwRegisterModel } from "./lww-register.ts"

const upTo = (depth: number, settings: Parameters<typeof lwwRegisterModel.system>[0]) =>
  Effect.runPromise(explore(lwwRegisterModel.system(settings), [silentNodesAgree, writesCross], { limits: { depth } }))

const verdicts = async (...given: Parameters<typeof upTo>) =>
  (await upTo(...given)).properties.map(({ verdict }) =>
    "evidence" in verdict ? `${verdict._tag} in ${verdict.evidence.steps.length}` : verdict._tag
  )

const small = { nodes: 2, values: 2, horizon: 1 }

describe("last-writer-wins register", () => {
  test("has 1, 11, 94, 706 and 4,835 states within 0 to 4 steps where no horizon is met", async () => {
    // A second explorer, written apart from this one over plain tuples. One step: three values and two clock settings at
    // each of two nodes, 1 + 2 · 5 = 11.
    const { distinct, generated, levels, stopReason } = await upTo(4, {
      ...small,
      values: 3,
      horizon: 100,
      stamping: "published"
    })
    expect(levels).toEqual([1, 10, 83, 612, 4129])
    expect([distinct, generated, stopReason]).toEqual([4835, 9287, "depth limit"])
  })

  test("as published it diverges: two writes of one node share a stamp", async () => {
    // The clock is set forward, two writes, and each arrives at both nodes, at the other in the wrong order: 1 + 2 + 4.
    expect(await verdicts(7, { ...small, stamping: "published" })).toEqual(["violated in 7", "reached in 2"])
  })

  test("remembering the first stamp too does not suffice: a write can be stamped below the one it replaces", async () => {
    // One node sets its clock, writes, and it arrives at both; the other writes with the same stamp and a lower number,
    // which arrives at both: 2 + 2 + 1 + 2.
    expect(await verdicts(7, { ...small, stamping: "remembers" })).toEqual(["violated in 7", "reached in 2"])
  })

  test("it converges when a write is also stamped above what it replaces", async () => {
    expect(await verdicts(100, { ...small, stamping: "witnesses" })).toEqual(["holds", "reached in 2"])
  })

  test("unique stamps of a node do not help a merge that lets equal stamps win by arrival", async () => {
    // Two writes with the same clock at two nodes; each arrives at its own node first and at the other last: 2 + 4.
    expect(await verdicts(7, { ...small, stamping: "ties-by-arrival" })).toEqual(["violated in 6", "reached in 2"])
  })
})
