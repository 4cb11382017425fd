/**
 * Takes the traces that the engine reports again among the reference explorer's own steps: each has to be a run there,
 * and one that goes on for ever has to be fair and to lack what the property says, by the words of the property alone.
 *
 * A trace does not print all of a state (clocks, causal pasts), so several runs may look like it; one that fits is enough.
 */
import type { Eventually, Property } from "../../src/property/index.ts"
import type { System } from "../../src/model/index.ts"
import type { Trace } from "../../src/trace/Trace.ts"
import { demandsOn } from "./ReferenceLiveness.ts"
import type { Step } from "./ReferenceState.ts"
import { type Walkable, walking } from "./Walkable.ts"

/** A run by its states and the steps between them. */
interface Run<S> {
  readonly states: ReadonlyArray<S>
  readonly steps: ReadonlyArray<Step<S>>
}

/** Runs that look like one trace; more are not followed. */
const mostRuns = 200

/** What is wrong with the trace of each property that has one, in words. */
export const wrongTraces = (
  system: System<unknown>,
  properties: ReadonlyArray<Property<unknown>>,
  traces: ReadonlyArray<Trace | undefined>
): ReadonlyArray<string> =>
  properties.flatMap((property, index) => {
    const trace = traces[index]
    if (trace === undefined) return []
    return walking(system, [property], (walkable) => {
      const runs = runsLike(walkable, trace)
      if (runs.length === 0) return [`${property.name}: its trace is no run`]
      if (property.kind !== "eventually" || runs.some((run) => isViolation(walkable, property, run, trace.loop)))
        return []
      return [`${property.name}: its run does not violate it`]
    })
  })

const runsLike = <S>(walkable: Walkable<S>, { initial, steps }: Trace): ReadonlyArray<Run<S>> =>
  steps.reduce(
    (runs: ReadonlyArray<Run<S>>, printed) =>
      runs
        .flatMap(({ states, steps: taken }) =>
          walkable
            .steps(states.at(-1)!)
            .filter(({ action, node }) => action === printed.action && node === printed.node)
            .filter(({ after }) => walkable.looksAs(after, printed.state))
            .map((step) => ({ states: [...states, step.after], steps: [...taken, step] }))
        )
        .slice(0, mostRuns),
    walkable.initial
      .filter((state) => walkable.looksAs(state, initial))
      .map((state) => ({ states: [state], steps: [] }))
  )

/** Whether a run that goes back from its last state to state `loop`, for ever, is fair and lacks what is claimed. */
const isViolation = <S>(
  walkable: Walkable<S>,
  property: Eventually<unknown>,
  { states, steps }: Run<S>,
  loop: number | undefined
): boolean => {
  const { identity } = walkable
  if (loop === undefined || identity(states[loop]!) !== identity(states.at(-1)!)) return false
  const repeated = loop === states.length - 1 ? states.slice(loop) : states.slice(loop, -1)
  if (!isFair(walkable, property, repeated, steps.slice(loop))) return false
  const remembered = (state: S) => walkable.remembered(state, property.observer) as never
  const lacks = (state: S) => !property.holds(walkable.view(state), remembered(state), walkable.enabled(state))
  const begins = (state: S, index: number) =>
    property.premise?.(walkable.view(state), remembered(state), walkable.enabled(state)) ?? index === 0
  return property.stable
    ? states.some(begins) && repeated.some(lacks)
    : states.some((state, index) => begins(state, index) && states.slice(index).every(lacks))
}

const isFair = <S>(
  walkable: Walkable<S>,
  property: Eventually<unknown>,
  repeated: ReadonlyArray<S>,
  steps: ReadonlyArray<Step<S>>
): boolean => {
  const changes = (from: S, { after }: Step<S>) => walkable.identity(after) !== walkable.identity(from)
  const enabled = repeated.map((state) => [
    ...walkable.steps(state).filter((step) => changes(state, step)),
    ...walkable.outOfTime(state)
  ])
  const namesOf = (step: Step<S>) => demandsOn(property, step).map(({ name }) => name)
  const taken = new Set(steps.filter((step, index) => changes(repeated[index]!, step)).flatMap(namesOf))
  const demands = enabled.flat().flatMap((step) => demandsOn(property, step))
  return demands.every(({ name, fairnessKind }) => {
    if (fairnessKind === "none") return true
    if (fairnessKind === "finite") return !taken.has(name)
    if (taken.has(name) || fairnessKind === "strong") return taken.has(name)
    return !enabled.every((each) => each.some((step) => namesOf(step).includes(name)))
  })
}
