import { expect, test } from "vitest"
import { casesOf } from "../../src/suite/Suite.ts"
import { guarantees, parts } from "./guarantees.ts"
import { catalogue } from "../../test/catalogue.ts"

const placed = casesOf(catalogue, false).flatMap(({ entry, id, values }) => {
  const place = entry.place(values)
  return place === undefined ? [] : [{ id, place, properties: entry.build(values).properties.map(({ name }) => name) }]
})

const claimed = new Set(placed.flatMap(({ properties }) => properties))

test("every name of a guarantee is claimed of some case with a place in the matrix", () => {
  const unclaimed = guarantees.flatMap(({ properties = [], name }) => [
    ...(claimed.has(name) || properties.length > 0 ? [] : [name]),
    ...properties.filter((each) => !claimed.has(each))
  ])
  expect(unclaimed).toEqual([])
})

test("no property properties two guarantees, and no two guarantees have one label", () => {
  const names = guarantees.flatMap(({ properties = [], name }) => [name, ...properties])
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  expect(new Set(guarantees.map(({ label }) => label)).size).toBe(guarantees.length)
})

test("every case in the matrix stands in one of its tables, and some property of it is a guarantee", () => {
  const titles: ReadonlyArray<string | undefined> = Object.values(parts)
  const names = new Set(guarantees.flatMap(({ properties = [], name }) => [name, ...properties]))
  const astray = placed.filter(
    ({ properties, place }) => !titles.includes(place.part) || !properties.some((property) => names.has(property))
  )
  expect(astray.map(({ id }) => id)).toEqual([])
})

test("no design stands in two tables: rows are told apart by design and setting", () => {
  const tables = Map.groupBy(placed, ({ place }) => place.design)
  const split = [...tables].filter(([, cases]) => new Set(cases.map(({ place }) => place.part)).size > 1)
  expect(split.map(([design]) => design)).toEqual([])
})
