/**
 * Model coverage: a fold for each model, those with an action that no cell took first; in it every cell's actions, those
 * never taken first, with what became of each and at which node.
 */
import { actionLegend, actionTable } from "../actions.ts"
import { html, type Markup } from "./markup.ts"
import { grouped } from "./numbers.ts"
import type { Report, ReportedCell } from "./Report.ts"
import type { Sharing } from "./sharing.ts"

const tableOf = ({ result }: ReportedCell): Markup => {
  const { columns, rows } = actionTable(result.actions)
  return html`<h3>${result.id}</h3>
    <div class="scroll" tabindex="0" role="group" aria-label="actions of ${result.id}">
      <table class="cells">
        <thead>
          <tr>
            <th scope="col">action</th>
            ${columns.map((title) => html`<th scope="col" class="number">${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ counts, isTaken, name }) =>
              html`<tr>
                <th scope="row">${isTaken ? undefined : html`<b class="tag">never taken</b> `}${name}</th>
                ${counts.map((count) => html`<td class="number">${count === undefined ? "–" : grouped(count)}</td>`)}
              </tr>`
          )}
        </tbody>
      </table>
    </div>`
}

interface Model {
  readonly name: string
  readonly cells: ReadonlyArray<ReportedCell>
  /** Actions that no cell took. */
  readonly never: ReadonlyArray<string>
}

/** Of cells that were explored: walks count transitions only. */
const modelsOf = ({ cells }: Report): ReadonlyArray<Model> => {
  const explored = cells.filter(({ walked }) => walked === undefined)
  const models = [...Map.groupBy(explored, ({ result }) => result.model)].map(([name, own]) => {
    const actions = own.flatMap(({ result }) => result.actions)
    const taken = new Set(actions.filter((action) => action.taken > 0).map((action) => action.name))
    return {
      name,
      cells: own,
      never: [...new Set(actions.map((action) => action.name))].filter((each) => !taken.has(each))
    }
  })
  return [...models.filter(({ never }) => never.length > 0), ...models.filter(({ never }) => never.length === 0)]
}

const foldOf = ({ cells, name, never }: Model, sharing: Sharing): Markup => {
  const said = never.length === 0 ? "every action is taken in some cell" : `no cell takes: ${never.join(", ")}`
  const ids = cells.map(({ result }) => result.id).join(" ")
  return html`<details class="graph" data-text="${ids.toLowerCase()}">
    <summary><b>${name}</b>: <span class="faint">${said}</span></summary>
    <div data-piece="${sharing.place(html`${cells.map(tableOf)}`)}"></div>
  </details>`
}

/** The section. */
export const coverageSection = (report: Report, sharing: Sharing): Markup =>
  html`<section class="graphs" aria-labelledby="coverage">
    <h2 id="coverage">What the exploration covered</h2>
    <p class="faint">${actionLegend.join(" ")}</p>
    ${modelsOf(report).map((model) => foldOf(model, sharing))}
  </section>`
