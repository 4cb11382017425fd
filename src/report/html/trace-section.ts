/**
 * One trace of the report: its property, the reason, and the command to replay it. A trace that needs an action also
 * shows its steps in words. The script of the page expands its diagram, the changes of each step and its states when
 * the trace is opened.
 */
import type { TraceSummary } from "../../trace/TraceSummary.ts"
import { diagramOf } from "./diagram.ts"
import { HERE, html, inLines, type Markup } from "./markup.ts"
import { type ShownOutcome, outcomes } from "./outcome.ts"
import type { Sharing } from "./sharing.ts"
import { states, stepTable } from "./steps.ts"

const lengthOf = ({ loop, steps }: TraceSummary, isWalk: boolean): string => {
  const count = `${steps.length} ${steps.length === 1 ? "step" : "steps"}`
  if (loop === undefined) return `${count}, the fewest ${isWalk ? "that are steps of the random walk" : "possible"}`
  if (loop === steps.length) return `${count}, and the run stops there`
  return `${count}; ${loop + 1 === steps.length ? `step ${loop + 1} repeats` : `steps ${loop + 1} to ${steps.length} repeat`} for ever`
}

const faultsOf = ({ steps }: TraceSummary): string => {
  const faults = steps.filter(({ fault }) => fault).length
  return faults === 0 ? "" : `, ${faults} of them faults`
}

const shellQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** The length of the trace, its diagram beside the steps, and every state. */
export const traceBody = (summary: TraceSummary, isWalk = false): Markup =>
  html`<p class="faint">${lengthOf(summary, isWalk)}${faultsOf(summary)} · <a href="#${HERE}">link to this trace</a></p>
    <div class="space">
      ${diagramOf(summary)}
      <div class="scroll" tabindex="0" role="group" aria-label="steps of this trace">${stepTable(summary)}</div>
    </div>
    ${states(summary)}`

/** The context of a section, and the parts that it leaves to the script. */
export interface SectionPlace {
  readonly anchor: string
  readonly outcome: ShownOutcome
  /** The call of the command line. */
  readonly plait: string
  readonly sharing: Sharing
  /** True if a random walk found the trace. */
  readonly isWalk: boolean
}

/** The section. It is open at first if the trace needs an action. */
export const traceSection = (
  summary: TraceSummary,
  { anchor, isWalk, outcome, plait, sharing }: SectionPlace
): Markup => {
  const { because, caseId, property, replay, steps, verdict } = summary
  const isUrgent = outcome === "new" || outcome === "drift"
  const { sign } = outcomes[outcome]
  return html`<details class="trace" data-outcome="${outcome}" ${isUrgent ? html` open` : undefined}>
    <summary>
      <span class="sign ${outcome}" aria-hidden="true">${sign}</span> <b>${property}</b>: ${verdict}
      <span class="faint">${caseId}</span>
    </summary>
    <div class="run" id="${anchor}">
      ${because === "" ? undefined : html`<p class="because">${inLines(because)}</p>`}
      <p class="again">
        <code>${plait} replay ${shellQuoted(replay)}</code>
      </p>
      <div data-piece="${sharing.place(traceBody(summary, isWalk))}">
        ${
          isUrgent
            ? html`<ol>
                ${steps.map(({ label }) => html`<li>${label}</li>`)}
              </ol>`
            : undefined
        }
      </div>
    </div>
  </details>`
}
