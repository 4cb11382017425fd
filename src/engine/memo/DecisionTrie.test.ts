import fc from "fast-check"
import { expect, test } from "vitest"
import { CHOICE, DecisionTrie, LEAF, UNKNOWN } from "./DecisionTrie.ts"

test("a trie gives back the node behind every edge it was told, and 0 for every other", () => {
  // Small values are found by index, from 4096 on by hash; both are drawn, and the values beside them.
  const value = fc.oneof(fc.nat(9), fc.nat(200), fc.integer({ min: 4090, max: 4100 }), fc.nat(1_000_000))
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(30), value), { maxLength: 400 }), (edges) => {
      const trie = new DecisionTrie()
      const nodes = [trie.node()]
      const known = new Map<string, number>()
      for (const [pick, over] of edges) {
        const node = nodes[pick % nodes.length]!
        const key = `${node},${over}`
        expect(trie.child(node, over)).toBe(known.get(key) ?? 0)
        const made = trie.extend(node, over)
        expect(made).toBe(known.get(key) ?? 4 * (nodes.length + 1))
        if (!known.has(key)) nodes.push(made)
        known.set(key, made)
        trie.settle(made, pick, over)
      }
      for (const [key, node] of known) {
        const [from, over] = key.split(",").map(Number) as [number, number]
        expect([trie.child(from, over), trie.result(node)]).toEqual([node, over])
        expect(trie.child(from, over + 1)).toBe(known.get(`${from},${over + 1}`) ?? 0)
      }
      expect(trie.count).toBe(nodes.length + 1)
    })
  )
})

test("a node is unknown until it is said to read a position, to be a leaf or to be a choice", () => {
  const trie = new DecisionTrie()
  const [reads, leaf, choice] = [trie.node(), trie.node(), trie.node()]
  expect([trie.position(reads), trie.position(leaf), trie.position(choice)]).toEqual([UNKNOWN, UNKNOWN, UNKNOWN])
  trie.settle(reads, 7, 0)
  trie.settle(leaf, LEAF, 12)
  trie.settle(choice, CHOICE, 3)
  expect([reads, leaf, choice].map((node) => [trie.position(node), trie.result(node)])).toEqual([
    [7, 0],
    [LEAF, 12],
    [CHOICE, 3]
  ])
  // A position is a slot from 0 on, so the marks are told apart from all of them and from each other.
  expect([UNKNOWN, LEAF, CHOICE]).toEqual([-1, -2, -3])
})

test("a node that is new after the arrays have grown is unknown too, and has no edges", () => {
  const trie = new DecisionTrie()
  for (let at = 0; at < 1000; at++) {
    const node = trie.node()
    expect([trie.position(node), trie.result(node), trie.child(node, 0)]).toEqual([UNKNOWN, 0, 0])
  }
  expect(trie.count).toBe(1001)
})

test("edges take as much room as the next power of two above the largest small value, at least 4", () => {
  const trie = new DecisionTrie()
  const room = (node: number) => trie.nodes[node + 3]
  const [narrow, wide, hashed] = [trie.node(), trie.node(), trie.node()]
  trie.extend(narrow, 0)
  expect(room(narrow)).toBe(4)
  trie.extend(narrow, 3)
  expect(room(narrow)).toBe(4)
  trie.extend(narrow, 4)
  expect(room(narrow)).toBe(8)
  trie.extend(wide, 4095)
  expect([room(wide), trie.edges.length]).toEqual([4096, 8192])
  trie.extend(hashed, 4096)
  expect(room(hashed)).toBe(0)
})
