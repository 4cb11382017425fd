/**
 * Anchors of the page. An anchor is made of names, not of positions or schedules, so that a link to a trace stays valid
 * while the trace changes.
 */
import type { Report, ShownCase } from "./Report.ts"

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}=,]+/gu, "-")
    .replace(/^-|-$/g, "")

/** The anchors of a report. */
export interface Anchors {
  readonly suiteCase: (id: string) => string
  /** The anchor of a trace; `undefined` if the property has none. */
  readonly trace: (id: string, property: string) => string | undefined
}

/** Anchors for every case and trace. Equal names are distinguished by a number. */
export const anchorsOf = ({ cases }: Report): Anchors => {
  const taken = new Map<string, number>()
  const unique = (wanted: string): string => {
    const count = (taken.get(wanted) ?? 0) + 1
    taken.set(wanted, count)
    return count === 1 ? wanted : unique(`${wanted}-${count}`)
  }
  const byCase = new Map(cases.map(({ result }) => [result.id, unique(slug(result.id))]))
  const traceIn = ({ result, summaries }: ShownCase) =>
    summaries.map(({ property }): [string, string] => [
      `${result.id}\n${property}`,
      unique(`${slug(result.id)}-${slug(property)}`)
    ])
  const byTrace = new Map(cases.flatMap(traceIn))
  return {
    suiteCase: (id) => byCase.get(id) ?? "",
    trace: (id, property) => byTrace.get(`${id}\n${property}`)
  }
}
