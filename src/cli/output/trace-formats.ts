/**
 * The formats of a printed trace. src/trace/formats/Recorded.ts reads them.
 */
import { renderGraphviz } from "../../report/graphviz/digraph.ts"
import { renderJson } from "../../report/json/document.ts"
import { renderMermaid } from "../../report/mermaid/sequence.ts"
import { renderShiViz } from "../../report/shiviz/log.ts"
import { renderVitestCase } from "../../report/vitest-case/source.ts"
import { closest } from "../../suite/closest.ts"
import { UsageError } from "../../suite/UsageError.ts"
import { printTrace } from "../../trace/formats/Itf.ts"
import { type TraceSummary, type SummaryHead, traceSummaryOf } from "../../trace/TraceSummary.ts"
import type { Trace } from "../../trace/Trace.ts"

const formats: {
  readonly [name: string]: (summary: TraceSummary, trace: Trace, config: string | undefined) => string
} = {
  mermaid: renderMermaid,
  shiviz: renderShiViz,
  graphviz: renderGraphviz,
  json: renderJson,
  itf: ({ caseId, property }, trace) => printTrace(trace, { caseId, property }),
  vitest: (summary, _trace, config) => renderVitestCase(summary, requireConfig(config))
}

/** The configuration that a generated test imports. Throws `UsageError`. */
const requireConfig = (config: string | undefined): string => {
  if (config !== undefined) return config
  throw new UsageError({
    problem: "there is no plait.config.ts here for a test to import its models from",
    advice: "plait init writes one"
  })
}

/** Refuses an unknown format. Throws `UsageError`. */
export const requireFormat = (name: string): void => {
  if (Object.hasOwn(formats, name)) return
  const names = Object.keys(formats)
  throw new UsageError({
    problem: `there is no format "${name}"`,
    advice: `there are ${names.join(", ")}; did you mean ${closest(name, names) ?? "mermaid"}?`
  })
}

/**
 * A trace in a format. `config` is the module from which the generated test imports its models. Throws `UsageError`.
 */
export const printAs = (format: string, trace: Trace, head: SummaryHead, config: string | undefined): string => {
  requireFormat(format)
  return formats[format]?.(traceSummaryOf(trace, head), trace, config) ?? ""
}
