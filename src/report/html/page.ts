/**
 * The HTML report: one file that needs nothing else. First what needs an action, then the guarantee matrix, every cell,
 * every trace, and the state graphs of small cells. Its policy forbids every request and every script but its own, so
 * that neither a value nor a reader's network can change what it says.
 */
import { type Anchors, anchorsOf } from "./anchors.ts"
import { cellTables } from "./cell-tables.ts"
import { coverageSection } from "./coverage.ts"
import { guaranteeTable } from "./guarantee-table.ts"
import { html, type Markup, verbatim } from "./markup.ts"
import { grouped } from "./numbers.ts"
import { isOutcome, outcomeIn, outcomes, type Outcome, signOf } from "./outcome.ts"
import type { Report } from "./Report.ts"
import { script } from "./script.ts"
import { Sharing } from "./sharing.ts"
import { stateGraphSection } from "./state-graph.ts"
import { style } from "./style.ts"
import { needs, tiles } from "./summary.ts"
import { traceSection } from "./trace-section.ts"

const listed = Object.keys(outcomes).filter(isOutcome)

const filters = html`<form class="filters" role="search" hidden>
  <label>filter <input name="q" type="search" autocomplete="off" placeholder="words of a cell or a claim" /></label>
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

/** What needs an action first, then violations that are known, then situations that are reached. */
const urgencies: ReadonlyArray<Outcome> = ["new", "drift", "known"]

const urgency = (outcome: Outcome): number => {
  const at = urgencies.indexOf(outcome)
  return at === -1 ? urgencies.length : at
}

const traces = ({ cells, command }: Report, anchors: Anchors, sharing: Sharing): Markup | undefined => {
  const all = cells.flatMap((cell) =>
    cell.stories.map((story) => {
      const property = cell.result.properties.find(({ name }) => name === story.property)
      return {
        story,
        isWalk: cell.walked !== undefined,
        outcome: property === undefined ? ("none" as const) : outcomeIn(cell, property)
      }
    })
  )
  const sections = all
    .toSorted((left, right) => urgency(left.outcome) - urgency(right.outcome))
    .map(({ isWalk, outcome, story }) => {
      const anchor = anchors.trace(story.cell, story.property) ?? ""
      return traceSection(story, { anchor, outcome, plait: command, sharing, isWalk })
    })
  if (sections.length === 0) return undefined
  return html`<section class="traces" aria-labelledby="traces">
    <h2 id="traces">Traces</h2>
    <p class="faint">Each was taken again through freshly run handlers before it was written here.</p>
    ${sections}
  </section>`
}

const graphs = ({ cells }: Report, sharing: Sharing): Markup | undefined => {
  const drawn = cells.flatMap(({ graph, result }) =>
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

/** Data for the script. No sign in it can end the element that holds it. */
const dataOf = (sharing: Sharing): Markup =>
  verbatim(
    `<script type="application/json" class="pieces">${JSON.stringify(sharing.shared).replaceAll("<", "\\u003c")}</script>`
  )

/** The document. */
export const renderHtml = (report: Report): string => {
  const anchors = anchorsOf(report)
  const sharing = new Sharing()
  const models = new Set(report.cells.map(({ result }) => result.model)).size
  const states = report.cells.reduce((sum, { result, walked }) => sum + (walked === undefined ? result.distinct : 0), 0)
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
            ${report.by} · ${grouped(report.cells.length)} cells · ${grouped(states)} distinct states explored ·
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
          <section aria-labelledby="cells">
            <h2 id="cells">Every cell</h2>
            ${legend}
            <p class="faint">
              A ✓ is true within the bounds of its row and says nothing about larger ones. A sign with a trace leads to
              it.
            </p>
            ${cellTables(report, anchors)}
          </section>
          ${traces(report, anchors, sharing)} ${coverageSection(report, sharing)} ${graphs(report, sharing)} ${keys}
        </main>
        ${dataOf(sharing)}${verbatim(`<script>${script}</script>`)}
      </body>
    </html> `.text()
}
