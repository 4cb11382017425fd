import fc from "fast-check"
import { expect, test } from "vitest"
import { StateStore } from "./StateStore.ts"

const run = fc.integer({ min: 2, max: 70 }).chain((slots) => {
  const edits = fc.array(fc.tuple(fc.nat(slots - 1), fc.nat(3)), { maxLength: 4 })
  return fc.record({
    slots: fc.constant(slots),
    steps: fc.array(fc.array(edits, { maxLength: 4 }), { maxLength: 20 }),
    picks: fc.infiniteStream(fc.nat())
  })
})

test("states of 2 to 70 slots are equal exactly when their vectors are, however they were reached", () => {
  fc.assert(
    fc.property(run, ({ picks, slots, steps }) => {
      const store = new StateStore(slots)
      const start = new Int32Array(slots)
      const vectors = [start]
      const known = new Map([[start.join(), store.insert(start)]])
      const isStoredAs = (id: number, vector: Int32Array<ArrayBuffer>) => {
        expect(id).toBe(known.get(vector.join()) ?? vectors.length)
        if (id === vectors.length) vectors.push(vector)
        known.set(vector.join(), id)
      }
      for (const successors of steps) {
        const from = picks.next().value % vectors.length
        store.unpack(from)
        expect(store.current.slice(0, slots)).toEqual(vectors[from])
        const staged: Array<Int32Array<ArrayBuffer>> = []
        for (const edits of successors) {
          const next = vectors[from]!.slice()
          for (const [slot, value] of new Map(edits)) {
            store.set(slot, value)
            next[slot] = value
            // In between, as far as this one slot is concerned.
            store.stageOne(slot, value)
            staged.push(vectors[from]!.with(slot, value))
          }
          store.stage()
          staged.push(next)
        }
        for (const [index, next] of staged.entries()) isStoredAs(store.resolve(index), next)
      }
      expect(store.count).toBe(known.size)
      for (const [id, vector] of vectors.entries())
        expect([store.has(vector), store.insert(vector)]).toEqual([true, id])
    })
  )
})

/** A store with the given vectors in it. */
const filled = (slots: number, vectors: ReadonlyArray<ReadonlyArray<number>>) => {
  const store = new StateStore(slots)
  for (const vector of vectors) store.insert(Int32Array.from(vector))
  return store
}

test("asking whether a state is stored stores nothing", () => {
  const store = filled(4, [
    [1, 2, 3, 4],
    [5, 6, 7, 8]
  ])
  const has = (...vector: ReadonlyArray<number>) => store.has(Int32Array.from(vector))
  expect([has(1, 2, 3, 4), has(5, 6, 7, 8)]).toEqual([true, true])
  // Halves that are known, though not together; and halves that are not known.
  expect([has(1, 2, 7, 8), has(1, 2, 3, 5), has(2, 2, 3, 4)]).toEqual([false, false, false])
  expect([store.count, store.insert(Int32Array.of(1, 2, 7, 8))]).toEqual([2, 2])
})

test("setting a slot to what it holds is no change, and the successor is then the state itself", () => {
  const store = filled(3, [
    [1, 2, 3],
    [1, 2, 4]
  ])
  store.unpack(1)
  store.set(0, 1)
  store.stage()
  store.stageOne(2, 4)
  store.set(2, 9)
  store.set(2, 4)
  store.stage()
  expect([store.resolve(0), store.resolve(1), store.resolve(2), store.count]).toEqual([1, 1, 1, 2])
})

test("more successors than there was room for, of one state, are all found again", () => {
  for (const slots of [2, 3]) {
    const store = filled(slots, [Array.from({ length: slots }, () => 0)])
    store.unpack(0)
    for (let value = 0; value < 300; value++) {
      store.stageOne(0, value)
      store.set(1, value)
      store.stage()
      store.stageOne(1, 0)
    }
    const ids = Array.from({ length: 900 }, (_, index) => store.resolve(index))
    expect(store.count).toBe(599)
    for (let value = 1; value < 300; value++) {
      expect(ids.slice(3 * value, 3 * value + 3)).toEqual([2 * value - 1, 2 * value, 0])
    }
    store.unpack(ids[3 * 7 + 1]!)
    expect(Array.from(store.current.subarray(0, slots))).toEqual([0, 7, 0].slice(0, slots))
  }
})

test("a state is found again that was staged as number 170, where the room for staged successors ends", () => {
  // Three integers are kept of each: the room of 256 is doubled once, and 3 · 170 + 2 is the first place past 512.
  const store = filled(2, [[0, 0]])
  store.unpack(0)
  for (let value = 1; value <= 200; value++) store.stageOne(0, value)
  for (let index = 0; index < 200; index++) expect(store.resolve(index)).toBe(index + 1)
  for (let value = 1; value <= 200; value++) expect(store.insert(Int32Array.of(value, 0))).toBe(value)
})

test("three hundred steps that change nothing lead to the state itself", () => {
  const store = filled(2, [[7, 7]])
  store.unpack(0)
  for (let step = 0; step < 300; step++) store.stage()
  for (let index = 0; index < 300; index++) expect(store.resolve(index)).toBe(0)
})

test("bytes are those of all tables: 8 a pair, and an index that starts at 2 · 2¹⁴ places for states, 128 for pairs", () => {
  const store = filled(3, [
    [1, 2, 3],
    [1, 2, 4],
    [1, 5, 4]
  ])
  // Three states, and above them two pairs: slots 1 and 2, or with three slots the larger half.
  const pairs = new Set(["2,3", "2,4", "5,4"]).size
  expect(store.bytes).toBe(8 * 3 + 4 * 32_768 + 8 * pairs + 4 * 128)
  // ⌊32,768 · 0.72⌋ states fill the table of states.
  expect([store.capacity, store.growthBytes(1)]).toEqual([23_592, 0])
  // Four times the places: ⌊131,072 · 0.72⌋ = 94,371.
  expect(store.growthBytes(23_592)).toBe(4 * 131_072 + 8 * 94_371)
})

test("a vector of one slot is refused, and of two is stored", () => {
  expect(() => new StateStore(1)).toThrow("a state vector of 1 slots; it takes at least 2")
  expect(filled(2, [[1, 2]]).count).toBe(1)
})
