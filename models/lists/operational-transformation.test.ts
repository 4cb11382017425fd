import { assert, describe, it } from "@effect/vitest"
import { Equal } from "effect"
import { applyEdit, type Edit, everyEdit, transformation } from "./operational-transformation.ts"

const transform = transformation("none")
const lists = [0, 1, 2, 3, 4].map((length) => ["1", "2", "3", "4"].slice(0, length))
const byMakers = (list: ReadonlyArray<string>) => ["a", "b", "c"].map((name, maker) => everyEdit(list, name, maker))

/** True if an edit transformed past two others is the same for both orders of them. */
const agreesInBothOrders = (edit: Edit, left: Edit, right: Edit): boolean =>
  Equal.equals(
    transform(transform(edit, left), transform(right, left)),
    transform(transform(edit, right), transform(left, right))
  )

/** A deletion, and insertions right before and right after its character, of which the latter has the lower priority. */
const meetAtDeletion = (edits: ReadonlyArray<Edit>): boolean =>
  edits.some(
    (deletion) =>
      deletion._tag === "Delete" &&
      edits.some(
        (before) =>
          before._tag === "Insert" &&
          before.at === deletion.at &&
          edits.some(
            (after) => after._tag === "Insert" && after.at === deletion.at + 1 && after.priority < before.priority
          )
      )
  )

describe("transformation of single characters", () => {
  it("two concurrent edits lead to the same list in both orders", () => {
    for (const list of lists) {
      const [first = [], second = []] = byMakers(list)
      for (const left of first) {
        for (const right of second) {
          assert.deepStrictEqual(
            applyEdit(applyEdit(list, left), transform(right, left)),
            applyEdit(applyEdit(list, right), transform(left, right))
          )
        }
      }
    }
  })

  it("an edit past two others depends on their order only where a deletion brings two insertions together", () => {
    for (const list of lists) {
      const [as = [], bs = [], cs = []] = byMakers(list)
      const triples = as.flatMap((a) =>
        bs.flatMap((b) =>
          cs.flatMap(
            (c) =>
              [
                [a, b, c],
                [b, a, c],
                [c, a, b]
              ] as const
          )
        )
      )
      const failing = triples.filter((triple) => !agreesInBothOrders(...triple))

      assert.deepStrictEqual(
        failing,
        triples.filter((triple) => triple[0]._tag === "Insert" && meetAtDeletion(triple))
      )

      // One deletion for each character, three pairs of makers for the two insertions, either of which is taken past.
      assert.strictEqual(failing.length, 6 * list.length)
    }
  })

  it("deletions of one character cancel out, and nothing is left of the second", () => {
    assert.deepStrictEqual(transform({ _tag: "Delete", at: 1 }, { _tag: "Delete", at: 1 }), { _tag: "Nothing" })
  })
})
