/**
 * Guarantees of one leader, and the cost of a failover, by the shortest run that shows each. Steps: an operation
 * invoked, a message delivered, a timer, a fault.
 */
import { describe, expect, test } from "vitest"
import { verdictsOf } from "../../test/verdicts.ts"

const verdicts = (setting: string) => verdictsOf(`single-leader-store/${setting}`)

const lost = "no acknowledged write is lost"
const oneLeader = "nothing has two owners in one epoch"
const prefix = "an effect is never visible before its cause"

describe("while the leader stands", () => {
  test("reads at the leader are linearizable, whether followers are waited for or not", async () => {
    for (const replication of ["asynchronous", "semi-synchronous"]) {
      const found = await verdicts(`replication=${replication},probe=concurrent`)
      expect([found["linearizability"], found["replicas converge"], found[lost]]).toEqual(["holds", "holds", "holds"])
    }
  })

  test("reads at followers are stale and still a consistent prefix", async () => {
    // Put, Get.
    expect((await verdicts("reads=any node,probe=own reads"))["read your writes"]).toBe("violated in 2")
    const found = await verdicts("reads=any node,probe=write order")
    expect([found[prefix], found["monotonic writes"]]).toEqual(["holds", "holds"])
  })
})

describe("a failover", () => {
  const failover = async (replication: string, how: string) => {
    const setting = `replication=${replication},failover=${how},crash=leader,probe=own reads`
    const found = await verdicts(setting)
    return [found["linearizability"], found[lost], found[oneLeader]]
  }

  test("loses acknowledged writes where replication is asynchronous, whoever takes over", async () => {
    // Put, time-out, Get at the new leader. Lost for good after all has been delivered.
    expect(await failover("asynchronous", "at once")).toEqual(["violated in 3", "violated in 8", "holds"])
    // The same with a question to n2 and its answer.
    expect(await failover("asynchronous", "most up to date")).toEqual(["violated in 5", "violated in 10", "holds"])
  })

  test("loses them where it is semi-synchronous, if the follower that takes over is not the one that has them", async () => {
    expect(await failover("semi-synchronous", "at once")).toEqual(["violated in 4", "violated in 9", "holds"])
  })

  test("loses none where the new leader goes on from what two of three have; reads of what is not replicated turn back", async () => {
    // Put, Get at the old leader that sees it; time-out, Fence, Fenced; Get at the new leader.
    expect(await failover("semi-synchronous", "most up to date")).toEqual(["violated in 6", "holds", "holds"])
  })
})

describe("mutants are caught", () => {
  test("a follower that takes over in the old epoch, by two owners and by convergence", async () => {
    const found = async (mutant: string) => {
      const all = await verdicts(`failover=at once,mutant=${mutant},probe=concurrent`)
      return [all[oneLeader], all["replicas converge"]]
    }
    // The time-out; and at the end two Puts, four reads, four deliveries of writes, and the word of the new leader to n2.
    expect(await found("none")).toEqual(["holds", "holds"])
    expect(await found("unfenced")).toEqual(["violated in 1", "violated in 12"])
  })

  test("links that keep no order, by the prefix that a follower shows", async () => {
    // Two Puts, the second delivered.
    expect((await verdicts("mutant=any-order,probe=write order"))[prefix]).toBe("violated in 3")
  })
})
