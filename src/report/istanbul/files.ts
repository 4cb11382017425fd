/**
 * Model coverage as Istanbul's data on the lines that declare actions and properties, so that its reports, Codecov,
 * SonarQube, GitLab and editors' gutters show it beside the code.
 *
 * A function is an action, counted by transitions. A branch is a guard with the arms enabled and disabled. A statement
 * is the line of an action or a property; a property is counted by the states in which it was checked. Counts of
 * several systems for the same line are added. An action without a line (a fault of the network) is only in the text
 * table.
 */
import { createCoverageMap } from "@vitest/istanbul-lib-coverage"
import type { ActionCoverage, PropertyCoverage, SourceLocation, SystemCoverage } from "../../coverage/Coverage.ts"
import { visible } from "../visible.ts"

/** The text of each file, by its path. */
export type Sources = ReadonlyMap<string, string>

interface Counted {
  readonly name: string
  readonly place: SourceLocation
  count: number
}

interface FileCounts {
  readonly actions: Map<string, Counted>
  readonly guards: Map<string, Counted & { disabled: number }>
  readonly properties: Map<string, Counted>
}

/** Istanbul's coverage map: a file for each source that declares something, in the order of their paths. */
export const coverageMapOf = (systems: ReadonlyArray<SystemCoverage>, sources: Sources) => {
  const files = new Map<string, FileCounts>()
  const at = (place: SourceLocation): FileCounts => {
    const found = files.get(place.file) ?? { actions: new Map(), guards: new Map(), properties: new Map() }
    files.set(place.file, found)
    return found
  }
  for (const { actions, properties } of systems) {
    for (const action of actions) for (const place of action.places) addAction(at(place), place, action)
    for (const property of properties) for (const place of property.places) addProperty(at(place), place, property)
  }
  const paths = [...files.keys()].sort()
  return createCoverageMap(
    Object.fromEntries(paths.map((path) => [path, fileData(path, files.get(path), sources.get(path) ?? "")]))
  )
}

const keyOf = ({ column, line }: SourceLocation, name: string): string => `${line}:${column} ${name}`

const addTo = (counts: Map<string, Counted>, place: SourceLocation, name: string, count: number): void => {
  const key = keyOf(place, name)
  const known = counts.get(key)
  if (known === undefined) counts.set(key, { name, place, count })
  else known.count += count
}

const addAction = (
  { actions, guards }: FileCounts,
  place: SourceLocation,
  { guard, name, taken }: ActionCoverage
): void => {
  addTo(actions, place, name, taken)
  if (guard === null) return
  const key = keyOf(place, name)
  const known = guards.get(key) ?? { name, place, count: 0, disabled: 0 }
  known.count += guard.enabled
  known.disabled += guard.disabled
  guards.set(key, known)
}

const addProperty = ({ properties }: FileCounts, place: SourceLocation, { checked, name }: PropertyCoverage): void =>
  addTo(properties, place, name, checked)

const byPlace = <C extends Counted>(counts: ReadonlyMap<string, C>): ReadonlyArray<C> =>
  [...counts.values()].sort(
    (left, right) =>
      left.place.line - right.place.line || left.place.column - right.place.column || (left.name < right.name ? -1 : 1)
  )

const numbered = <A, B>(items: ReadonlyArray<A>, of: (item: A) => B): { readonly [index: string]: B } =>
  Object.fromEntries(items.map((item, index) => [String(index), of(item)]))

const fileData = (path: string, counts: FileCounts | undefined, source: string) => {
  const lines = source.split("\n")
  /** From the declaration to the end of its line; Istanbul's columns begin at 0. */
  const range = ({ column, line }: SourceLocation) => ({
    start: { line, column: column - 1 },
    end: { line, column: Math.max(column, (lines[line - 1] ?? "").length) }
  })
  const actions = byPlace(counts?.actions ?? new Map<string, Counted>())
  const guards = byPlace(counts?.guards ?? new Map<string, Counted & { disabled: number }>())
  const statements = byPlace(new Map([...(counts?.actions ?? []), ...(counts?.properties ?? [])]))
  return {
    path,
    statementMap: numbered(statements, ({ place }) => range(place)),
    s: numbered(statements, ({ count }) => count),
    fnMap: numbered(actions, ({ name, place }) => ({
      // lcov separates by commas.
      name: visible(name).replaceAll(",", ";"),
      decl: range(place),
      loc: range(place),
      line: place.line
    })),
    f: numbered(actions, ({ count }) => count),
    branchMap: numbered(guards, ({ place }) => ({
      type: "if",
      loc: range(place),
      locations: [range(place), range(place)],
      line: place.line
    })),
    b: numbered(guards, ({ count, disabled }) => [count, disabled])
  }
}
