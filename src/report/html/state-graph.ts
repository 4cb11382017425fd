/**
 * A small state space, drawn in layers: a column for each depth, so that every shortest run goes from left to right.
 */
import type { GraphEdge, DrawnGraph } from "../../trace/DrawnGraph.ts"
import { type Hole, html, type Markup } from "./markup.ts"
import type { Sharing } from "./sharing.ts"

const ACROSS = 96
const DOWN = 46
const EDGE = 28

interface Placed {
  readonly x: number
  readonly y: number
}

/**
 * The places of the states. Each layer is ordered by the mean height of the predecessors of its states, which keeps
 * most edges from crossing.
 */
const placesOf = ({ edges, states }: DrawnGraph): ReadonlyArray<Placed> => {
  const places: Array<Placed> = states.map(() => ({ x: 0, y: 0 }))
  const layers = [...Map.groupBy(states.keys(), (state) => states[state]?.depth ?? 0).values()]
  const tallest = Math.max(...layers.map((layer) => layer.length))
  layers.forEach((layer, depth) => {
    const height = (state: number): number => {
      const from = edges.filter((edge) => edge.to === state && (states[edge.from]?.depth ?? 0) < depth)
      return from.reduce((sum, edge) => sum + (places[edge.from]?.y ?? 0), 0) / Math.max(1, from.length)
    }
    const heights = new Map(layer.map((state) => [state, height(state)]))
    const ordered = layer.toSorted((left, right) => (heights.get(left) ?? 0) - (heights.get(right) ?? 0))
    ordered.forEach((state, row) => {
      places[state] = { x: EDGE + ACROSS * depth, y: EDGE + DOWN * (row + (tallest - layer.length) / 2) }
    })
  })
  return places
}

/** Texts with a separator between them, each a piece of its own. */
const joined = (texts: ReadonlyArray<string>, between: string): ReadonlyArray<Hole> =>
  texts.flatMap((text, index) => (index === 0 ? [text] : [between, text]))

const wordsOf = ({ from, labels, to }: GraphEdge): Markup => html`${from} → ${to}: ${joined(labels, "; ")}`

const edgeOf = (edge: GraphEdge, places: ReadonlyArray<Placed>): Markup => {
  const { from, to } = edge
  const [start, end] = [places[from] ?? { x: 0, y: 0 }, places[to] ?? { x: 0, y: 0 }]
  const title = html`<title>${wordsOf(edge)}</title>`
  if (from === to)
    return html`<g class="edge">${title}<path d="M${start.x - 5} ${start.y - 10}c-9 -18 19 -18 10 0" /></g>`
  const bend = end.x > start.x ? 0 : 26
  const [midX, midY] = [(start.x + end.x) / 2, (start.y + end.y) / 2 - bend]
  const turn = (Math.atan2(end.y - midY, end.x - midX) * 180) / Math.PI
  const length = Math.hypot(end.x - midX, end.y - midY) || 1
  const [tipX, tipY] = [end.x - (13 * (end.x - midX)) / length, end.y - (13 * (end.y - midY)) / length].map(Math.round)
  return html`<g class="edge"
    >${title}<path d="M${start.x} ${start.y}Q${midX} ${midY} ${tipX} ${tipY}" /><path
      class="tip"
      d="M0 0l-8 -3.5v7z"
      transform="translate(${tipX} ${tipY}) rotate(${Math.round(turn)})"
  /></g>`
}

/** A fold with the drawing, which the script of the page expands. */
export const stateGraphSection = (caseId: string, graph: DrawnGraph, sharing: Sharing): Markup =>
  html`<details class="graph">
    <summary>All ${graph.states.length} states of <b>${caseId}</b></summary>
    <div data-piece="${sharing.place(stateGraphDrawing(caseId, graph))}"></div>
  </details>`

/** The drawing, with a list of all states below it. */
export const stateGraphDrawing = (caseId: string, graph: DrawnGraph): Markup => {
  const places = placesOf(graph)
  const width = Math.max(...places.map((place) => place.x)) + EDGE
  const height = Math.max(...places.map((place) => place.y)) + EDGE
  const { edges, states } = graph
  const about = `State graph of ${caseId}: ${states.length} states, ${edges.length} edges. The list below it names them.`
  const dots = states.map(({ depth, parts, quiescent }, state) => {
    const { x, y } = places[state] ?? { x: 0, y: 0 }
    const ring = quiescent ? html`<circle class="ring" cx="${x}" cy="${y}" r="14" />` : undefined
    const start = depth === 0 ? html`<path class="start" d="M${x - 26} ${y}h13" />` : undefined
    return html`<g class="state-dot"
      ><title>${joined(parts, "\n")}</title>${ring}${start}<circle cx="${x}" cy="${y}" r="11" /><text
        x="${x}"
        y="${y + 4}"
        >${state}</text
      ></g
    >`
  })
  const named = edges.map((edge) => html`<li>${wordsOf(edge)}</li>`)
  return html`<p class="faint">
      Left to right by the fewest steps from the start; a double ring: nothing is left to happen but faults.
    </p>
    <div class="scroll" tabindex="0" role="group" aria-label="state graph of ${caseId}">
      <svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${about}">
        ${edges.map((edge) => edgeOf(edge, places))}${dots}
      </svg>
    </div>
    <details class="state">
      <summary>the states and steps in words</summary>
      <ol start="0">
        ${states.map(({ parts }) => html`<li>${joined(parts, "; ")}</li>`)}
      </ol>
      <ul>
        ${named}
      </ul>
    </details>`
}
