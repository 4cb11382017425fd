/**
 * The guarantee matrix: a table for each part, with a row for each design and setting and a column for each guarantee.
 * A violation links to its trace.
 */
import type { Guarantee, Judged, MatrixRow } from "../../suite/Matrix.ts"
import { partsOf } from "../text/matrix.ts"
import type { Anchors } from "./anchors.ts"
import { html, type Markup } from "./markup.ts"
import { type ShownOutcome, signOf } from "./outcome.ts"
import type { Report } from "./Report.ts"

const outcomes: { readonly [verdict in Judged["verdict"]]: ShownOutcome } = {
  holds: "proved",
  violated: "known",
  vacuous: "none",
  inconclusive: "limit",
  failed: "new"
}

const wordsOf = ({ steps, through, verdict }: Judged): string => {
  const how = steps === null ? "" : ` in ${steps} steps`
  const by = through === null ? "" : `, by the trace of “${through}”`
  return `${verdict === "vacuous" ? "nothing in the row can refute it" : verdict}${how}${by}`
}

/** The table field of a judgement: its sign, a link to its trace, the steps. */
const caseOf = (judged: Judged, outcome: ShownOutcome, target: string | undefined): Markup => {
  const steps =
    judged.steps === null ? undefined : html`<small>${judged.steps}${judged.through === null ? "" : "*"}</small>`
  return html`<td>${signOf(outcome, wordsOf(judged), target)}${steps}</td>`
}

/** The tables, one for each part; none if no case belongs to the guarantee matrix. */
export const guaranteeTable = ({ cases, guarantees, matrix }: Report, anchors: Anchors): Markup | undefined => {
  if (matrix.rows.length === 0) return undefined
  const traces = new Map(
    cases.flatMap(({ result, summaries }) =>
      summaries.map(({ property, replay }) => [replay, anchors.trace(result.id, property)])
    )
  )
  const isUnexpected = (ids: ReadonlyArray<string>, name: string): boolean =>
    cases.some(({ result, unexpected }) => ids.includes(result.id) && unexpected.has(name))
  const rowOf = (row: MatrixRow, columns: ReadonlyArray<Guarantee>, isFirst: boolean): Markup => {
    const outcomeOf = ({ name, verdict }: Judged): ShownOutcome =>
      isUnexpected(row.cases, name) ? "new" : outcomes[verdict]
    const signs = columns.map(({ name }) => {
      const judged = row.guarantees.find((each) => each.name === name)
      if (judged === undefined) return html`<td>–</td>`
      return caseOf(judged, outcomeOf(judged), judged.replay === null ? undefined : traces.get(judged.replay))
    })
    const kinds = [...new Set(row.guarantees.map(outcomeOf))].join(" ")
    return html`<tr data-outcomes="${kinds}" data-text="${`${row.design} ${row.setting}`.toLowerCase()}">
      <th scope="row" ${isFirst ? html` class="first"` : undefined}>
        ${isFirst ? row.design : html`<span class="unseen">${row.design}</span>`}
      </th>
      <td class="setting">${row.setting}</td>
      ${signs}
    </tr>`
  }
  const tables = partsOf(matrix, guarantees).map(({ columns, rows, title }) => {
    const caption = title ?? "Guarantees by design and setting"
    return html`<div class="scroll" tabindex="0" role="group" aria-label="${title ?? "guarantee matrix"}">
      <table class="cases matrix">
        <caption class="${title === undefined ? "unseen" : "part"}">
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">design</th>
            <th scope="col">setting</th>
            ${columns.map(({ about, name }) => html`<th scope="col" class="property"><span title="${about}">${name}</span></th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row, index) => rowOf(row, columns, rows[index - 1]?.design !== row.design))}
        </tbody>
      </table>
    </div>`
  })
  return html`<section aria-labelledby="guarantees">
    <h2 id="guarantees">Which design gives which guarantee</h2>
    <p class="faint">
      The number beside a ✕ is the steps of the shortest trace; * by the trace of a weaker guarantee, which it implies.
    </p>
    ${tables}
  </section>`
}
