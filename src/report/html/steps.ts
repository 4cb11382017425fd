/**
 * The table of the steps of a trace: each action and its changes, path by path. Every full state is folded below.
 */
import type { TraceSummary, SummaryChange, SummaryPart, SummaryStep } from "../../trace/TraceSummary.ts"
import { HERE, html, type Markup } from "./markup.ts"
import { HEAD, heightOf, shownChanges } from "./rows.ts"

const changeOf = ({ after, before, elements, path }: SummaryChange): Markup => {
  const [, part = "", rest = ""] = /^([^.[{]*)(.*)$/s.exec(path) ?? []
  const name = html`<span class="path"><b>${part}</b>${rest}</span>`
  if (elements === null) return html`<div>${name} <del>${before}</del> → <ins>${after}</ins></div>`
  const lost = elements.removed.map((each) => html` <del>− ${each}</del>`)
  const gained = elements.added.map((each) => html` <ins>+ ${each}</ins>`)
  return html`<div>${name}${lost}${gained}</div>`
}

const rowOf = (step: SummaryStep, summary: TraceSummary): Markup => {
  const shown = shownChanges(step)
  const more = step.changes.length - shown
  const isLast = step.number === summary.steps.length
  const isRepeated = summary.loop !== undefined && step.number > summary.loop
  const notes = step.noted.join("; ")
  const classes = `${step.fault ? "is-fault " : ""}${isLast && summary.verdict === "violated" ? "is-end " : ""}${isRepeated ? "is-repeated" : ""}`
  return html`<tr id="${HERE}-${step.number}" class="step ${classes}" tabindex="-1" style="height:${heightOf(step)}px">
    <th scope="row"><a href="#${HERE}-${step.number}">${step.number}</a></th>
    <td>
      <div class="label" title="${step.label}">
        ${step.label}${step.fault ? html` <span class="tag">fault</span>` : undefined}
      </div>
      ${notes === "" ? undefined : html`<div class="noted" title="${notes}">${notes}</div>`}
    </td>
    <td class="changes">
      ${step.changes.slice(0, shown).map(changeOf)}${more > 0 ? html`<div>and ${more} more, in the state below</div>` : undefined}${step.changes.length === 0 ? html`<div class="faint">no visible change</div>` : undefined}
    </td>
  </tr>`
}

const stateOf = (title: string, number: number, parts: ReadonlyArray<SummaryPart>): Markup =>
  html`<details class="state" id="${HERE}-state-${number}">
    <summary>${title}</summary>
    <dl>
      ${parts.map(
        ({ name, value }) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`
      )}
    </dl>
  </details>`

/** The table. */
export const stepTable = (summary: TraceSummary): Markup =>
  html`<table class="steps">
    <caption class="unseen">
      The steps of the trace
    </caption>
    <thead>
      <tr style="height:${HEAD}px">
        <th scope="col"><abbr title="number of the step">#</abbr></th>
        <th scope="col">step</th>
        <th scope="col">what it changed</th>
      </tr>
    </thead>
    <tbody>
      ${summary.steps.map((step) => rowOf(step, summary))}
    </tbody>
  </table>`

/** The full states, folded. */
export const states = (summary: TraceSummary): Markup =>
  html`<div class="states">
    ${stateOf("Initial state", 0, summary.initial)}${summary.steps.map((step) => stateOf(`State after step ${step.number}`, step.number, step.state))}
  </div>`
