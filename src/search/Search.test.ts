/**
 * The visit loop on graphs that are written out, with checkers that note what they are asked.
 */
import { describe, expect, test } from "vitest"
import { numberOf, programOf, slotsOf, type StepOf } from "../../test/edges-program.ts"
import { chain, counts, ended, FAIL, faults, found, GO, parents, searchOf, tree } from "../../test/search-of-edges.ts"
import { type Checker, FALSE, type JudgedAt, type Program, TRUE } from "../engine/index.ts"
import type { Property } from "../property/index.ts"
import { Digest } from "./Digest.ts"

const digestOf = (program: Program, states: ReadonlyArray<number>): string => {
  const digest = new Digest(program.hashes)
  for (const state of states) digest.add(slotsOf(state))
  return digest.text
}

describe("a search to its end", () => {
  // 0 → 1, 5 → 2; back from 1 to 0; 5 → 5; 2 → 9 by a fault, where nothing goes on and something is left to happen.
  const steps: ReadonlyArray<StepOf> = [
    [0, 1, GO],
    [0, 5, GO],
    [1, 0, GO],
    [1, 2, GO],
    [5, 2, GO],
    [5, 5, GO],
    [2, 9, FAIL],
    [2, 7, GO]
  ]
  const program = programOf({ steps, isQuiescent: (state) => state === 7 })

  test("counts levels, transitions, new and unchanged states, and where nothing goes on", () => {
    const search = ended(program)
    expect(found(search)).toEqual([0, 1, 5, 2, 9, 7])
    expect(counts(search)).toEqual({
      levels: [1, 2, 1, 2],
      generated: 9,
      taken: [7, 1],
      fresh: [4, 1],
      unchanged: [1, 0],
      quiescent: 1,
      deadlocked: 1,
      stopReason: null
    })
    expect([search.depth, search.next]).toEqual([3, 6])
    expect(parents(search)).toEqual([-1, 0, 0, 1, 3, 3])
    expect(faults(search)).toEqual([0, 0, 0, 0, 1, 0])
    expect(search.digest).toBe(digestOf(program, [0, 1, 5, 2, 9, 7]))
    expect([search.isRestricted, search.bytes]).toEqual([false, search.store.bytes + 5 * 6])
  })

  test("has nothing in it that changes when it is cut into slices", () => {
    let clock = 0
    const sliced = searchOf(program, { now: () => clock++ })
    let slices = 0
    for (; !sliced.done; slices++) sliced.advance(clock + 1)
    const whole = ended(program)
    expect(slices).toBeGreaterThan(2)
    expect([counts(sliced), parents(sliced), faults(sliced), sliced.digest]).toEqual([
      counts(whole),
      parents(whole),
      faults(whole),
      whole.digest
    ])
  })

  test("lets something else run after sixteen states at the latest", () => {
    const moments = [0, 0, 0, 1]
    const wide = programOf({ steps: Array.from({ length: 100 }, (_, to): StepOf => [0, to + 1, GO]) })
    const search = searchOf(wide, { now: () => moments.shift() ?? 1 })
    search.advance(1)
    expect(search.next).toBe(1 + 16)
    moments.push(0, 0, 1)
    search.advance(1)
    expect(search.next).toBe(1 + 16 + 32)
  })

  test("takes several initial states, equal ones once", () => {
    const search = ended(programOf({ initial: [3, 6, 3], steps: [[6, 3, GO]] }))
    expect(found(search)).toEqual([3, 6])
    expect(counts(search)).toMatchObject({ levels: [2], generated: 4, taken: [1, 0], fresh: [0, 0], quiescent: 1 })
    expect(parents(search)).toEqual([-1, -1])
  })

  test("keeps no count of faults where there is none to count", () => {
    // 2 is found again in its own level, and 3 in the next one.
    const again: ReadonlyArray<StepOf> = [
      [0, 2, GO],
      [1, 3, GO]
    ]
    const search = ended(programOf({ steps: [...chain(3), ...again], actions: [{ name: "go", fault: false }] }))
    expect([search.faults, search.bytes]).toEqual([undefined, search.store.bytes + 4 * 4])
  })

  test("knows the parent of each of twenty thousand states, and the faults on the way", () => {
    const search = ended(programOf({ steps: tree(10_000) }))
    const all = Array.from({ length: 20_001 }, (_, node) => node)
    const parent = (node: number) => Math.floor((node - 1) / 2)
    const count = (node: number): number => (node === 0 ? 0 : count(parent(node)) + (node % 2))
    expect(found(search)).toEqual(all)
    expect(parents(search)).toEqual(all.map(parent))
    expect(faults(search)).toEqual(all.map(count))
    expect(search.levels).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 3618])
  })
})

describe("the fewest faults on a shortest way", () => {
  test("are kept when a state of the next level is found again with fewer", () => {
    const search = ended(
      programOf({
        steps: [
          [0, 1, FAIL],
          [0, 2, GO],
          [1, 3, GO],
          [2, 3, GO]
        ]
      })
    )
    expect([parents(search), faults(search)]).toEqual([
      [-1, 0, 0, 2],
      [0, 1, 0, 0]
    ])
  })

  test("are those of the first way among equals, and of no longer way", () => {
    const search = ended(
      programOf({
        steps: [
          [0, 1, FAIL],
          [0, 2, FAIL],
          [0, 3, GO],
          [1, 4, GO],
          [2, 4, GO],
          [3, 1, GO]
        ]
      })
    )
    expect([parents(search), faults(search)]).toEqual([
      [-1, 0, 0, 0, 1],
      [0, 1, 1, 0, 1]
    ])
  })

  test("are not more than those of another way", () => {
    const diamond: ReadonlyArray<StepOf> = [
      [0, 1, GO],
      [0, 2, GO],
      [1, 3, GO],
      [2, 3, FAIL]
    ]
    const search = ended(programOf({ steps: diamond }))
    expect([parents(search), faults(search)]).toEqual([
      [-1, 0, 0, 1],
      [0, 0, 0, 0]
    ])
  })

  test("count the step that leads there, also more of them than a byte holds", () => {
    const search = ended(programOf({ steps: [...chain(300, FAIL), [0, 1, GO]] }))
    expect(faults(search)).toEqual([0, 0, ...Array.from({ length: 299 }, (_, step) => step + 1)])
  })
})

describe("a property", () => {
  const program = programOf({
    steps: [
      [0, 1, GO],
      [0, 2, FAIL],
      [1, 2, GO],
      [2, 2, GO],
      [2, 3, GO],
      [1, 4, GO]
    ],
    isQuiescent: (state) => state > 2
  })

  /** A checker that notes the frames it is asked about, and says what it is told to say of them. */
  const noting = (judgedAt: JudgedAt, says: (frame: ReadonlyArray<number>) => number = () => TRUE) => {
    const asked: Array<ReadonlyArray<number>> = []
    const seen = (frame: Int32Array): ReadonlyArray<number> => {
      const [before = 0, after = 0] = [frame.subarray(0, 2), frame.subarray(2, 4)].map(numberOf)
      return judgedAt === "step" ? [before, after, ...frame.subarray(4)] : [before]
    }
    const checker: Checker = {
      property: { kind: "invariant", name: "noted" } as Property<unknown>,
      judgedAt,
      applies: () => true,
      recheck: () => {},
      evaluate: (frame) => {
        asked.push(seen(frame))
        return says(seen(frame))
      },
      thrown: () => undefined
    }
    return { asked, checker }
  }

  test("of states is asked once of each state, when it is found", () => {
    const { asked, checker } = noting("state")
    const search = ended(program, { checkers: [checker] })
    expect([asked, search.discoveries[0]?.checked]).toEqual([[[0], [1], [2], [4], [3]], 5])
  })

  test("of steps is asked of each step: both states, action, observations, and the node counted from 1", () => {
    const { asked, checker } = noting("step")
    ended(program, { checkers: [checker] })
    expect(asked).toEqual([
      [0, 1, GO, 0, 0],
      [0, 2, FAIL, 1, 1],
      [1, 2, GO, 2, 0],
      [1, 4, GO, 5, 0],
      [2, 2, GO, 3, 0],
      [2, 3, GO, 4, 0]
    ])
  })

  test("at quiescence is asked of the quiescent states, also of those at a limit of depth", () => {
    const { asked, checker } = noting("quiescence")
    ended(program, { checkers: [checker] })
    expect(asked).toEqual([[4], [3]])
    const cut = noting("quiescence")
    const steps: ReadonlyArray<StepOf> = [
      [0, 1, GO],
      [0, 2, GO],
      [2, 3, GO]
    ]
    const search = ended(programOf({ steps }), { checkers: [cut.checker], limits: { depth: 1 } })
    expect([search.stopReason, search.quiescent, search.deadlocked, cut.asked]).toEqual(["depth limit", 1, 0, [[1]]])
  })

  test("of runs is not asked at all", () => {
    const { asked, checker } = noting("run")
    ended(program, { checkers: [checker] })
    expect(asked).toEqual([])
  })

  test("is asked until the level that decides it is finished, and decided where fewest faults lead", () => {
    const { asked, checker } = noting("state", ([state]) => (state === 0 ? TRUE : FALSE))
    const search = ended(program, { checkers: [checker] })
    expect([asked, search.discoveries[0]?.place]).toEqual([[[0], [1], [2]], { state: 1, ordinal: -1 }])
    const step = noting("step", ([before]) => (before === 0 ? FALSE : TRUE))
    const steps = ended(program, { checkers: [step.checker] })
    expect([step.asked.length, steps.discoveries[0]?.place]).toEqual([2, { state: 0, ordinal: 0 }])
    const faulty = noting("step", ([, after]) => (after === 2 ? FALSE : TRUE))
    const found = ended(
      programOf({
        steps: [
          [0, 2, FAIL],
          [0, 2, GO]
        ]
      }),
      { checkers: [faulty.checker] }
    )
    expect(found.discoveries[0]?.place).toEqual({ state: 0, ordinal: 1 })
    const rest = noting("quiescence", () => FALSE)
    const resting = ended(program, { checkers: [rest.checker] })
    expect([rest.asked, resting.discoveries[0]?.place]).toEqual([[[4], [3]], { state: 3, ordinal: -1 }])
    const late = noting("quiescence", () => FALSE)
    ended(
      programOf({
        steps: [
          [0, 1, GO],
          [0, 2, GO],
          [2, 3, GO]
        ]
      }),
      { checkers: [late.checker] }
    )
    expect(late.asked).toEqual([[1]])
  })

  test("that an initial state decides is decided before anything is expanded, once", () => {
    const { asked, checker } = noting("state", () => FALSE)
    const search = searchOf(programOf({ initial: [3, 3, 0], steps: chain(2) }), { checkers: [checker] })
    expect([search.discoveries[0]?.decided, search.discoveries[0]?.place, search.next]).toEqual([
      true,
      { state: 0, ordinal: -1 },
      0
    ])
    search.advance(1)
    expect(asked).toEqual([[3], [0]])
  })

  test("that a limit cuts off in its level is decided by what the level has shown", () => {
    const { checker } = noting("state", ([state]) => (state === 2 ? FALSE : TRUE))
    const steps: ReadonlyArray<StepOf> = [
      [0, 1, GO],
      [1, 2, GO],
      [0, 3, GO],
      [3, 4, GO]
    ]
    const search = ended(programOf({ steps }), { checkers: [checker], limits: { states: 4 } })
    expect([search.stopReason, search.discoveries[0]?.decided]).toEqual(["state limit", true])
  })

  test("may end a search once all are decided, where nobody needs the rest", () => {
    const first = noting("state", ([state]) => (state === 1 ? FALSE : TRUE))
    const second = noting("state", ([state]) => (state === 3 ? FALSE : TRUE))
    const checkers = [first.checker, second.checker]
    const steps = programOf({ steps: chain(9) })
    expect(ended(steps, { checkers, stopWhenDecided: true })).toMatchObject({ stopReason: "interrupted", next: 3 })
    expect(ended(steps, { checkers }).stopReason).toBe(null)
  })

  test("ends a search by its violation, and not before", () => {
    const { checker } = noting("state", ([state]) => (state === 2 ? FALSE : TRUE))
    const given = { checkers: [checker], stopsAtViolation: () => true }
    const search = ended(programOf({ steps: chain(9) }), given)
    expect([search.stopReason, search.depth]).toEqual(["violation", 2])
  })
})

test("of equally short ways the one with the fewest faults is kept, also behind more faults than a byte holds", () => {
  // 300 faults in a row; then two ways to the last state, the first found of them by two faults more.
  const steps: ReadonlyArray<StepOf> = [
    ...chain(300, FAIL),
    [300, 301, FAIL],
    [300, 302, GO],
    [301, 303, FAIL],
    [302, 303, GO],
    ...Array.from({ length: 20_000 }, (_, place): StepOf => [303, 304 + place, GO])
  ]
  const search = ended(programOf({ steps }))
  const at = (state: number) => found(search).indexOf(state)
  expect([255, 256, 300, 301, 302, 303, 20_303].map((state) => faults(search)?.[at(state)])).toEqual([
    255, 256, 300, 301, 300, 300, 300
  ])
  expect(search.parents[at(303)]).toBe(at(302))
  expect(search.bytes).toBe(search.store.bytes + 8 * search.store.count)
})
