import fc from "fast-check"
import { expect, test } from "vitest"
import { PairMemo, PairTable } from "./PairTable.ts"
import { StateStore } from "./StateStore.ts"

test("a pair table gives each different pair the next id, and the pair back", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 2000 }), (pairs) => {
      const table = new PairTable()
      const known = new Map<string, number>()
      for (const [left, right] of pairs) {
        const key = `${left},${right}`
        expect(table.find(left, right)).toBe(known.get(key) ?? -1)
        if (!known.has(key)) known.set(key, known.size)
        expect(table.put(left, right)).toBe(known.get(key))
      }
      expect(table.count).toBe(known.size)
      for (const [key, id] of known) expect(`${table.pairs[2 * id]},${table.pairs[2 * id + 1]}`).toBe(key)
    })
  )
})

test("a memo remembers what it was told and nothing else", () => {
  const memo = new PairMemo()
  for (let at = 0; at < 1000; at++) memo.set(at % 10, at, 2 * at)
  for (let at = 0; at < 1000; at++) expect([memo.get(at % 10, at), memo.get((at % 10) + 1, at)]).toEqual([2 * at, -1])
})

const run = fc.integer({ min: 2, max: 70 }).chain((slots) => {
  const edit = fc.tuple(fc.nat(slots - 1), fc.nat(3))
  return fc.tuple(
    fc.constant(slots),
    fc.array(fc.array(edit, { maxLength: 5 }), { maxLength: 40 }),
    fc.infiniteStream(fc.nat())
  )
})

test("states of 2 to 70 slots are equal exactly when their vectors are, however they were reached", () => {
  fc.assert(
    fc.property(run, ([slots, steps, picks]) => {
      const store = new StateStore(slots)
      const start = new Int32Array(slots)
      const known = new Map([[start.join(), store.insert(start)]])
      const vectors = [start]
      for (const edits of steps) {
        const from = picks.next().value % vectors.length
        store.unpack(from)
        expect(store.current.slice(0, slots)).toEqual(vectors[from])
        const next = vectors[from]!.slice()
        const last = new Map(edits)
        for (const [slot, value] of last) {
          store.set(slot, value)
          next[slot] = value
        }
        store.stage()
        const [one] = last
        if (one !== undefined) store.stageOne(one[0], one[1])
        const before = store.count
        const id = store.resolve(0)
        expect(id).toBe(known.get(next.join()) ?? before)
        if (id === before) {
          known.set(next.join(), id)
          vectors.push(next)
        }
        if (one === undefined) continue
        const single = vectors[from]!.with(one[0], one[1])
        const count = store.count
        const other = store.resolve(1)
        expect(other).toBe(known.get(single.join()) ?? count)
        if (other === count) {
          known.set(single.join(), other)
          vectors.push(single)
        }
      }
      expect(store.count).toBe(known.size)
    })
  )
})
