/**
 * Specifications of the TLA+ Examples: their counts, and what each mutant breaks. TLC counts a successor once for each
 * way in which an action's formula is true; where that differs from once per step, the difference is counted here.
 */
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { acknowledgedAfterReceived, receivedOnce, valueRepeated } from "plait/properties/alternating-bit"
import { everyoneDecided, noSplitDecision } from "plait/properties/atomic-commit"
import { detectedIsTerminated, probeInvariant, terminationDetected } from "plait/properties/termination-detection"
import type { Property, System } from "plait"
import { explore } from "../../test/explore-given.ts"
import { reachable, reachableClasses } from "../../test/reachable.ts"
import { alternatingBitModel } from "./alternating-bit.ts"
import { ewd840Model } from "./ewd840.ts"
import { transactionCommitModel } from "./transaction-commit.ts"
import { twoPhaseCommit } from "./two-phase-commit.ts"

type ViewOf<S> = S extends System<infer View> ? View : never

const check = <View>(system: System<View>, properties: ReadonlyArray<Property<View>> = []) =>
  Effect.runPromise(explore(system, properties, { checkDeterminism: true }))

const verdicts = async <View>(system: System<View>, properties: ReadonlyArray<Property<View>>) =>
  (await check(system, properties)).properties.map(({ verdict }) =>
    "evidence" in verdict ? `${verdict._tag} in ${verdict.evidence.steps.length}` : verdict._tag
  )

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, each) => total + each, 0)

const count = (...conditions: ReadonlyArray<boolean>): number => conditions.filter((each) => each).length

describe("transaction commit", () => {
  const commit = (mutant: "none" | "commits-alone" | "aborts-late") => transactionCommitModel.system({ n: 3, mutant })
  const properties = [noSplitDecision, everyoneDecided]

  test("has the 34 states, 94 generated, of TCommit.tla with three resource managers", async () => {
    // Manifest of the TLA+ Examples, which counts the initial state as depth 1.
    const { depth, distinct, generated } = await check(commit("none"))
    expect([distinct, generated, depth]).toEqual([34, 94, 6])
  })

  test("is consistent, and all can commit: prepared in 3 steps, committed in 3", async () => {
    expect(await verdicts(commit("none"), properties)).toEqual(["holds", "reached in 6"])
  })

  test("a resource manager that does not look at the others splits the decision", async () => {
    // One prepares and commits, another aborts; or all prepare, one commits, another aborts.
    expect(await verdicts(commit("commits-alone"), properties)).toEqual(["violated in 3", "reached in 6"])
    expect(await verdicts(commit("aborts-late"), properties)).toEqual(["violated in 5", "reached in 6"])
  })
})

describe("two-phase commit up to renaming of the resource managers", () => {
  /** One name for all states that differ only in which resource manager is which. */
  const renamed = ({ manager, messages, prepared, resource }: ViewOf<ReturnType<typeof twoPhaseCommit>>) => {
    const each = resource.map((state, r) => `${state} ${prepared.has(r)} ${messages.has(`prepared ${r}`)}`)
    return [manager, messages.has("commit"), messages.has("abort"), ...each.sort()].join("; ")
  }

  // TLC with SYMMETRY Permutations(RM).
  test.each([
    [3, 80],
    [5, 314],
    [6, 553],
    [7, 920]
  ])("%i of them have %i classes of states", (n, classes) => {
    expect(reachableClasses(twoPhaseCommit(n, false), renamed).size).toBe(classes)
  })

  test("searching on from one state of each class misses none", () => {
    const system = twoPhaseCommit(5, false)
    expect(reachableClasses(system, renamed)).toEqual(new Set(reachable(system, renamed)))
  })
})

describe("alternating bit", () => {
  const system = (mutant: "none" | "believes-any-acknowledgement" | "overtaking") =>
    alternatingBitModel.system({ room: 2, values: 2, mutant })
  const properties = [receivedOnce, acknowledgedAfterReceived, valueRepeated]

  test("has the 240 states and, with sends into a full channel, the 1,392 generated of MCAlternatingBit.cfg", async () => {
    // Manifest of the TLA+ Examples, which counts the initial state as depth 1. TLC generates the successors that its
    // constraint then excludes: a new value (2) or the old one (1) into a full channel, an acknowledgement into another.
    const { depth, distinct, generated, initial } = await check(system("none"))
    expect([initial, distinct, depth]).toEqual([8, 240, 9])
    const excluded = reachable(system("none"), ({ acknowledgements, bits, messages }) => {
      const sends = bits.acknowledged === bits.sender ? 2 : 1
      return (messages.length === 2 ? sends : 0) + count(acknowledgements.length === 2)
    })
    expect(generated + sum(excluded)).toBe(1392)
  })

  test("each value is received once, before the sender goes on", async () => {
    expect(await verdicts(system("none"), properties)).toEqual(["holds", "holds", "reached in 2"])
  })

  test("a sender that believes any acknowledgement goes on too early, and then a value is missed", async () => {
    // Sends, receives the old bit, accepts it: 3. Sends the next, and the first arrives: 5.
    const found = await verdicts(system("believes-any-acknowledgement"), properties)
    expect(found).toEqual(["violated in 5", "violated in 3", "reached in 2"])
  })

  test("over channels in which messages overtake each other one bit is not enough", async () => {
    // An acknowledgement from before the value arrives after the one of the value: 6. A repeated message arrives after
    // the next value: 8.
    expect(await verdicts(system("overtaking"), properties)).toEqual(["violated in 8", "violated in 6", "reached in 2"])
  })
})

describe("EWD 840", () => {
  const ring = (mutant: "none" | "stays-white" | "launders", n = 3) => ewd840Model.system({ n, mutant })
  const properties = [detectedIsTerminated, probeInvariant, terminationDetected]

  test("has the 302 states and, with each reason to move the token counted, the 2,001 generated of EWD840.cfg", async () => {
    // Manifest of the TLA+ Examples. TLC generates a move of the token once per true disjunct of its guard: black
    // token or black node, and for nodes other than 0 passive node.
    const { distinct, generated, initial } = await check(ring("none"))
    // All activities and colours of three nodes, the token anywhere: 8 · 8 · 3.
    expect([initial, distinct]).toEqual([192, 302])
    const repeated = reachable(ring("none"), ({ active, colour, tokenAt, tokenColour }) => {
      const passive = tokenAt !== 0 && active[tokenAt] === false
      const reasons = count(tokenColour === "black", colour[tokenAt] === "black", passive)
      return Math.max(0, reasons - 1)
    })
    expect(generated + sum(repeated)).toBe(2001)
  })

  test("detects termination only where it is", async () => {
    // The probe goes once round the ring: one step per node.
    expect(await verdicts(ring("none"), properties)).toEqual(["holds", "holds", "reached in 3"])
    expect(await verdicts(ring("none", 4), properties)).toEqual(["holds", "holds", "reached in 4"])
  })

  test("a node that stays white when it wakes one behind the token hides it", async () => {
    // Probe, 2 passes, 1 wakes 2: the invariant is gone; 1 becomes passive and passes: detected with 2 active.
    expect(await verdicts(ring("stays-white"), properties)).toEqual(["violated in 5", "violated in 3", "reached in 3"])
  })

  test("a black node that does not stain the token hides what it woke", async () => {
    // An active black node 2 passes a white token: 2 steps; node 1 passes it on: 3.
    expect(await verdicts(ring("launders"), properties)).toEqual(["violated in 3", "violated in 2", "reached in 3"])
  })
})
