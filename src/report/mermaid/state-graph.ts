/**
 * All states of a small system as a Mermaid `stateDiagram-v2`, which forges render. The steps between two states are
 * one arrow with several lines. A quiescent state leads to the end sign.
 */
import type { DrawnGraph } from "../../trace/DrawnGraph.ts"
import { visible } from "../visible.ts"
import { escaped } from "./escaped.ts"

// In labels of states and arrows a colon would start another label.
const label = (lines: ReadonlyArray<string>): string =>
  lines.map((line) => escaped(line).replace(/[:"]/g, (sign) => `#${sign.charCodeAt(0)};`)).join("<br/>")

/** The diagram as text. */
export const renderStateDiagram = (caseId: string, { edges, states }: DrawnGraph): string =>
  [
    "stateDiagram-v2",
    `%% all ${states.length} states of ${visible(caseId)}`,
    "  direction LR",
    ...states.map(({ parts }, state) => `  state "${label([String(state), ...parts])}" as s${state}`),
    ...states.flatMap(({ depth }, state) => (depth === 0 ? [`  [*] --> s${state}`] : [])),
    ...edges.map(({ from, labels, to }) => `  s${from} --> s${to}: ${label(labels)}`),
    ...states.flatMap(({ quiescent }, state) => (quiescent ? [`  s${state} --> [*]`] : [])),
    ""
  ].join("\n")
