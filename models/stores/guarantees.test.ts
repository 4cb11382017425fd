import { expect, test } from "vitest"
import { cellsOf } from "../../src/suite/Suite.ts"
import { guarantees, parts } from "./guarantees.ts"
import { catalogue } from "../../test/catalogue.ts"

const placed = cellsOf(catalogue, false).flatMap(({ entry, id, values }) => {
  const place = entry.place(values)
  return place === undefined ? [] : [{ id, place, claims: entry.build(values).properties.map(({ name }) => name) }]
})

const claimed = new Set(placed.flatMap(({ claims }) => claims))

test("every name of a guarantee is claimed of some cell with a place in the matrix", () => {
  const unclaimed = guarantees.flatMap(({ claims = [], name }) => [
    ...(claimed.has(name) || claims.length > 0 ? [] : [name]),
    ...claims.filter((each) => !claimed.has(each))
  ])
  expect(unclaimed).toEqual([])
})

test("no property claims two guarantees, and no two guarantees have one label", () => {
  const names = guarantees.flatMap(({ claims = [], name }) => [name, ...claims])
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  expect(new Set(guarantees.map(({ label }) => label)).size).toBe(guarantees.length)
})

test("every cell in the matrix stands in one of its tables, and some claim of it is a guarantee", () => {
  const titles: ReadonlyArray<string | undefined> = Object.values(parts)
  const names = new Set(guarantees.flatMap(({ claims = [], name }) => [name, ...claims]))
  const astray = placed.filter(
    ({ claims, place }) => !titles.includes(place.part) || !claims.some((claim) => names.has(claim))
  )
  expect(astray.map(({ id }) => id)).toEqual([])
})

test("no design stands in two tables: rows are told apart by design and setting", () => {
  const tables = Map.groupBy(placed, ({ place }) => place.design)
  const split = [...tables].filter(([, cells]) => new Set(cells.map(({ place }) => place.part)).size > 1)
  expect(split.map(([design]) => design)).toEqual([])
})
