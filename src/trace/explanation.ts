/** Explanations why a trace decides a property, in the property's own words. */
import { callModelCode, brief, type Program, thrownText } from "../engine/index.ts"
import type { HistoryStep, Property } from "../property/index.ts"
import { inline } from "./diff.ts"
import type { Trace } from "./Trace.ts"

const viewIn = (program: Program, state: Int32Array): unknown =>
  program.view((position) => {
    const { project, slot } = program.positions[position] ?? { slot: 0, project: undefined }
    const id = state[slot] ?? 0
    return project === undefined ? id : (project.data[id] ?? 0)
  })

/** The abstract states before and after the step that is not a step of the abstract model. */
const mapped = (
  program: Program,
  { abstract, map }: Extract<Property<unknown>, { readonly kind: "refines" }>,
  states: ReadonlyArray<Int32Array>
): string => {
  const [before, after] = states.slice(-2).map((state) => {
    const shown = map(viewIn(program, state)) as Readonly<Record<string, unknown>>
    return Object.entries(shown).map(([name, value]) => `${name}: ${inline(value)}`)
  })
  if (before === undefined) return ""
  if (after === undefined)
    return `The initial state maps to no initial state of ${abstract.name}: ${before.join(", ")}.`
  return `The step maps to no step of ${abstract.name}: from ${before.join(", ")} to ${after.join(", ")}.`
}

/** The error of an explanation that threw, or returned no text. The verdict itself stands. */
export class ExplanationFailed extends Error {
  readonly _tag = "ExplanationFailed"
  /** The property's name. */
  readonly property: string

  /** `options.cause`: the value that was thrown, if any. */
  constructor(property: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.property = property
  }
}

/** The reason for a verdict. */
export interface Explained {
  /** The property's explanation, empty if it has none; a sentence about the failure if the explanation failed. */
  readonly because: string
  readonly unexplained?: ExplanationFailed
}

const failed = (property: string, happened: string, options?: ErrorOptions): Explained => ({
  because: `The explanation ${happened}.`,
  unexplained: new ExplanationFailed(property, `the explanation of “${property}” ${happened}`, options)
})

/** Obstacles to a deadlocked run: the conditions on which its parts wait. */
const waiting = (program: Program, states: ReadonlyArray<Int32Array>): string => {
  const waits = program.waits(states[states.length - 1] ?? new Int32Array(program.slots))
  const reason = waits.length === 0 ? "The state is no declared end." : waits.join(" ")
  return `No step leads out of this state. ${reason}`
}

/** The reason why the last state of a trace decides a property. Errors of the explanation are returned. */
export const explanation = (
  program: Program,
  property: Property<unknown>,
  states: ReadonlyArray<Int32Array>,
  trace: Trace
): Explained => {
  const { name } = property
  const where = `the explanation of “${name}”`
  const schedule = [trace.initialIndex, ...trace.steps.map(({ ordinal }) => ordinal)].join(".")
  try {
    const words: unknown = callModelCode(
      () => ({ where, input: `the run ${schedule}` }),
      () => wordsFor(program, property, states, trace)
    )
    return typeof words === "string" ? { because: words } : failed(name, `returned ${brief(words)}, which is no text`)
  } catch (thrown) {
    return failed(name, `threw ${thrownText(thrown)}`, { cause: thrown })
  }
}

const wordsFor = (
  program: Program,
  property: Property<unknown>,
  states: ReadonlyArray<Int32Array>,
  trace: Trace
): unknown => {
  if (property.kind === "refines" && property.explain === undefined) return mapped(program, property, states)
  if (property.kind === "noDeadlock") return waiting(program, states)
  if (property.explain === undefined) return ""
  const viewOf = (state: Int32Array): unknown => viewIn(program, state)
  const history = trace.steps.map(({ label, node, number, observations }): HistoryStep<unknown> =>
    Object.freeze({
      number,
      label,
      node,
      observations,
      after: viewOf(states[number] ?? new Int32Array(program.slots))
    })
  )
  const last = states[states.length - 1] ?? new Int32Array(program.slots)
  const slot = property.observer === undefined ? undefined : program.observerSlots.get(property.observer)
  const remembered = slot === undefined ? undefined : program.remembered(slot, last[slot] ?? 0)
  return property.explain(viewOf(last), remembered as never, Object.freeze(history) as never)
}
