/**
 * Messages in diagrams that are lost without a budget of the network: a crash broke their connections, or they were
 * sent to a node that is down.
 */
import { expect, test } from "vitest"
import { renderGraphviz } from "../report/graphviz/digraph.ts"
import { renderMermaid } from "../report/mermaid/sequence.ts"
import { entriesOf } from "../../test/programs.ts"
import { asked, asks, speakers } from "../../test/speakers.ts"
import { Faults, type InFlight } from "../model/index.ts"
import { spaceTimeOf } from "./SpaceTime.ts"
import { traceSummaryOf } from "./TraceSummary.ts"
import { type Trace, type TraceStep, traceStep } from "./Trace.ts"

/** The trace with steps of these labels, of n0 that says a and b to n1, which may crash. */
const traceOf = (inFlight: InFlight, ...labels: ReadonlyArray<string>): Trace => {
  const faults = Faults.crash({ nodes: [1], recoveries: 1, inFlight })
  const program = speakers({ ...asked(["a", "b"]), faults })
  let state = program.initial[0]!
  const initial = program.snapshot(state)
  const steps: Array<TraceStep> = labels.map((label, index) => {
    const entries = entriesOf(program, state)
    const ordinal = entries.findIndex((_, place) => program.describeStep(state, place).label === label)
    const after = entries[ordinal]!.next
    const step = traceStep(program, index + 1, state, ordinal, after)
    state = after
    return step
  })
  return { initialIndex: 0, initial, steps }
}

const [a, b] = [asks(0, "a"), asks(0, "b")]
const fates = (trace: Trace) => spaceTimeOf(trace)?.arrows.map(({ endsIn, fate, sentIn }) => [sentIn, endsIn, fate])

test("a crash that keeps messages ends no arrow; one whose connections break ends them, and those sent after it", () => {
  expect(fates(traceOf("kept", a, "n1 crashes", b))).toEqual([
    [1, undefined, "in flight"],
    [3, undefined, "in flight"]
  ])
  const lost = [
    [1, 2, "lost"],
    [3, 3, "lost"]
  ]
  expect(fates(traceOf("lost", a, "n1 crashes", b))).toEqual(lost)
  expect(fates(traceOf("either", a, "n1 crashes, its connections break", b))).toEqual(lost)
  expect(fates(traceOf("either", a, "n1 crashes, its connections break", "n1 recovers", b))).toEqual([
    [1, 2, "lost"],
    [4, undefined, "in flight"]
  ])
})

test("sequences and digraphs show what is lost beside a step, and the step itself", () => {
  const summary = traceSummaryOf(traceOf("lost", a, "n1 crashes", b), {
    caseId: "speakers",
    property: "n1 hears",
    verdict: "violated",
    because: ""
  })
  // A crash is no arrival: its table row names no step that sent something.
  expect(summary.steps.map(({ sentIn }) => sentIn)).toEqual([undefined, undefined, undefined])
  const sequence = renderMermaid(summary).split("\n")
  expect(sequence.filter((line) => /crashes|lost/.test(line))).toEqual([
    "  Note over n1: 2. n1 crashes",
    "  n0--xn1: 2. Told is lost (sent in step 1)",
    "  n0--xn1: 3. Told is lost (sent in step 3)"
  ])
  const digraph = renderGraphviz(summary)
  expect(digraph).toContain('s1 -> s2 [style=dashed, label="Told", arrowhead=tee, color=red]')
  expect(digraph).toContain('label="Told to n1 is lost"')
})
