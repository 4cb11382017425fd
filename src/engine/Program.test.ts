import { expect, test } from "vitest"
import { Successors } from "./Program.ts"

const inUse = ({ count, data, length }: Successors) => [count, [...data.subarray(0, length)]]

test("an entry is its action, observations, node and number of edits, then a slot and its value for each edit", () => {
  const out = new Successors()
  expect(inUse(out)).toEqual([0, []])
  out.begin(7, 8, -1)
  out.begin(9, 0, 2)
  out.edit(3, 30)
  out.edit(4, 40)
  out.begin(10, 1, 0)
  out.edit(5, 50)
  expect(inUse(out)).toEqual([3, [7, 8, -1, 0, 9, 0, 2, 2, 3, 30, 4, 40, 10, 1, 0, 1, 5, 50]])
})

test("the head of an entry is found behind the edits of those before it, its node counted from 1 and none 0", () => {
  const out = new Successors()
  out.begin(7, 8, -1)
  out.begin(9, 0, 2)
  out.edit(3, 30)
  out.edit(4, 40)
  out.begin(10, 1, 0)
  expect([0, 1, 2].map((ordinal) => out.head(ordinal))).toEqual([
    [7, 8, 0],
    [9, 0, 3],
    [10, 1, 1]
  ])
})

test("what was cleared is forgotten, and its room is used again", () => {
  const out = new Successors()
  const { data } = out
  out.begin(7, 8, -1)
  out.edit(3, 30)
  out.clear()
  expect(inUse(out)).toEqual([0, []])
  out.begin(9, 0, 2)
  out.edit(4, 40)
  expect(inUse(out)).toEqual([1, [9, 0, 2, 1, 4, 40]])
  expect(out.data).toBe(data)
})

test("the room grows when it is full and not before, and what was written stays", () => {
  // 1,024 integers: 255 entries of 4, and two edits of 2 in the last of them.
  const out = new Successors()
  for (let action = 0; action < 255; action++) out.begin(action, 0, 0)
  out.edit(1, 10)
  out.edit(2, 20)
  expect([out.length, out.data.length]).toEqual([1024, 1024])
  out.edit(3, 30)
  expect([out.length, out.data.length]).toEqual([1026, 2048])
  expect(out.head(254)).toEqual([254, 0, 1])
  expect([...out.data.subarray(1016, 1026)]).toEqual([254, 0, 0, 3, 1, 10, 2, 20, 3, 30])

  const heads = new Successors()
  for (let action = 0; action < 257; action++) heads.begin(action, 0, 0)
  expect([heads.length, heads.data.length]).toEqual([1028, 2048])
  expect([heads.head(255), heads.head(256)]).toEqual([
    [255, 0, 1],
    [256, 0, 1]
  ])
})

test("room that is reserved is there, behind what is in use", () => {
  const out = new Successors()
  out.begin(7, 0, 0)
  expect(out.reserve(1020)).toHaveLength(1024)
  const data = out.reserve(5000)
  expect(data).toBe(out.data)
  expect(data.length >= 5004).toBe(true)
  expect(inUse(out)).toEqual([1, [7, 0, 0, 0]])
})

test("a state is stayed at where every edit sets what is there, or what counts as the same, but for ignored actions", () => {
  const out = new Successors()
  const state = Int32Array.of(5, 6)
  out.begin(7, 0, 0)
  out.edit(0, 5)
  out.edit(1, 6)
  expect(out.staysAt(state)).toBe(true)
  out.begin(8, 0, 0)
  out.edit(0, 5)
  out.edit(1, 60)
  const isSame = (before: number, after: number, slot: number) =>
    after === before || (slot === 1 && after === 10 * before)
  const isEight = (action: number) => action === 8
  expect([out.staysAt(state), out.staysAt(state, isEight), out.staysAt(state, undefined, isSame)]).toEqual([
    false,
    true,
    true
  ])
  out.begin(8, 0, 0)
  out.edit(0, 50)
  expect([out.staysAt(state, isEight), out.staysAt(state, undefined, isSame)]).toEqual([true, false])
})

test("what is left of earlier successors leads nowhere", () => {
  const out = new Successors()
  out.begin(7, 0, 0)
  out.edit(0, 50)
  out.clear()
  expect(out.staysAt(Int32Array.of(5, 6))).toBe(true)
})
