/**
 * SARIF 2.1.0, as the code scanning of GitHub and Azure and editors read it: a result for each issue at the line that
 * declares the property, with the trace as a code flow through the lines of the handlers that ran.
 *
 * Source: OASIS, "Static Analysis Results Interchange Format Version 2.1.0" (2020). `partialFingerprints` carry a
 * fingerprint of plait: an issue keeps its identity when its lines move. An issue without a line has no location, which
 * the schema allows and GitHub does not show.
 */
import type { Log, ReportingDescriptor, Result, ThreadFlowLocation } from "sarif"
import type { SourceLocation } from "../../coverage/Coverage.ts"
import type { RunReport } from "../../suite/RunReport.ts"
import { visibleIn } from "../visible.ts"
import { type Issue, issuesOf } from "../issues.ts"

/** The whole document. `version` is that of plait. */
export const renderSarif = (report: RunReport, version: string): string => {
  const issues = visibleIn(issuesOf(report))
  const rules = [...new Set(issues.map(({ rule }) => rule))].sort()
  const log: Log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "plait", version, rules: rules.map((rule) => ruleOf(rule, rules)) } },
        columnKind: "utf16CodeUnits",
        results: issues.map((issue) => resultOf(issue, rules))
      }
    ]
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

const slugOf = (rule: string): string => rule.toLowerCase().replace(/[^a-z0-9]+/g, "-")

/** The identifier of a rule, with its number if another rule has the same words, or if no words are left. */
const idOf = (rule: string, rules: ReadonlyArray<string>): string => {
  const slug = slugOf(rule)
  const isOne = slug !== "-" && rules.every((other) => other === rule || slugOf(other) !== slug)
  return isOne ? slug : `${slug}-${rules.indexOf(rule) + 1}`
}

const ruleOf = (rule: string, rules: ReadonlyArray<string>): ReportingDescriptor => ({
  id: idOf(rule, rules),
  name: rule,
  shortDescription: { text: rule === "baseline" ? "the outcome is the pinned one" : rule },
  defaultConfiguration: { level: "error" }
})

const resultOf = (issue: Issue, rules: ReadonlyArray<string>): Result => {
  const { because, fingerprint, level, place, replay, rule, sentence, steps } = issue
  const text = [sentence, because, replay === undefined ? "" : `Again: ${replay}`]
  return {
    ruleId: idOf(rule, rules),
    ruleIndex: rules.indexOf(rule),
    // SARIF calls an undecided property open, with the level none.
    ...(level === "error" ? { level } : { kind: "open", level: "none" }),
    message: { text: text.filter((each) => each !== "").join("\n") },
    ...(place === undefined ? {} : { locations: [locationOf(place)] }),
    partialFingerprints: { "plaitCaseAndProperty/v1": fingerprint },
    ...(steps.length === 0 ? {} : { codeFlows: [{ threadFlows: [{ locations: steps.map(flowLocation) }] }] })
  }
}

const flowLocation = ({ changes, label, number, place }: Issue["steps"][number]): ThreadFlowLocation => ({
  executionOrder: number,
  location: {
    ...(place === undefined ? {} : locationOf(place)),
    message: { text: [label, ...changes].join("\n") }
  }
})

const locationOf = ({ column, file, line }: SourceLocation) => ({
  physicalLocation: {
    artifactLocation: { uri: encodeURI(file) },
    region: { startLine: line, startColumn: column }
  }
})
