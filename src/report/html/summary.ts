/**
 * The head of the report: tiles with counts, and below them only results that need an action.
 */
import { visibleSentence } from "../visible.ts"
import type { Anchors } from "./anchors.ts"
import { html, type Markup } from "./markup.ts"
import { grouped } from "./numbers.ts"
import { type ShownOutcome, outcomeIn } from "./outcome.ts"
import type { Report, ShownCase } from "./Report.ts"

const countsOf = (cases: ReadonlyArray<ShownCase>): ReadonlyMap<ShownOutcome, number> => {
  const all = cases.flatMap((suiteCase) =>
    suiteCase.result.properties.map((property) => outcomeIn(suiteCase, property))
  )
  return new Map([...Map.groupBy(all, (outcome) => outcome)].map(([outcome, list]) => [outcome, list.length]))
}

const tile = (count: number, words: string, only: ShownOutcome, kind: string): Markup =>
  html`<li>
    <a href="#?only=${only}" class="${count > 0 ? kind : ""}"><b>${grouped(count)}</b>${words}</a>
  </li>`

/** The share of the actions that were taken, rounded down, so that 100 % means all. */
const coverageTile = (cases: ReadonlyArray<ShownCase>): Markup => {
  const actions = cases.flatMap(({ result }) => result.actions)
  const taken = actions.filter((action) => action.taken > 0).length
  const share = actions.length === 0 ? "n/a" : `${Math.floor((100 * taken) / actions.length)} %`
  return html`<li>
    <span class="tile"><b>${share}</b>actions taken (${grouped(taken)} of ${grouped(actions.length)})</span>
  </li>`
}

/** The tiles. Each links to the cases that it counts. */
export const tiles = ({ cases }: Report): Markup => {
  const counts = countsOf(cases)
  const count = (outcome: ShownOutcome): number => counts.get(outcome) ?? 0
  const drifted = cases.filter(({ drift }) => drift.length > 0).length
  return html`<ul class="tiles">
    ${tile(count("new"), count("new") === 1 ? "new violation" : "new violations", "new", "alarm")}
    ${tile(drifted, drifted === 1 ? "case drifted" : "cases drifted", "drift", "alert")}
    ${tile(count("proved"), "proved in bounds", "proved", "")}
    ${tile(count("limit"), "not decided: a limit ran out", "limit", "alert")}
    ${tile(count("walks"), "sampled only", "walks", "")} ${tile(count("known"), "known violations", "known", "")}
    ${coverageTile(cases)}
  </ul>`
}

const needsOf = (suiteCase: ShownCase, anchors: Anchors): ReadonlyArray<Markup> => {
  const { drift, result, unexpected } = suiteCase
  const told = result.properties
    .filter(({ name }) => unexpected.has(name))
    .map((property) => {
      const { counterexample, expected, name, verdict, why } = property
      const target = anchors.trace(result.id, name) ?? anchors.suiteCase(result.id)
      const steps = counterexample === null ? "" : ` in ${counterexample.length} steps`
      return html`<li>
        <b>${name}</b>: ${verdict}${steps}; expected: ${expected ?? "nothing"}.
        ${visibleSentence(why ?? counterexample?.because ?? "")}
        <a href="#${target}">${result.id}</a>
      </li>`
    })
  const open = result.properties.filter(({ verdict }) => verdict === "inconclusive")
  const whys = [...new Set(open.map(({ why }) => why ?? ""))].join(", ")
  const undecided = html`<li>
    ◐ ${open.length} ${open.length === 1 ? "property" : "properties"} not decided: ${whys}.
    <a href="#${anchors.suiteCase(result.id)}">${result.id}</a>
  </li>`
  const cutShort = html`<li>
    ◐ not explored to the end: ${result.stopReason ?? ""}. <a href="#${anchors.suiteCase(result.id)}">${result.id}</a>
  </li>`
  return [
    ...told,
    ...drift.map((sentence) => html`<li>Δ <a href="#${anchors.suiteCase(result.id)}">${sentence}</a></li>`),
    ...(open.length === 0 ? [] : [undecided]),
    ...(open.length > 0 || result.complete || result.mode === "random" ? [] : [cutShort])
  ]
}

/** The results that need an action, or the line that none does. */
export const needs = ({ baseline, cases, command, matrix }: Report, anchors: Anchors): Markup => {
  const all = [
    ...matrix.contradictions.map((sentence) => html`<li>contradiction: ${sentence}</li>`),
    ...cases.flatMap((suiteCase) => needsOf(suiteCase, anchors))
  ]
  const isOnlyOpen =
    matrix.contradictions.length === 0 &&
    cases.every(({ drift, unexpected }) => drift.length === 0 && unexpected.size === 0)
  if (all.length > 0) {
    return html`<ul class="needs ${isOnlyOpen ? "open" : ""}">
        ${all}
      </ul>
      <p class="faint"><code>${command} verify -u</code> accepts what was found into ${baseline}.</p>`
  }
  const properties = cases.reduce((sum, { result }) => sum + result.properties.length, 0)
  return html`<p class="needs calm">✓ Nothing: all ${grouped(properties)} properties match ${baseline}.</p>`
}
