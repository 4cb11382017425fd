/**
 * A small run by hand, from which every report format's fixture is made: a register whose merge was never taken, a property
 * violated in two steps with signs that each format has to escape, one that a limit left undecided, one that threw, a
 * situation never reached, a system without guards, and drift.
 */
import type { SourceLocation } from "../src/coverage/Coverage.ts"
import type { CaseResult, PropertyReport } from "../src/suite/CheckCase.ts"
import { coverageOf, type ReportedCase, type RunReport } from "../src/suite/RunReport.ts"

const property = (name: string, more: Partial<PropertyReport>): PropertyReport => ({
  name,
  kind: "invariant",
  verdict: "holds",
  checked: 3,
  why: null,
  note: null,
  expected: "holds",
  counterexample: null,
  ...more
})

const result = (id: string, more: Pick<CaseResult, "actions" | "properties"> & Partial<CaseResult>): CaseResult => ({
  id,
  model: id.split("/")[0] ?? id,
  parameters: {},
  mode: "exhaustive",
  complete: true,
  stopReason: null,
  distinct: 1234,
  generated: 1235,
  transitions: 1234,
  depth: 7,
  quiescent: 1,
  deadlocked: 0,
  handlerRuns: 5,
  costs: null,
  growing: [],
  elapsedMillis: 12,
  bytesPerState: 8,
  digest: "0123456789abcdef",
  ...more
})

const lost = "no write is lost, <ever> & 100%"

const register = result("register/replicas=2", {
  complete: false,
  stopReason: "state limit",
  actions: [
    {
      name: "invoke Put",
      fault: false,
      taken: 40,
      fresh: 30,
      unchanged: 2,
      outcomes: [
        { taken: 4, unchanged: 1, sent: 3, answered: 2, refused: 1 },
        { taken: 0, unchanged: 0, sent: 0, answered: 0, refused: 0 }
      ],
      guard: { enabled: 4, disabled: 0 }
    },
    {
      name: "deliver Merge",
      fault: false,
      taken: 0,
      fresh: 0,
      unchanged: 0,
      outcomes: [
        { taken: 0, unchanged: 0, sent: 0, answered: 0, refused: 0 },
        { taken: 0, unchanged: 0, sent: 0, answered: 0, refused: 0 }
      ],
      guard: { enabled: 0, disabled: 2 }
    },
    { name: "lose", fault: true, taken: 1194, fresh: 1100, unchanged: 0, outcomes: null, guard: null }
  ],
  properties: [
    property(lost, {
      verdict: "violated",
      counterexample: {
        length: 2,
        loop: null,
        faults: 1,
        schedule: ["n0 is asked to Put", "Put | from n0 is lost"],
        replay: "register/replicas=2@0.0.1",
        because: 'n1 never hears of "x":\nits message is lost.',
        itf: null
      }
    }),
    property("replicas converge", { kind: "atQuiescence", verdict: "inconclusive", why: "state limit", checked: 9 }),
    property("two merges cross", { kind: "reachable", verdict: "unreached", expected: "unreached", checked: 0 })
  ]
})

const counter = result("counter", {
  actions: [{ name: "tick", fault: false, taken: 1234, fresh: 1233, unchanged: 1, outcomes: null, guard: null }],
  properties: [property("counts up", { verdict: "failed", why: "TypeError: x is undefined", checked: 0 })]
})

const at = (file: string, line: number, column: number): ReadonlyArray<SourceLocation> => [{ file, line, column }]

const placesOf: { readonly [name: string]: ReadonlyArray<SourceLocation> } = {
  "invoke Put": at("models/register.ts", 2, 8),
  "deliver Merge": at("models/register.ts", 3, 10),
  tick: at("models/counter.ts", 1, 7),
  [lost]: at("properties/lost.ts", 1, 1),
  "two merges cross": at("properties/lost.ts", 2, 1)
}

const reported = (suiteCase: CaseResult, more: Pick<ReportedCase, "steps" | "unmet">): ReportedCase => ({
  result: suiteCase,
  coverage: coverageOf(suiteCase, {
    ofAction: (name) => placesOf[name] ?? [],
    ofProperty: (name) => placesOf[name] ?? []
  }),
  ...more
})

/** The run. */
export const run: RunReport = {
  schema: "plait/report@2",
  plait: "npx plait",
  cases: [
    reported(register, {
      unmet: [lost, "replicas converge"],
      steps: {
        [lost]: [
          {
            number: 1,
            action: "invoke Put",
            label: "n0 is asked to Put",
            fault: false,
            changes: ['n0.state: {} → {"x":1}', "n1.inbox: [] → [Put]"]
          },
          { number: 2, action: "lose", label: "Put | from n0 is lost", fault: true, changes: ["n1.inbox: [Put] → []"] }
        ]
      }
    }),
    reported(counter, { unmet: ["counts up"], steps: {} })
  ],
  drift: [
    "counter: states 1,000 → 1,234",
    // Says again what is a finding already.
    "counter: “counts up”: holds → failed"
  ]
}

/** The text of the files that the run's places are in. */
export const sources: ReadonlyMap<string, string> = new Map([
  [
    "models/register.ts",
    "handlers({\n  Put: (state) => put(state),\n  Merge: (state, other) => merge(state, other)\n})\n"
  ],
  ["models/counter.ts", "tick: (count) => count + 1\n"],
  ["properties/lost.ts", "(view) => nothingLost(view)\n(view) => crossing(view)\n"]
])
