/**
 * Guarantees of a home for each key, and the cost of replacing it, by the shortest run that shows it. Steps: an
 * operation invoked, a message delivered, a timer, a fault. A write is lost only at the end, so that its steps are
 * those of a whole run: three operations, the time-out, and each message, of which there are four a write at least, two
 * for the new home, and two more if n2 is queried.
 */
import { describe, expect, test } from "vitest"
import { verdictsOf } from "../../test/verdicts.ts"

const verdicts = (setting: string) => verdictsOf(`home-leader-store/${setting}`)

const lost = "no acknowledged write is lost"
const oneHome = "nothing has two owners in one epoch"
const inTurn = "no owner acts after its successor"

const judged = async (setting: string) => {
  const found = await verdicts(setting)
  return [found["linearizability"], found[lost], found[oneHome], found[inTurn]]
}

describe("while all agree on the home", () => {
  test("there are no conflicts: keys are linearizable, and nothing is lost", async () => {
    const found = await verdicts("probe=concurrent")
    expect([found["linearizability"], found["replicas converge"], found[lost], found[oneHome]]).toEqual([
      "holds",
      "holds",
      "holds",
      "holds"
    ])
  })

  test("two clients that write what they read lose an update all the same: the home takes one write after the other", async () => {
    // Each client's question passed on and answered, then each write; four arrivals of the two writes.
    expect((await verdicts("probe=updates"))["no update is lost"]).toBe("violated in 10")
  })
})

describe("a home that is replaced without coordination", () => {
  test("is one of two homes, whose writes conflict, whether the old one crashed or not", async () => {
    // The time-out makes two homes. A write at n0, the time-out, a read at n1. A write at each of them and a read at n0.
    const conflict = ["violated in 3", "violated in 10", "violated in 1", "violated in 4"]
    expect(await judged("rehoming=announced")).toEqual(conflict)
    // The crash removes n0 and the messages in flight to it: one step more, two arrivals fewer.
    expect(await judged("rehoming=announced,fault=crash")).toEqual(conflict.with(1, "violated in 9"))
  })

  test("conflicts although writes wait for a replica, which both homes have", async () => {
    // A write at n0, its arrival at n2 and the answer at n0, the time-out, a read at n1. Two homes: both writes at n0,
    // and the read at n1 between its answers.
    expect(await judged("rehoming=announced,answers=writes replicated")).toEqual([
      "violated in 5",
      "violated in 14",
      "violated in 1",
      "violated in 9"
    ])
  })
})

describe("a lease", () => {
  test("gives one home after the other, reads of its own, and loses no write that a replica had, within the skew assumed", async () => {
    for (const setting of ["", ",assumed=1,skew=1", ",fault=crash"]) {
      expect(await judged(`rehoming=lease,answers=writes replicated${setting}`)).toEqual([
        "holds",
        "holds",
        "holds",
        "holds"
      ])
    }
  })

  test("does not bring along what its home acknowledged alone", async () => {
    // A write at n0; the time-out, n2 asked, its answer; a read at n1.
    const expected = ["violated in 5", "violated in 12", "holds", "holds"]
    expect(await judged("rehoming=lease,answers=at once")).toEqual(expected)
  })

  // A write at n0; the time-out, n2 queried, its answer; n0's write at n2, the answer at n0; a read at n1. And two
  // homes at once.
  const broken = ["violated in 7", "violated in 16", "holds", "violated in 11"]

  test("breaks where a clock is further ahead than the new home assumes", async () => {
    expect(await judged("rehoming=lease,answers=writes replicated,skew=1")).toEqual(broken)
  })

  for (const mutant of ["ignores-expiry", "checks-once", "starts-early"]) {
    test(`mutant ${mutant} is caught`, async () => {
      expect(await judged(`rehoming=lease,answers=writes replicated,mutant=${mutant}`)).toEqual(broken)
    })
  }
})

describe("an epoch", () => {
  test("alone fences the old home's writes off, and does not bring along what it acknowledged alone", async () => {
    // As with a lease; and the old home, which has not heard of the new one, answers after it.
    expect(await judged("rehoming=epoch,answers=at once")).toEqual([
      "violated in 5",
      "violated in 14",
      "holds",
      "violated in 6"
    ])
  })

  test("with writes that wait for a replica loses none; the old home's reads are stale", async () => {
    // A write at n0, which n1 has; the time-out, n2 asked, its answer; a write at n1, which n2 has once it has heard of the
    // new home; a read at n0.
    for (const fault of ["none", "cut"]) {
      expect(await judged(`rehoming=epoch,answers=writes replicated,fault=${fault}`)).toEqual([
        "violated in 11",
        "holds",
        "holds",
        "violated in 11"
      ])
    }
  })

  test("with reads that wait for a replica too is linearizable, though two homes may answer at once", async () => {
    // n0's read is at n1 before that takes over, and is answered after a write at n1, which n2 has, was acknowledged.
    for (const fault of ["none", "crash"]) {
      expect(await judged(`rehoming=epoch,answers=all replicated,fault=${fault}`)).toEqual([
        "holds",
        "holds",
        "holds",
        "violated in 13"
      ])
    }
  })

  test("that replicas do not look at is caught: the old home's write is acknowledged and lost", async () => {
    const found = await verdicts("rehoming=epoch,answers=all replicated,mutant=takes-old-epochs")
    expect([found["linearizability"], found[lost], found["replicas converge"]]).toEqual([
      "violated in 10",
      "violated in 20",
      "violated in 21"
    ])
  })
})
