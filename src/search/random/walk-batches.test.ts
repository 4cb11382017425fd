/**
 * Random walks in batches: what else runs between them, and that their sizes change nothing of what is found.
 */
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { type At, graphModel } from "../../../test/graph-model.ts"
import { Property } from "../../property/index.ts"
import { SearchClock } from "../Limits.ts"
import { simulate } from "./RandomWalks.ts"
import type { WalkOptions, WalkProgress } from "./Simulation.ts"

/** 0 → 1 → 2 → 3 → 0 without an end. */
const ring = graphModel({ go: [[1], [2], [3], [0]] }, 0)

const upTo = (most: number) => Property.invariant<At>(`at most ${most}`, { holds: ({ at }) => at <= most })

/** A clock that tells what it is given to tell. */
const withClock =
  (millis: () => number) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.provideService(effect, SearchClock, { nowMillis: millis })

describe("between batches of walks", () => {
  /** Walks by a clock that goes on by 10 ms whenever it is looked at. */
  const timed = async (options: Partial<WalkOptions>) => {
    const progress: Array<WalkProgress> = []
    let millis = 1000
    const onProgress = (each: WalkProgress) => {
      progress.push(each)
      options.onProgress?.(each)
    }
    const walks = simulate(ring, [upTo(3), upTo(4)], { walks: 6, seed: 1, maxSteps: 2, ...options, onProgress })
    return { found: await Effect.runPromise(walks.pipe(withClock(() => (millis += 10)))), progress }
  }

  // Looked at at the start, at both ends of a batch and to tell the time after it. 1, 2 and 3 walks for each property.
  test("progress is told", async () => {
    const { found, progress } = await timed({})
    const expected = [30, 60, 90, 120, 150, 180].map((elapsedMillis) => ({ distinct: 3, depth: 2, elapsedMillis }))
    expect(progress).toEqual(expected)
    expect([found.walks, found.interrupted]).toEqual([12, false])
  })

  test("a signal stops them, and what was walked before is told", async () => {
    const stop = new AbortController()
    let told = 0
    const onProgress = () => (++told === 2 ? stop.abort() : undefined)
    const { found } = await timed({ signal: stop.signal, onProgress })
    expect([found.walks, found.steps, found.interrupted]).toEqual([3, 6, true])
    expect(found.properties.map(({ path, verdict }) => [path, verdict])).toEqual([
      [null, { _tag: "inconclusive", why: "interrupted", checked: 9 }],
      [null, { _tag: "inconclusive", why: "interrupted", checked: 0 }]
    ])
  })

  test("a signal that came before the first leaves none to be taken", async () => {
    const { distinct, steps, walks } = await Effect.runPromise(
      simulate(ring, [upTo(0)], { walks: 5, seed: 1, signal: AbortSignal.abort() })
    )
    expect([walks, steps, distinct]).toEqual([0, 0, 0])
  })

  /** The sizes of the batches in which walks are taken that are said to take so long, by their number. */
  const batches = async (walks: number, millisOf: (walk: number) => number): Promise<ReadonlyArray<number>> => {
    const told = [0]
    let taken = 0
    let millis = 0
    // Looked at in each state, of which these walks have one.
    const signal = new Proxy(new AbortController().signal, {
      get: () => {
        millis += millisOf(++taken)
        return false
      }
    })
    const options = { walks, seed: 1, maxSteps: 0, signal, onProgress: () => void told.push(taken) }
    await Effect.runPromise(simulate(ring, [upTo(3)], options).pipe(withClock(() => millis)))
    return told.slice(1).map((until, index) => until - told[index]!)
  }

  test("there is time for something else after about 30 ms", async () => {
    // 8 walks of 2 ms are more than half of 30; from the 24th on they take 10 ms, from the 36th on 25.
    const slowing = (number: number) => (number > 35 ? 25 : number > 23 ? 10 : 2)
    expect(await batches(42, slowing)).toEqual([1, 2, 4, 8, 8, 8, 4, 4, 2, 1])
    expect(await batches(4, () => 100)).toEqual([1, 1, 1, 1])
    expect(await batches(4, () => 15)).toEqual([1, 2, 1])
  })

  test("a batch may take longer the more walks there were before, which fast-check has to get past", async () => {
    // A batch of 512 takes 15.4 ms: more than half of 30, but less than half of 30 + 0.004 · 1,023. One of 1,024 takes
    // 30.7 ms, and they are less than half of what it may take from 7,860 walks on: first after walk 8,191.
    const sizes = await batches(11_000, () => 0.03)
    expect(sizes).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1024, 1024, 1024, 1024, 1024, 1024, 2048, 761])
  })
})

test("a walk that decides is the one that fast-check takes by the seed and the path, whatever the batches are", async () => {
  const twenty = Array.from({ length: 20 }, (_, at) => at)
  const wide = graphModel({ go: [twenty] }, 0)
  const decided = async (millis: () => number) => {
    const walks = simulate(wide, [upTo(18)], { walks: 99, seed: 2 }).pipe(withClock(millis))
    const { properties, walks: taken } = await Effect.runPromise(walks)
    return [taken, properties[0]!.path]
  }
  let millis = 0
  const doubling = await decided(() => 0)
  expect(doubling).toEqual([61, "60"])
  expect(await decided(() => (millis += 1000))).toEqual(doubling)
})
