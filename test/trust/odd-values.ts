/**
 * Values that are easily taken for one another: lists of four, no two of which are equal. A value has the same place in
 * every list that it is in, so that its place is the digit it stands for.
 */
import { isDeepStrictEqual } from "node:util"

const parsed = (text: string): unknown => JSON.parse(text)

/** The lists, by name. */
export const oddValues = {
  numbers: [0, -0, Number.NaN, Infinity],
  integers: [0n, 1n, "0n", "1"],
  absent: [{}, { a: undefined }, { a: null }, { a: -0 }],
  inherited: [{}, { constructor: 1 }, parsed('{"__proto__":1}'), { toJSON: { length: 1 }, "#bigint": 1 }],
  texts: ["\ud800", "\\ud800", "e\u0301", "\u00e9"],
  controls: ["\u0000", "\n", "\u202e", "\\n"],
  sets: [new Set(), new Set([undefined]), new Set([[]]), new Set([{ a: new Set([1n]) }])],
  maps: [new Map(), new Map([[Number.NaN, -0]]), new Map([[Number.NaN, 0]]), new Map([[{ a: 1 }, undefined]])],
  // In a record: a list by itself is what a family of variables looks like.
  lists: [{ list: [] }, { list: [undefined] }, { list: [null] }, { list: [[]] }]
} satisfies { readonly [name: string]: ReadonlyArray<unknown> }

/** The name of a list. */
export type OddValues = keyof typeof oddValues

/** The value in a place of a list, each time another object; `undefined` in the place after the last. */
export const oddValue = (list: OddValues, place: number): unknown => structuredClone(oddValues[list][place])

/** The place of a value in the lists that it is in, if it is in any. */
export const placeOf = (value: unknown): number | undefined => {
  const copy: unknown = structuredClone(value)
  for (const list of Object.values(oddValues)) {
    const place = list.findIndex((each) => isDeepStrictEqual(each, copy))
    if (place !== -1) return place
  }
  return undefined
}

/** A number for the odd value of a field: 0 where the field is absent, and 5 for `undefined`. */
export const oddPlace = (of: object, field: string): number =>
  field in of ? (placeOf(Reflect.get(of, field)) ?? 4) + 1 : 0
