/**
 * Guarantees of overlapping quorums and their limits, by the shortest run that shows each. Steps: an operation invoked,
 * a message delivered, a timer, a fault.
 */
import { describe, expect, test } from "vitest"
import { verdictsOf } from "../../test/verdicts.ts"

const verdicts = (setting: string) => verdictsOf(`leaderless-store/${setting}`)

const stale = async (setting: string) => {
  const found = await verdicts(`${setting},probe=write then read`)
  return [found["linearizability"], found["read your writes"]]
}
const everywhere = "every replica that is up has every write in the end"

describe("R + W > N", () => {
  test("a write then a read by one client: stale with R + W = 2, never with 4", async () => {
    // Put and Get; nothing needs to be delivered.
    expect(await stale("read=1,write=1")).toEqual(["violated in 2", "violated in 2"])
    expect(await stale("read=2,write=2")).toEqual(["holds", "holds"])
    expect(await stale("read=1,write=3")).toEqual(["holds", "holds"])
  })

  test("two reads during a write see it and then do not (Kleppmann 2017, chapter 9, figure 9-6)", async () => {
    // Put at n0, which alone has it; Get, Fetch, Fetched at n0; Get, Fetch, Fetched between n1 and n2.
    const found = await verdicts("read=2,write=2,probe=own reads")
    expect([found["linearizability"], found["monotonic reads"]]).toEqual(["violated in 7", "violated in 7"])
  })

  test("read repair helps only if the answer waits for it", async () => {
    const linearizable = async (repair: string) =>
      (await verdicts(`repair=${repair},probe=own reads`))["linearizability"]
    expect(await linearizable("after-answer")).toBe("violated in 7")
    expect(await linearizable("before-answer")).toBe("holds")
  })

  test("with two writers a write also has to read first", async () => {
    // n1 writes b (Put, Store, Stored), n0 writes a likewise with the same timestamp and a smaller number: 6; its own
    // read of n2 and back returns b: Get, Fetch, Fetched.
    expect((await verdicts("probe=two writers"))["linearizability"]).toBe("violated in 9")
    expect((await verdicts("rounds=two,probe=two writers"))["linearizability"]).toBe("holds")
  })
})

describe("a sloppy quorum", () => {
  test("is stale although R + W > N, with W = N even", async () => {
    // Put, time-out, Store and Stored of the stand-in (twice for W = 3); Get, Fetch, Fetched.
    expect(await stale("unanswered=stand-in")).toEqual(["violated in 7", "violated in 7"])
    expect(await stale("unanswered=stand-in,write=3")).toEqual(["violated in 9", "violated in 9"])
  })

  test("hands every hint over, also when a message is lost", async () => {
    const found = await verdicts("unanswered=stand-in,write=3,fault=one lost message,probe=write then read")
    expect([found["every hint is handed over"], found[everywhere]]).toEqual(["holds", "holds"])
  })
})

test("a write that was reported failed is read later", async () => {
  // Put, time-out; Get, Fetch at n0, Fetched.
  const property = "no read returns a write that was reported failed"
  expect((await verdicts("unanswered=gives-up,probe=own reads"))[property]).toBe("violated in 5")
  expect((await verdicts("unanswered=gives-up,repair=before-answer,rounds=two,probe=write then read"))[property]).toBe(
    "violated in 7"
  )
})

test("a lost message leaves a replica behind for ever, unless versions are passed around", async () => {
  const inTheEnd = async (repair: string) =>
    (await verdicts(`fault=one lost message,repair=${repair},probe=write then read`))[everywhere]
  // Put, loss, Store and Stored at the other; Get, Fetch, Fetched without a new version for any node.
  expect(await inTheEnd("none")).toBe("violated in 7")
  expect(await inTheEnd("after-answer")).toBe("violated in 7")
  expect(await inTheEnd("anti-entropy")).toBe("holds")
})

describe("mutants are caught", () => {
  test("a coordinator that acknowledges what it alone has, by read your writes", async () => {
    // Put; Get, Fetch, Fetched.
    expect(await stale("mutant=acknowledges-early")).toEqual(["violated in 4", "violated in 4"])
  })

  test("a replica that lets arrival decide between equal timestamps, by convergence", async () => {
    const found = await verdicts("mutant=ties-by-arrival,probe=two writers")
    // Two Puts, and each delivered to the other.
    expect(found["replicas with the same writes show the same"]).toBe("violated in 4")
    expect(found["replicas converge"]).toBe("violated in 16")
  })

  test("a stand-in that forgets its hints, by what every replica has in the end", async () => {
    const setting = "unanswered=stand-in,write=3,fault=one lost message,mutant=forgets-hints"
    const found = await verdicts(`${setting},probe=write then read`)
    expect(found[everywhere]).toBe("violated in 10")
  })
})
