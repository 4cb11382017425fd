/**
 * The models of liveness: the published count of the gossip counter, and the loops that show why each assumption is needed.
 */
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { liveness } from "./suite.ts"
import { multiLeader } from "../multi-leader/suite.ts"
import { explore } from "../../src/search/Explorer.ts"
import { checkCase } from "../../src/suite/CheckCase.ts"
import { caseFromId } from "../../src/suite/Suite.ts"
import { gossipCounterModel } from "./gossip-counter.ts"

const lassos = async (id: string) => {
  const { traces } = await Effect.runPromise(checkCase(caseFromId([...liveness, ...multiLeader], id)!))
  return new Map([...traces].map(([name, { loop, steps }]) => [name, { loop, did: steps.map(({ label }) => label) }]))
}

// MCCRDT.cfg of the TLA+ Examples: 25,000 distinct states, TLC's depth 16 counts states.
test("the gossip counter of three nodes up to 3 has the 25,000 states of MCCRDT, 15 steps deep", async () => {
  const found = await Effect.runPromise(explore(gossipCounterModel.system({ nodes: 3, bound: 3 }), []))
  expect([found.distinct, found.depth]).toEqual([25_000, 15])
}, 60_000)

describe("a ring without the origin of a write", () => {
  test("has the write go round between the other two for ever, under the origin's tag", async () => {
    const found = await lassos("shortened-ring/recognition=origin,removal=true")
    const event = (to: number, from: number) => `n${to} receives Event {"origin":0,"visited":[0]} from n${from}`
    expect(found.get("the network falls silent for good")).toEqual({
      loop: 4,
      did: ["n0 is asked to Write", event(1, 0), "n2 is asked to ShortCut", event(2, 1), event(1, 2), event(2, 1)]
    })
  })
  test.each(["ignored-ids", "visited", "write-id"])("falls silent with %s", async (recognition) => {
    const found = await lassos(`shortened-ring/recognition=${recognition},removal=true`)
    expect(found.has("the network falls silent for good")).toBe(false)
  })
})

test("a sender whose last acknowledgement is lost sends for ever to a receiver that acknowledges once", async () => {
  const found = await lassos("retransmission/nodes=2,losses=1,resend=timer,receiver=acknowledges-once")
  expect(found.get("the origin learns that every node has the write")).toEqual({
    loop: 3,
    did: [
      "n0 is asked to Write",
      "n1 receives Bring from n0",
      "Acknowledge from n1 to n0 is lost",
      "n0 times out",
      "n1 receives Bring from n0"
    ]
  })
})

test("a hint forgotten on sending is lost with the message, though the home comes back", async () => {
  const found = await lassos("hinted-handoff/crashes=1,handoff=forgets-on-sending")
  expect(found.get("a write that is kept comes to its home, if that comes back")?.did.slice(-3)).toEqual([
    'n2 receives Keep {"home":1} from n0',
    "n2 times out",
    "n1 recovers"
  ])
})

describe("a call that is sent again", () => {
  const twice = async (crashes: number, remembers: string) => {
    const { result } = await Effect.runPromise(
      checkCase(caseFromId(liveness, `remote-call/calls=2,crashes=${crashes},remembers=${remembers}`)!)
    )
    return result.properties.map(({ counterexample, verdict }) => [verdict, counterexample?.length]).slice(0, 2)
  }
  const answered = ["holds", undefined]

  test("is carried out once where its number is on disk, or where calls are bound to an incarnation", async () => {
    expect(await twice(2, "disk")).toEqual([["holds", undefined], answered])
    expect(await twice(2, "incarnation")).toEqual([["holds", undefined], answered])
  })

  test("is carried out twice after a crash where its number was in memory, and not without a crash", async () => {
    // Invoke, carry out, send again, crash, recover, carry out.
    expect(await twice(1, "memory")).toEqual([["violated", 6], answered])
    expect(await twice(0, "memory")).toEqual([["holds", undefined], answered])
  })

  test("is carried out twice where an incarnation is not counted up, or no copy is recognised", async () => {
    expect(await twice(1, "stale-incarnation")).toEqual([["violated", 6], answered])
    expect(await twice(0, "nothing")).toEqual([["violated", 4], answered])
  })
})
