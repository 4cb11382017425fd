/**
 * The testers against their definitions, taken word for word and tried over all orders.
 *
 * Definitions: Bouajjani, Enea, Guerraoui, Hamza (POPL 2017), section 3; Herlihy and Wing 1990; Lamport 1979.
 */
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { callsFrom } from "../../test/histories.ts"
import { badPattern, type CausalStrength } from "./causality.ts"
import type { SessionCall } from "./History.ts"
import { isRegisterHistory } from "./register.ts"
import { inRealTime, inSessionOrder } from "./relations.ts"

const verdicts = (calls: ReadonlyArray<SessionCall>) =>
  (["CC", "CM", "CCv"] as const).map((strength) => badPattern(calls, strength) === undefined)

describe("the example histories of the paper (verdicts as c3py's history_test.py asserts them)", () => {
  test.each([
    ["a", ["w(x,1) r(x)=2", "w(x,2) r(x)=1"], [true, true, false]],
    ["b", ["w(z,1) w(x,1) w(y,1)", "w(x,2) r(z)=- r(y)=1 r(x)=2"], [true, false, true]],
    ["c", ["w(x,1)", "w(x,2) r(x)=1 r(x)=2"], [true, false, false]],
    ["d", ["w(x,1) r(y)=- w(y,1) r(x)=1", "w(x,2) r(y)=- w(y,2) r(x)=2"], [true, true, true]],
    ["e", ["w(x,1) w(y,1)", "r(y)=1 w(x,2)", "r(x)=2 r(x)=1"], [false, false, false]]
  ] as const)("%s: CC, CM, CCv", (_name, sessions, expected) => {
    // The paper names writes per key; a history here names them over all keys.
    const calls = callsFrom(...sessions).map((call) => ({
      ...call,
      writes: call.writes.map((value) => `${call.key}${value}`)
    }))
    expect(verdicts(calls)).toEqual(expected)
  })

  test("d is causal in every sense and yet not sequentially consistent", () => {
    const calls = callsFrom("w(x,1) r(y)=- w(y,1) r(x)=1", "w(x,2) r(y)=- w(y,2) r(x)=2")
    expect(isRegisterHistory(calls, inSessionOrder)).toBe(false)
  })
})

const permutations = <A>(list: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  list.length === 0
    ? [[]]
    : list.flatMap((head, index) => permutations(list.toSpliced(index, 1)).map((rest) => [head, ...rest]))

/** True if a sequence is legal for registers; reads outside `checked` may return any value. */
const legal = (sequence: ReadonlyArray<SessionCall>, checked: (call: SessionCall) => boolean): boolean => {
  const held = new Map<SessionCall["key"], string | number>()
  return sequence.every((call) => {
    if (call.kind === "write") return held.set(call.key, call.writes[0] ?? "") !== undefined
    return !checked(call) || held.get(call.key) === call.writes[0]
  })
}

type Order = ReadonlySet<string>
const pair = (left: SessionCall, right: SessionCall) => `${left.id} ${right.id}`

const respects = (sequence: ReadonlyArray<SessionCall>, order: Order): boolean =>
  sequence.every((left, i) => sequence.every((right, j) => !order.has(pair(left, right)) || i < j))

/** Every strict partial order over so many things, as which pairs of them it holds of. */
const strictOrders = (count: number): ReadonlyArray<(left: number, right: number) => boolean> => {
  const all = Array.from({ length: count }, (_, index) => index)
  const free = all.flatMap((left) => all.filter((right) => left !== right).map((right) => left * count + right))
  return Array.from({ length: 2 ** free.length }, (_, choice) => {
    const chosen = new Set(free.filter((_pair, bit) => ((choice >> bit) & 1) === 1))
    return (left: number, right: number) => chosen.has(left * count + right)
  }).filter((isBefore) =>
    all.every((a) =>
      all.every(
        (b) =>
          !(isBefore(a, b) && isBefore(b, a)) && all.every((c) => !isBefore(a, b) || !isBefore(b, c) || isBefore(a, c))
      )
    )
  )
}

/** Those over up to four things, found once: 1, 1, 3, 19, 219 (OEIS A001035). */
const ordersOf = [0, 1, 2, 3, 4].map(strictOrders)

/** Every strict partial order over the calls that contains po. */
const partialOrders = (calls: ReadonlyArray<SessionCall>): ReadonlyArray<Order> =>
  (ordersOf[calls.length] ?? [])
    .filter((isBefore) => calls.every((a, i) => calls.every((b, j) => !inSessionOrder(a, b) || isBefore(i, j))))
    .map((isBefore) => new Set(calls.flatMap((a, i) => calls.filter((_, j) => isBefore(i, j)).map((b) => pair(a, b)))))

test("there are 1, 1, 3, 19 and 219 strict partial orders over up to four things", () => {
  expect(ordersOf.map(({ length }) => length)).toEqual([1, 1, 3, 19, 219])
})

const past = (calls: ReadonlyArray<SessionCall>, co: Order, of: SessionCall) =>
  calls.filter((call) => call.id === of.id || co.has(pair(call, of)))

const byDefinition = (
  calls: ReadonlyArray<SessionCall>,
  orders: ReadonlyArray<Order>,
  strength: CausalStrength
): boolean => {
  const everyPast = (co: Order, legalPast: (of: SessionCall, before: ReadonlyArray<SessionCall>) => boolean) =>
    calls.every((of) => legalPast(of, past(calls, co, of)))
  const someOrder = (co: Order, of: SessionCall, before: ReadonlyArray<SessionCall>, inSession: boolean) =>
    permutations(before).some(
      (sequence) =>
        respects(sequence, co) &&
        legal(sequence, (call) => call.id === of.id || (inSession && inSessionOrder(call, of)))
    )
  return orders.some((co) => {
    if (strength === "CC") return everyPast(co, (of, before) => someOrder(co, of, before, false))
    if (strength === "CM") return everyPast(co, (of, before) => someOrder(co, of, before, true))
    return permutations(calls).some(
      (arbitration) =>
        respects(arbitration, co) &&
        everyPast(co, (of, before) =>
          legal(
            arbitration.filter((call) => before.includes(call)),
            (call) => call.id === of.id
          )
        )
    )
  })
}

/** Up to four calls of up to three sessions over two keys; the k-th write of a key is named after it. */
const histories = fc
  .array(
    fc.record({
      session: fc.nat(2),
      isWrite: fc.boolean(),
      key: fc.constantFrom("x", "y"),
      value: fc.nat(2)
    }),
    { minLength: 2, maxLength: 4 }
  )
  .map((drawn): ReadonlyArray<SessionCall> => {
    const count = new Map<string, number>()
    const next = (name: string) => count.set(name, (count.get(name) ?? -1) + 1).get(name) ?? 0
    return drawn.map(({ isWrite, key, session, value }) => {
      const place = next(`s${session}`)
      const written = isWrite ? [`${key}${next(key)}`] : value === 2 ? [] : [`${key}${value}`]
      const kind = isWrite ? ("write" as const) : ("read" as const)
      return {
        id: `s${session}.${place}`,
        session: `s${session}`,
        place,
        kind,
        key,
        writes: written,
        answered: true,
        after: []
      }
    })
  })

test("the bad patterns decide CC, CM and CCv as the definitions do, over all partial orders of 400 small histories", () => {
  let refuted = 0
  fc.assert(
    fc.property(histories, (calls) => {
      const orders = partialOrders(calls)
      for (const strength of ["CC", "CM", "CCv"] as const) {
        const expected = byDefinition(calls, orders, strength)
        expect([strength, badPattern(calls, strength) === undefined]).toEqual([strength, expected])
        if (!expected) refuted++
      }
    }),
    { numRuns: 400, seed: 7 }
  )
  expect(refuted).toBeGreaterThan(200)
})

/** Up to six calls with random intervals of real time; a call without an answer ends never. */
const timedHistories = fc
  .array(
    fc.record({ isWrite: fc.boolean(), value: fc.nat(3), start: fc.nat(8), length: fc.nat(4), answered: fc.boolean() }),
    { minLength: 2, maxLength: 6 }
  )
  .map((drawn): ReadonlyArray<SessionCall> => {
    let writes = 0
    const spans = drawn.map((each) => ({ ...each, write: each.isWrite ? `v${writes++}` : "" }))
    const over = (start: number) =>
      spans.flatMap(({ answered, isWrite, length, start: from }, index) =>
        (answered || !isWrite) && from + length < start ? [`s${index}.0`] : []
      )
    return spans.map(({ answered, isWrite, start, value, write }, index) => ({
      id: `s${index}.0`,
      session: `s${index}`,
      place: 0,
      key: "",
      kind: isWrite ? ("write" as const) : ("read" as const),
      writes: isWrite ? [write] : value === 3 ? [] : [`v${value}`],
      answered: answered || !isWrite,
      after: over(start)
    }))
  })

const linearizableByDefinition = (calls: ReadonlyArray<SessionCall>): boolean => {
  const optional = calls.filter(({ answered }) => !answered)
  const kept = Array.from({ length: 2 ** optional.length }, (_, choice) =>
    calls.filter((call) => call.answered || ((choice >> optional.indexOf(call)) & 1) === 1)
  )
  return kept.some((chosen) =>
    permutations(chosen).some(
      (sequence) =>
        legal(sequence, () => true) &&
        sequence.every((left, i) => sequence.every((right, j) => !inRealTime(left, right) || i < j))
    )
  )
}

test("linearizability agrees with all orders of 1,000 small histories, with and without answers", () => {
  let refuted = 0
  fc.assert(
    fc.property(timedHistories, (calls) => {
      const expected = linearizableByDefinition(calls)
      expect(isRegisterHistory(calls, inRealTime)).toBe(expected)
      if (!expected) refuted++
    }),
    { numRuns: 1000, seed: 11 }
  )
  expect(refuted).toBeGreaterThan(200)
})

test("sequential consistency agrees with all orders of 400 small histories", () => {
  fc.assert(
    fc.property(histories, (calls) => {
      const expected = permutations(calls).some(
        (sequence) =>
          legal(sequence, () => true) &&
          sequence.every((left, i) => sequence.every((right, j) => !inSessionOrder(left, right) || i < j))
      )
      expect(isRegisterHistory(calls, inSessionOrder)).toBe(expected)
    }),
    { numRuns: 400, seed: 13 }
  )
})
