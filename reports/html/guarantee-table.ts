/**
 * The guarantee matrix: a row per design and setting, a column per guarantee; a violation leads to its trace.
 */
import type { Judged } from "../../src/suite/Matrix.ts"
import type { Anchors } from "./anchors.ts"
import { html, type Markup } from "./markup.ts"
import { type Outcome, signOf } from "./outcome.ts"
import type { Report } from "./Report.ts"

const outcomes: { readonly [verdict in Judged["verdict"]]: Outcome } = {
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

/** The table, or nothing where no cell has a place in it. */
export const guaranteeTable = ({ cells, guarantees, matrix }: Report, anchors: Anchors): Markup | undefined => {
  if (matrix.rows.length === 0) return undefined
  const judgedSomewhere = guarantees.filter(({ name }) =>
    matrix.rows.some((row) => row.guarantees.some((each) => each.name === name && each.verdict !== "vacuous"))
  )
  const traces = new Map(
    cells.flatMap(({ result, stories }) =>
      stories.map(({ property, replay }) => [replay, anchors.trace(result.id, property)])
    )
  )
  const isUnexpected = (ids: ReadonlyArray<string>, name: string): boolean =>
    cells.some(({ result, unexpected }) => ids.includes(result.id) && unexpected.has(name))
  const rows = matrix.rows.map((row, index) => {
    const signs = judgedSomewhere.map(({ name }) => {
      const judged = row.guarantees.find((each) => each.name === name)
      if (judged === undefined) return html`<td>–</td>`
      const outcome = isUnexpected(row.cells, name) ? "new" : outcomes[judged.verdict]
      const target = judged.replay === null ? undefined : traces.get(judged.replay)
      const steps =
        judged.steps === null ? undefined : html`<small>${judged.steps}${judged.through === null ? "" : "*"}</small>`
      return html`<td>${signOf(outcome, wordsOf(judged), target)}${steps}</td>`
    })
    const kinds = [
      ...new Set(row.guarantees.map(({ name, verdict }) => (isUnexpected(row.cells, name) ? "new" : outcomes[verdict])))
    ].join(" ")
    const isFirst = matrix.rows[index - 1]?.design !== row.design
    return html`<tr data-outcomes="${kinds}" data-text="${`${row.design} ${row.setting}`.toLowerCase()}">
      <th scope="row" ${isFirst ? html` class="first"` : undefined}>
        ${isFirst ? row.design : html`<span class="unseen">${row.design}</span>`}
      </th>
      <td class="setting">${row.setting}</td>
      ${signs}
    </tr>`
  })
  return html`<section aria-labelledby="guarantees">
    <h2 id="guarantees">Which design gives which guarantee</h2>
    <p class="faint">
      The number beside a ✕ is the steps of the shortest trace; * by the trace of a weaker guarantee, which it implies.
    </p>
    <div class="scroll" tabindex="0" role="group" aria-label="guarantee matrix">
      <table class="cells matrix">
        <caption class="unseen">
          Guarantees by design and setting
        </caption>
        <thead>
          <tr>
            <th scope="col">design</th>
            <th scope="col">setting</th>
            ${judgedSomewhere.map(({ about, name }) => html`<th scope="col" class="claim"><span title="${about}">${name}</span></th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`
}
