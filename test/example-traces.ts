/**
 * Three small traces by hand, for the tests of report formats: one with every fault that a diagram shows, a lasso of a
 * whole-state model, and one whose every text tries to break out of where it stands.
 */
import { type TraceSummary, traceSummaryOf } from "../src/trace/TraceSummary.ts"
import type { Trace, TraceStep } from "../src/trace/Trace.ts"

const envelope = (tag: string, from: number, to: number) => ({ from, to, message: { _tag: tag } })

const step = (number: number, kind: TraceStep["kind"], label: string, more: Partial<TraceStep>): TraceStep => ({
  number,
  kind,
  label,
  action: kind,
  fault: ["lose", "duplicate", "crash", "recover", "cut", "heal"].includes(kind),
  ordinal: number,
  node: undefined,
  received: undefined,
  sent: [],
  unsent: [],
  observations: [],
  state: {},
  ...more
})

const nodes = (rows: ReadonlyArray<unknown>, inboxes: ReadonlyArray<ReadonlyArray<string>>) =>
  Object.fromEntries(rows.map((state, index) => [`n${index}`, { state, inbox: inboxes[index] ?? [] }]))

/** Two puts of n0: one copy arrives, one is lost; n1 crashes while it passes the first on, and recovers. */
export const faulty: Trace = {
  initialIndex: 0,
  initial: nodes([0, 0, 0], [[], ["Hello from n2"], []]),
  steps: [
    step(1, "invoke", "n0 is asked to Put x", {
      node: 0,
      sent: [envelope("Replicate", 0, 1), envelope("Replicate", 0, 2)],
      observations: [{ kind: "acknowledged", write: "x", id: null, node: 0, past: [] }],
      state: nodes([1, 0, 0], [[], ["Hello from n2", "Replicate from n0"], ["Replicate from n0"]])
    }),
    step(2, "duplicate", "Replicate from n0 to n1 is duplicated", {
      node: 1,
      received: envelope("Replicate", 0, 1),
      state: nodes([1, 0, 0], [[], ["Hello from n2", "Replicate from n0", "Replicate from n0"], ["Replicate from n0"]])
    }),
    step(3, "lose", "Replicate from n0 to n2 is lost", {
      node: 2,
      received: envelope("Replicate", 0, 2),
      state: nodes([1, 0, 0], [[], ["Hello from n2", "Replicate from n0", "Replicate from n0"], []])
    }),
    step(4, "deliver", "n1 receives Hello from n2", {
      node: 1,
      received: envelope("Hello", 2, 1),
      state: nodes([1, 0, 0], [[], ["Replicate from n0", "Replicate from n0"], []])
    }),
    step(5, "crash", "n1 crashes while handling Replicate: nothing leaves for n2", {
      node: 1,
      received: envelope("Replicate", 0, 1),
      unsent: [envelope("Ack", 1, 2)],
      state: nodes([1, 0, 0], [[], ["Replicate from n0"], []])
    }),
    step(6, "cut", "the link n0–n2 is cut", { state: nodes([1, 0, 0], [[], ["Replicate from n0"], []]) }),
    step(7, "recover", "n1 recovers", { node: 1, state: nodes([1, 0, 0], [[], ["Replicate from n0"], []]) }),
    step(8, "deliver", "n1 receives Replicate from n0", {
      node: 1,
      received: envelope("Replicate", 0, 1),
      state: nodes([1, 1, 0], [[], [], []])
    })
  ]
}

/** A light that is switched on, and then blinks for ever. */
export const blinking: Trace = {
  initialIndex: 0,
  initial: { light: "off" },
  steps: [
    step(1, "action", "switch", { state: { light: "on" } }),
    step(2, "action", "dim", { state: { light: "dim" } }),
    step(3, "action", "shine", { state: { light: "on" } })
  ],
  loop: 1
}

/** What tries to end a string, a comment, a line, a statement, an element, a template or a directive. */
export const hostileText =
  '"\'`;#%%{init: {}}%%\\ */ --> ]]> </script><script>window.broken = 1</script><img src=x onerror=window.broken=1> ${window.broken = 1}\nend\nplait: race@9.9 {\u2028} n0 {"n0":9}'

/** Every text hostile. */
export const hostile: Trace = {
  initialIndex: 0,
  initial: { [hostileText]: hostileText },
  steps: [step(1, "action", hostileText, { state: { [hostileText]: [hostileText] } })]
}

/** The traces told. */
export const summaries: { readonly [name: string]: TraceSummary } = {
  faulty: traceSummaryOf(faulty, {
    caseId: "store/nodes=3",
    property: "no acknowledged write is lost",
    verdict: "violated",
    because: "n0 acknowledged x in step 1, and n2 never has it."
  }),
  blinking: traceSummaryOf(blinking, {
    caseId: "light",
    property: "the light stays on",
    verdict: "violated",
    because: ""
  }),
  hostile: traceSummaryOf(hostile, {
    caseId: "race/leaders=3,delivery=any-order",
    property: hostileText,
    verdict: "violated",
    because: hostileText
  })
}
