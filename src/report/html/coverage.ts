/**
 * Model coverage: a fold for each model, with the actions of every case, their outcomes and their nodes. Models with an
 * action that no case took come first, and in each model the actions that were never taken.
 */
import { actionLegend, actionTable } from "../actions.ts"
import { html, type Markup } from "./markup.ts"
import { grouped } from "./numbers.ts"
import type { Report, ShownCase } from "./Report.ts"
import type { Sharing } from "./sharing.ts"

const tableOf = ({ result }: ShownCase): Markup => {
  const { columns, rows } = actionTable(result.actions)
  return html`<h3>${result.id}</h3>
    <div class="scroll" tabindex="0" role="group" aria-label="actions of ${result.id}">
      <table class="cases">
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
  readonly cases: ReadonlyArray<ShownCase>
  /** Actions that no case took. */
  readonly never: ReadonlyArray<string>
}

/** The models of explored cases. Random walks count transitions only. */
const modelsOf = ({ cases }: Report): ReadonlyArray<Model> => {
  const explored = cases.filter(({ walked }) => walked === undefined)
  const models = [...Map.groupBy(explored, ({ result }) => result.model)].map(([name, own]) => {
    const actions = own.flatMap(({ result }) => result.actions)
    const taken = new Set(actions.filter((action) => action.taken > 0).map((action) => action.name))
    return {
      name,
      cases: own,
      never: [...new Set(actions.map((action) => action.name))].filter((each) => !taken.has(each))
    }
  })
  return [...models.filter(({ never }) => never.length > 0), ...models.filter(({ never }) => never.length === 0)]
}

const foldOf = ({ cases, name, never }: Model, sharing: Sharing): Markup => {
  const said = never.length === 0 ? "every action is taken in some case" : `no case takes: ${never.join(", ")}`
  const ids = cases.map(({ result }) => result.id).join(" ")
  return html`<details class="graph" data-text="${ids.toLowerCase()}">
    <summary><b>${name}</b>: <span class="faint">${said}</span></summary>
    <div data-piece="${sharing.place(html`${cases.map(tableOf)}`)}"></div>
  </details>`
}

/** The section. */
export const coverageSection = (report: Report, sharing: Sharing): Markup =>
  html`<section class="graphs" aria-labelledby="coverage">
    <h2 id="coverage">What the exploration covered</h2>
    <p class="faint">${actionLegend.join(" ")}</p>
    ${modelsOf(report).map((model) => foldOf(model, sharing))}
  </section>`
