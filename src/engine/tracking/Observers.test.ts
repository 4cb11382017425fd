import { expect, test } from "vitest"
import { refusalOf, refusalOfEndless } from "../../../test/programs.ts"
import type { Observation } from "../../model/index.ts"
import { Observer } from "../../property/index.ts"
import { ModelRefused } from "../execution/ModelRefused.ts"
import { Observers } from "./Observers.ts"

const applied = (write: number, node = 0): Observation => ({ kind: "applied", write, node, past: [] })

/** Adds up the writes that it sees. */
const sum = (folds: Array<unknown> = []) =>
  Observer.make("the sum", {
    initial: 0,
    observe: (total, seen) => {
      folds.push([total, seen.kind === "applied" ? seen.write : seen.kind])
      return seen.kind === "applied" ? total + Number(seen.write) : total
    }
  })

/** Keeps the nodes that it sees, in order. */
const nodes = () =>
  Observer.make("the nodes", {
    initial: [] as ReadonlyArray<number>,
    observe: (seen, { node }) => [...seen, node]
  })

test("observations have an id by their content and order, and none have 0", () => {
  const observers = new Observers("a system", [])
  const [both, turned] = [
    [applied(1), applied(2)],
    [applied(2), applied(1)]
  ]
  expect([[], both, turned, [applied(1), applied(2)], []].map((each) => observers.observationsId(each))).toEqual([
    0, 1, 2, 1, 0
  ])
  expect([0, 1, 2].map((id) => observers.observations(id))).toEqual([[], both, turned])
})

test("what an observer remembers is the fold of its own over the observations, from its initial value on", () => {
  const observers = new Observers("a system", [sum(), nodes()])
  const observationsId = observers.observationsId([applied(5, 1), applied(7, 2)])
  const after = [0, 1].map((index) => {
    const [initial, once] = [observers.initial(index), observers.next(index, observers.initial(index), observationsId)]
    const ids = [initial, once, observers.next(index, once, observationsId)]
    return ids.map((id) => observers.value(index, id))
  })
  expect(after).toEqual([
    [0, 12, 24],
    [[], [1, 2], [1, 2, 1, 2]]
  ])
  expect([observers.count, observers.name(0), observers.name(1)]).toEqual([2, "the sum", "the nodes"])
})

test("no observation changes what is remembered, and each pair of memory and observations is folded once", () => {
  const folds: Array<unknown> = []
  const observers = new Observers("a system", [sum(folds)])
  const initial = observers.initial(0)
  const [none, one, two] = [[], [applied(1)], [applied(2), applied(-2)]].map((each) => observers.observationsId(each))
  expect(observers.next(0, initial, none!)).toBe(initial)
  for (let time = 0; time < 3; time++) {
    expect(observers.value(0, observers.next(0, initial, one!))).toBe(1)
    expect(observers.next(0, initial, two!)).toBe(initial)
  }
  expect(folds).toEqual([
    [0, 1],
    [0, 2],
    [2, -2]
  ])
})

test("equal memories have one id, and different ones different hashes", () => {
  const observers = new Observers("a system", [nodes(), nodes()])
  const seen = (...at: ReadonlyArray<number>) => observers.observationsId(at.map((node) => applied(1, node)))
  const initial = observers.initial(0)
  const steps = observers.next(0, observers.next(0, initial, seen(1)), seen(2))
  expect(observers.next(0, initial, seen(1, 2))).toBe(steps)
  expect(observers.initial(0)).toBe(initial)
  const { high, low } = observers.hashes(0)
  expect(new Set([initial, steps].map((id) => `${low[id]} ${high[id]}`)).size).toBe(2)
  // The second observer has seen nothing yet, but its hashes are of its own values.
  expect(observers.hashes(1)).not.toBe(observers.hashes(0))
})

test("causal pasts and the order of time are needed if any observer needs them", () => {
  const plain = sum()
  const causal = Observer.make("causal", { initial: 0, observe: () => 0, causal: true })
  const timed = Observer.make("timed", { initial: 0, observe: () => 0, timed: true })
  const needs = (...observers: ReadonlyArray<Observer<number>>) => {
    const all = new Observers("a system", observers as ReadonlyArray<Observer<unknown>>)
    return [all.causal, all.timed]
  }
  expect(needs()).toEqual([false, false])
  expect(needs(plain)).toEqual([false, false])
  expect(needs(plain, causal)).toEqual([true, false])
  expect(needs(timed, plain)).toEqual([false, true])
})

test("an observer that throws, or does not return, is refused by name with the observation", () => {
  const observing = (act: () => number) => {
    const observers = new Observers("a system", [Observer.make("the broken", { initial: 0, observe: act })])
    return () => observers.next(0, observers.initial(0), observers.observationsId([applied(1)]))
  }
  const refusal = { system: "a system", where: 'observer "the broken"' }
  const input = '{"kind":"applied","node":0,"past":[],"write":1}'
  const boom = new RangeError("boom")
  const throwing = observing(() => {
    throw boom
  })
  const threw = new ModelRefused({ ...refusal, offence: "threw", detail: "RangeError: boom", input })
  threw.cause = boom
  expect(throwing).toThrow(threw)
  const endless = observing(() => {
    for (;;);
  })
  expect(refusalOfEndless(endless)).toEqual({ where: refusal.where, offence: "did not return", input })
  const classy = observing(() => new Date(0) as never)
  const detail = "an instance of Date at the top is not plain data"
  expect(classy).toThrow(
    new ModelRefused({ ...refusal, offence: "used a value that is not plain data", detail, input })
  )
})

test("a fold that differs when it is made again is refused with both results", () => {
  const counting = (step: number, runsTwice: boolean) => {
    let calls = 0
    const observe = (total: number): number => total + step * ++calls
    const observers = new Observers("a system", [Observer.make("the count", { initial: 0, observe })], runsTwice)
    const fold = () => observers.next(0, observers.initial(0), observers.observationsId([applied(1), applied(2)]))
    return { observers, fold, calls: () => calls }
  }
  const differs = (before: number, now: number) => ({
    system: "a system",
    where: 'observer "the count"',
    offence: "is not deterministic",
    detail: `It remembered ${before} first, and then ${now}.`,
    input: '{"kind":"applied","node":0,"past":[],"write":2}'
  })
  const later = counting(1, false)
  later.fold()
  expect(later.calls()).toBe(2)
  expect(refusalOf(() => later.observers.recheck())).toEqual(differs(3, 4))
  const steady = counting(0, false)
  steady.fold()
  steady.observers.recheck()
  expect(steady.calls()).toBe(4)
  const twice = counting(0, true)
  twice.fold()
  expect(twice.calls()).toBe(4)
  expect(refusalOf(counting(1, true).fold)).toMatchObject({ detail: "It remembered 1 first, and then 2." })
})
