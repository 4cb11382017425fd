/**
 * The data of the page: each piece once, however often it is used. The file browser.test.ts tests that the page expands
 * it exactly.
 */
import { expect, test } from "vitest"
import { summaries } from "../../../test/example-traces.ts"
import { HERE, html } from "./markup.ts"
import { Sharing } from "./sharing.ts"
import { traceBody } from "./trace-section.ts"

test("a piece that is used twice is kept once, and what is used most has the shortest number", () => {
  const sharing = new Sharing()
  const item = (text: string) => html`<li>${text}</li>`
  const places = [
    item("a"),
    html`<ul id="${HERE}">
      ${[item("b"), item("a"), item("a")]}
    </ul>`,
    item("a")
  ]
  expect(places.map((markup) => sharing.place(markup))).toEqual([0, 1, 2])
  // Item a is used four times, all else once: it is number 1.
  expect(sharing.shared).toEqual({
    templates: [
      ["<li>", "</li>"],
      ['<ul id="', '"> ', " </ul>"]
    ],
    pieces: ["", [0, 2], "a", "b", [0, 3], [-1, 4, 1, 1], [1, 0, 5]],
    places: [1, 6, 1]
  })
})

test("values that differ in one part share the others", () => {
  const sharing = new Sharing()
  const value = (count: number): string => `{state: {count: ${count}, written: [first, second]}, inbox: []}`
  for (const count of [1, 2, 3]) sharing.place(html`<dd>${value(count)}</dd>`)
  const texts = sharing.shared.pieces.filter((piece) => typeof piece === "string")
  expect(texts).toEqual([
    "",
    "written: [first, ",
    "second]}, ",
    "inbox: []}",
    "{state: {count: 1, ",
    "{state: {count: 2, ",
    "{state: {count: 3, "
  ])
})

test("the trace of another property that is the same run costs nothing but its place", () => {
  const sharing = new Sharing()
  sharing.place(traceBody(summaries["faulty"]!))
  const { length } = sharing.shared.pieces
  sharing.place(traceBody({ ...summaries["faulty"]!, property: "another property" }))
  expect([sharing.shared.pieces.length, sharing.shared.places.length]).toEqual([length, 2])
})
