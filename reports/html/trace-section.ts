/**
 * One trace of the report: what it decides and why, how to take it again, its diagram beside its steps, its states.
 */
import type { Story } from "../../src/trace/Story.ts"
import { diagramOf } from "./diagram.ts"
import { html, type Markup } from "./markup.ts"
import { type Outcome, outcomes } from "./outcome.ts"
import { states, stepTable } from "./steps.ts"

const lengthOf = ({ loop, steps }: Story): string => {
  const count = `${steps.length} ${steps.length === 1 ? "step" : "steps"}`
  if (loop === undefined) return `${count}, the fewest possible`
  if (loop === steps.length) return `${count}, and there the run stops`
  return `${count}; ${loop + 1 === steps.length ? `step ${loop + 1} repeats` : `steps ${loop + 1} to ${steps.length} repeat`} for ever`
}

const shellQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** The section; open at first where something needs an action. */
export const traceSection = (story: Story, anchor: string, outcome: Outcome, plait: string): Markup => {
  const { because, cell, property, replay, steps, verdict } = story
  const faults = steps.filter(({ fault }) => fault).length
  const open = html`${outcome === "new" || outcome === "drift" ? " open" : ""}`
  const { sign } = outcomes[outcome]
  const command = `${plait} replay ${shellQuoted(replay)}`
  return html`<details
    class="trace"
    data-outcome="${outcome}"
    data-text="${`${cell} ${property}`.toLowerCase()}"
    ${open}
  >
    <summary>
      <span class="sign ${outcome}" aria-hidden="true">${sign}</span> <b>${property}</b>: ${verdict}
      <span class="faint">${cell}</span>
    </summary>
    <div class="run" id="${anchor}" tabindex="-1">
      <p class="facts">
        ${lengthOf(story)}${faults === 0 ? "" : `, ${faults} of them faults`} ·
        <a href="#${anchor}">link to this trace</a>
      </p>
      ${because === "" ? undefined : html`<p class="because">${because}</p>`}
      <p class="again">
        <code>${command}</code> <button type="button" class="copy" data-copy="${command}" hidden>copy</button>
      </p>
      <div class="space">
        ${diagramOf(story, anchor)}
        <div class="scroll" tabindex="0" role="group" aria-label="steps of this trace">${stepTable(story, anchor)}</div>
      </div>
      ${states(story, anchor)}
    </div>
  </details>`
}
