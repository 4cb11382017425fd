/**
 * The HTML report: one self-contained file. It shows first the results that need an action, then the guarantee matrix,
 * every case, every trace, and the state graphs of small cases. Its policy forbids every request and every script but
 * its own, so that neither a value nor the network of a reader can change its content.
 */
import { type Anchors, anchorsOf } from "./anchors.ts"
import { caseTables } from "./case-tables.ts"
import { coverageSection } from "./coverage.ts"
import { guaranteeTable } from "./guarantee-table.ts"
import { html, type Markup, verbatim } from "./markup.ts"
import { grouped } from "./numbers.ts"
import { isOutcome, outcomeIn, outcomes, type ShownOutcome, signOf } from "./outcome.ts"
import type { Report } from "./Report.ts"
import { script } from "./script.ts"
import { Sharing } from "./sharing.ts"
import { stateGraphSection } from "./state-graph.ts"
import { style } from "./style.ts"
import { needs, tiles } from "./summary.ts"
import { traceSection } from "./trace-section.ts"

const listed = Object.keys(outcomes).filter(isOutcome)

const filters = html`<form class="filters" role="search" hidden>
  <label>filter <input name="q" type="search" autocomplete="off" placeholder="words of a case or a property" /></label>
  <label
    >show
    <select name="only">
      <option value="">every outcome</option>
      ${listed
        .filter((outcome) => outcome !== "none")
        .map(
          (outcome) => html`<option value="${outcome}">${outcomes[outcome].sign} ${outcomes[outcome].phrase}</option>`
        )}
    </select></label
  ><span class="status" role="status"></span>
</form>`

const legend = html`<ul class="legend" aria-label="signs">
  ${listed.map(
    (outcome) => html`<li>${signOf(outcome, outcomes[outcome].phrase, undefined)} ${outcomes[outcome].phrase}</li>`
  )}
</ul>`

const keys = html`<section class="keys" aria-labelledby="keys">
  <h2 id="keys">Keys</h2>
  <p>
    <kbd>j</kbd> <kbd>k</kbd> next and previous step · <kbd>n</kbd> <kbd>p</kbd> next and previous trace ·
    <kbd>s</kbd> the full state after the step · <kbd>/</kbd> filter · <kbd>Esc</kbd> in the filter: no filter ·
    <kbd>?</kbd> these keys
  </p>
</section>`

/** The order of traces: those that need an action, then known violations, then reached reachability properties. */
const urgencies: ReadonlyArray<ShownOutcome> = ["new", "drift", "known"]

const urgency = (outcome: ShownOutcome): number => {
  const at = urgencies.indexOf(outcome)
  return at === -1 ? urgencies.length : at
}

const traces = ({ cases, command }: Report, anchors: Anchors, sharing: Sharing): Markup | undefined => {
  const all = cases.flatMap((suiteCase) =>
    suiteCase.summaries.map((summary) => {
      const property = suiteCase.result.properties.find(({ name }) => name === summary.property)
      return {
        summary,
        isWalk: suiteCase.walked !== undefined,
        outcome: property === undefined ? ("none" as const) : outcomeIn(suiteCase, property)
      }
    })
  )
  const sections = all
    .toSorted((left, right) => urgency(left.outcome) - urgency(right.outcome))
    .map(({ isWalk, outcome, summary }) => {
      const anchor = anchors.trace(summary.caseId, summary.property) ?? ""
      return traceSection(summary, { anchor, outcome, plait: command, sharing, isWalk })
    })
  if (sections.length === 0) return undefined
  return html`<section class="traces" aria-labelledby="traces">
    <h2 id="traces">Traces</h2>
    <p class="faint">Each trace was replayed through the handlers before it was written here.</p>
    ${sections}
  </section>`
}

const graphs = ({ cases }: Report, sharing: Sharing): Markup | undefined => {
  const drawn = cases.flatMap(({ graph, result }) =>
    graph === undefined
      ? []
      : [html`<div data-text="${result.id.toLowerCase()}">${stateGraphSection(result.id, graph, sharing)}</div>`]
  )
  if (drawn.length === 0) return undefined
  return html`<section class="graphs" aria-labelledby="graphs">
    <h2 id="graphs">Small state spaces</h2>
    ${drawn}
  </section>`
}

const policyOf = (digest: Report["digest"]): string =>
  `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${digest(script)}'; base-uri 'none'; form-action 'none'`

/** Data for the script. No character in it can end the element that contains it. */
const dataOf = (sharing: Sharing): Markup =>
  verbatim(
    `<script type="application/json" class="pieces">${JSON.stringify(sharing.shared).replaceAll("<", "\\u003c")}</script>`
  )

/** The document. */
export const renderHtml = (report: Report): string => {
  const anchors = anchorsOf(report)
  const sharing = new Sharing()
  const models = new Set(report.cases.map(({ result }) => result.model)).size
  const states = report.cases.reduce((sum, { result, walked }) => sum + (walked === undefined ? result.distinct : 0), 0)
  const title = `Verification of ${models} ${models === 1 ? "model" : "models"}`
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policyOf(report.digest)}" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title} · plait</title>
        <link rel="icon" href="data:," />
        ${verbatim(`<style>${style}</style>`)}
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p class="faint">
            ${report.by} · ${grouped(report.cases.length)} cases · ${grouped(states)} distinct states explored ·
            baseline ${report.baseline}
          </p>
        </header>
        <main>
          ${tiles(report)}
          <section aria-labelledby="needs">
            <h2 id="needs">What needs an action</h2>
            ${needs(report, anchors)}
          </section>
          ${filters}
          <div class="matrix-section">${guaranteeTable(report, anchors)}</div>
          <section aria-labelledby="cases">
            <h2 id="cases">Every case</h2>
            ${legend}
            <p class="faint">
              A ✓ is true within the bounds of its row and says nothing about larger ones. A sign with a trace leads to
              it.
            </p>
            ${caseTables(report, anchors)}
          </section>
          ${traces(report, anchors, sharing)} ${coverageSection(report, sharing)} ${graphs(report, sharing)} ${keys}
        </main>
        ${dataOf(sharing)}${verbatim(`<script>${script}</script>`)}
      </body>
    </html> `.text()
}
