/**
 * A small report by hand: a known violation beside a proof, a new violation beside a limit, drift beside vacuity.
 */
import { createHash } from "node:crypto"
import type { Report, ShownCase } from "../src/report/html/Report.ts"
import type { CaseResult, PropertyReport } from "../src/suite/CheckCase.ts"
import type { DrawnGraph } from "../src/trace/DrawnGraph.ts"
import type { TraceSummary } from "../src/trace/TraceSummary.ts"
import { hostileText, summaries } from "./example-traces.ts"

const property = (
  name: string,
  verdict: PropertyReport["verdict"],
  more: Partial<PropertyReport> = {}
): PropertyReport => ({
  name,
  kind: "invariant",
  verdict,
  checked: 0,
  why: null,
  note: null,
  expected: verdict,
  counterexample: null,
  ...more
})

const decidedBy = ({ because, replay, steps }: TraceSummary): PropertyReport["counterexample"] => ({
  length: steps.length,
  loop: null,
  faults: 0,
  schedule: steps.map(({ label }) => label),
  replay,
  because,
  itf: null
})

const result = (id: string, model: string, nodes: number, properties: ReadonlyArray<PropertyReport>): CaseResult => ({
  id,
  model,
  parameters: { nodes, order: "any" },
  mode: "exhaustive",
  complete: true,
  stopReason: null,
  distinct: 1234,
  generated: 5000,
  transitions: 4999,
  depth: 9,
  quiescent: 1,
  deadlocked: 0,
  handlerRuns: 10,
  costs: null,
  growing: [],
  elapsedMillis: 1,
  bytesPerState: 10,
  digest: "0",
  actions: [
    { name: "invoke Put", taken: 5, fresh: 3, unchanged: 1, outcomes: null, fault: false, guard: null },
    { name: "lose", taken: 0, fresh: 0, unchanged: 0, outcomes: null, fault: false, guard: null }
  ],
  properties
})

const suiteCase = (found: CaseResult, more: Partial<ShownCase> = {}): ShownCase => ({
  result: found,
  about: "A store that replicates puts.",
  source: "by hand",
  drift: [],
  unexpected: new Set(),
  summaries: [],
  graph: undefined,
  walked: undefined,
  ...more
})

/** Three states: one step, then one back. */
export const stateGraphExample: DrawnGraph = {
  states: [
    { depth: 0, quiescent: false, parts: ["n0: {inserted: false}"] },
    { depth: 1, quiescent: false, parts: ["n0: {inserted: true}"] },
    { depth: 2, quiescent: true, parts: ["n0: {inserted: true, updated: true}"] }
  ],
  edges: [
    { from: 0, to: 1, labels: ["n0 is asked to Insert", "n0 is asked to Replace"] },
    { from: 1, to: 1, labels: ["n0 times out"] },
    { from: 1, to: 2, labels: ["n0 is asked to Update"] },
    { from: 2, to: 0, labels: ["n0 crashes"] }
  ]
}

const about = (summary: TraceSummary, id: string): TraceSummary => ({ ...summary, caseId: id })
const [faulty, blinking, hostile] = [summaries["faulty"]!, summaries["blinking"]!, summaries["hostile"]!]

/** The report; every text of its second trace tries to break out of where it stands. */
export const exampleReport: Report = {
  by: "plait 0.0.0",
  baseline: "reports/baseline.json",
  command: "plait",
  cases: [
    suiteCase(
      result("store/nodes=3", "store", 3, [
        property(faulty.property, "violated", { counterexample: decidedBy(faulty) }),
        property("replicas converge", "holds")
      ]),
      { summaries: [faulty], graph: stateGraphExample }
    ),
    suiteCase(
      result("store/nodes=4", "store", 4, [
        property(hostile.property, "violated", { expected: "holds", counterexample: decidedBy(hostile) }),
        property("replicas converge", "inconclusive", { why: "state limit" })
      ]),
      { summaries: [about(hostile, "store/nodes=4")], unexpected: new Set([hostileText]) }
    ),
    suiteCase(
      result("light", "light", 1, [
        property(blinking.property, "violated", { counterexample: decidedBy(blinking) }),
        property("a premise", "vacuous")
      ]),
      { summaries: [blinking], drift: [`light: “${blinking.property}”: trace 2 → 3 steps`] }
    )
  ],
  matrix: {
    contradictions: [],
    rows: [
      {
        design: "store, any order",
        setting: "no faults",
        cases: ["store/nodes=3"],
        strongest: ["replicas converge"],
        weakestViolated: [faulty.property],
        guarantees: [
          {
            name: faulty.property,
            verdict: "violated",
            steps: 8,
            through: null,
            replay: faulty.replay,
            because: null,
            schedule: [],
            loop: null
          },
          {
            name: "replicas converge",
            verdict: "holds",
            steps: null,
            through: null,
            replay: null,
            because: null,
            schedule: [],
            loop: null
          }
        ]
      }
    ]
  },
  guarantees: [
    { name: faulty.property, label: "NLW", about: "an acknowledged write survives", source: "by hand", implies: [] },
    { name: "replicas converge", label: "CON", about: "in the end all show the same", source: "by hand", implies: [] }
  ],
  digest: (text) => createHash("sha256").update(text).digest("base64")
}
