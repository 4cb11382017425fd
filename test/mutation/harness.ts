/**
 * Takes the place of vitest's `describe` and `test` in judges: tests are collected once and run as often as there are
 * mutants, in the process that has loaded them. `expect` is vitest's own.
 */
import type { TestOptions } from "vitest"

export { expect } from "vitest"

/** A test of a judge. */
export interface Collected {
  /** The names of the groups around it and its own, and a number where that was not all. */
  readonly name: string
  /** The judge that it stands in. */
  readonly file: string
  readonly run: () => unknown
}

type Body = (...given: ReadonlyArray<unknown>) => unknown

/** The tests by the names of all around them, in the order of their files. */
const collected = new Map<string, Collected>()
const groups: Array<string> = []
let loading = ""

/** Says which judge is loaded next. */
export const loadingFrom = (file: string): void => {
  loading = file
}

/** What has been collected so far. */
export const tests = (): ReadonlyArray<Collected> => [...collected.values()]

const add = (title: string, run: () => unknown): void => {
  const full = [...groups, title].join(" › ")
  let name = full
  for (let number = 2; collected.has(name); number++) name = `${full} #${number}`
  collected.set(name, { name, file: loading, run })
}

const group = (title: string, body: () => void): void => {
  groups.push(title)
  body()
  groups.pop()
}

type Case = unknown

/** For each case, spread where it is an array. */
const each =
  (make: (title: string, run: () => unknown) => void) =>
  (cases: ReadonlyArray<Case>) =>
  (title: string, ...rest: ReadonlyArray<TestOptions | Body>): void => {
    const body = bodyOf(rest)
    for (const one of cases) make(title, () => body(...(Array.isArray(one) ? (one as ReadonlyArray<unknown>) : [one])))
  }

/** For each case as it is. */
const forEach =
  (make: (title: string, run: () => unknown) => void) =>
  (cases: ReadonlyArray<Case>) =>
  (title: string, ...rest: ReadonlyArray<TestOptions | Body>): void => {
    const body = bodyOf(rest)
    for (const one of cases) make(title, () => body(one))
  }

/** The function among what follows a title: options may come before it or a limit of time after it. */
const bodyOf = (rest: ReadonlyArray<unknown>): Body => rest.find((one) => typeof one === "function") as Body

const single = (title: string, ...rest: ReadonlyArray<unknown>): void => add(title, bodyOf(rest))

/** A test. */
export const test = Object.assign(single, {
  each: each(add),
  for: forEach(add),
  concurrent: Object.assign(single, { each: each(add), for: forEach(add) })
})

const grouped = (title: string, ...rest: ReadonlyArray<unknown>): void => group(title, bodyOf(rest) as () => void)

/** A group of tests. */
export const describe = Object.assign(grouped, {
  each: each(group),
  for: forEach(group),
  concurrent: Object.assign(grouped, { each: each(group), for: forEach(group) })
})

/** Another word for `test`. */
export const it = test
