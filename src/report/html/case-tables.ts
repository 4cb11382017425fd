/**
 * Every case: a table for each model, a row for each case, a column for each property, so that equal properties are
 * below each other.
 */
import { percentText } from "../../coverage/Coverage.ts"
import type { Anchors } from "./anchors.ts"
import { html, type Markup } from "./markup.ts"
import { grouped } from "./numbers.ts"
import { type ShownOutcome, outcomeIn, outcomes, signOf, wordsFor } from "./outcome.ts"
import type { Report, ShownCase } from "./Report.ts"

/** Parameters that differ between the cases of a model. The others are shown once. */
const varying = (cases: ReadonlyArray<ShownCase>): ReadonlyArray<string> =>
  Object.keys(cases[0]?.result.parameters ?? {}).filter(
    (name) => new Set(cases.map(({ result }) => result.parameters[name])).size > 1
  )

const walksOf = ({ walked }: ShownCase): Markup | undefined =>
  walked === undefined
    ? undefined
    : html`<div class="faint">≈ ${grouped(walked.count)} random walks, seed ${walked.seed}</div>`

/**
 * The states: all of them; after a limit, those found; of random walks, those visited, and their share if it is known.
 */
const statesOf = ({ result, walked }: ShownCase): string => {
  const count = grouped(result.distinct)
  if (walked === undefined) return result.complete ? count : `${count}…`
  const { allDistinct: all } = walked
  if (all === undefined) return `${count} met`
  return `${count} of ${grouped(all)}, ${percentText({ covered: result.distinct, total: all })}`
}

const rowOf = (
  suiteCase: ShownCase,
  settings: ReadonlyArray<string>,
  properties: ReadonlyArray<string>,
  anchors: Anchors
): Markup => {
  const { result, walked } = suiteCase
  const judged = properties.map((name): readonly [ShownOutcome, Markup] => {
    const property = result.properties.find((each) => each.name === name)
    if (property === undefined) return ["none", html`${outcomes.none.sign}`]
    const outcome = outcomeIn(suiteCase, property)
    return [outcome, signOf(outcome, wordsFor(property, outcome), anchors.trace(result.id, name))]
  })
  const taken = result.actions.filter((action) => action.taken > 0).length
  const never = result.actions.filter((action) => action.taken === 0).map(({ name }) => name)
  const title =
    settings.length === 0 ? "as it stands" : settings.map((name) => `${name}=${result.parameters[name]}`).join(" ")
  const coverage = result.actions.length === 0 ? "n/a" : `${taken}/${result.actions.length}`
  const kinds = [...new Set(judged.map(([outcome]) => outcome)), ...(suiteCase.drift.length > 0 ? ["drift"] : [])].join(
    " "
  )
  return html`<tr id="${anchors.suiteCase(result.id)}" data-outcomes="${kinds}" data-text="${result.id.toLowerCase()}">
    <th scope="row">${title}${walksOf(suiteCase)}</th>
    ${judged.map(([, sign]) => html`<td>${sign}</td>`)}
    <td class="number">${statesOf(suiteCase)}</td>
    <td class="number">${grouped(result.transitions)}</td>
    <td class="number">${walked === undefined ? result.depth : "–"}</td>
    <td class="number" ${never.length === 0 ? undefined : html` title="never taken: ${never.join(", ")}"`}>
      ${coverage}${never.length === 0 ? "" : "*"}
    </td>
  </tr>`
}

const tableOf = (model: string, cases: ReadonlyArray<ShownCase>, anchors: Anchors): Markup => {
  const settings = varying(cases)
  const [first] = cases
  const fixed = Object.entries(first?.result.parameters ?? {}).filter(([name]) => !settings.includes(name))
  const properties = [...new Set(cases.flatMap(({ result }) => result.properties.map(({ name }) => name)))]
  const common = fixed.map(([name, value]) => `${name}=${value}`).join(" ")
  return html`<section class="model">
    <h3>${model}</h3>
    <p class="faint">${first?.about ?? ""} <span class="source">${first?.source ?? ""}</span></p>
    <div class="scroll" tabindex="0" role="group" aria-label="cases of ${model}">
      <table class="cases">
        <caption class="unseen">
          Cases of ${model}
        </caption>
        <thead>
          <tr>
            <th scope="col">${common === "" ? "setting" : html`<span class="faint">${common}</span>`}</th>
            ${properties.map((name) => html`<th scope="col" class="property"><span>${name}</span></th>`)}
            <th scope="col" class="number">states</th>
            <th scope="col" class="number">steps</th>
            <th scope="col" class="number">depth</th>
            <th scope="col" class="number">actions</th>
          </tr>
        </thead>
        <tbody>
          ${cases.map((suiteCase) => rowOf(suiteCase, settings, properties, anchors))}
        </tbody>
      </table>
    </div>
  </section>`
}

/** The tables, in the order of the cases. */
export const caseTables = (report: Report, anchors: Anchors): Markup => {
  const models = Map.groupBy(report.cases, ({ result }) => result.model)
  return html`${[...models].map(([model, cases]) => tableOf(model, cases, anchors))}`
}
