/**
 * The reference explorer: breadth-first over plain objects, a state's identity being a string of all that is in it. It
 * is here to be believed after one reading, and to be disagreed with by the engine as little as possible.
 *
 * It knows no protocol and no network: what can happen in a state of nodes is written out in ReferenceSteps.ts, what of
 * variables in Walkable.ts, and what a property comes to in ReferenceVerdicts.ts and ReferenceLiveness.ts.
 */
import type { System } from "../../src/model/index.ts"
import type { Property } from "../../src/property/index.ts"
import { judgedRuns } from "./ReferenceLiveness.ts"
import { judged } from "./ReferenceVerdicts.ts"
import { type Visited, type Walkable, walking } from "./Walkable.ts"

/** What both explorers say of a system; they must say the same. */
export interface Figures {
  readonly initial: number
  readonly distinct: number
  readonly generated: number
  /** Initial states and successors outside the constraints. */
  readonly outside: { readonly initial: number; readonly successors: number }
  readonly depth: number
  readonly levels: ReadonlyArray<number>
  readonly quiescent: number
  readonly deadlocked: number
  /** Transitions by each action that was taken. */
  readonly taken: { readonly [action: string]: number }
  /** States that some transition was the first to find. */
  readonly fresh: number
  /** Per property: `holds of 7`, `violated in 3 with 1 fault`, `vacuous` … */
  readonly verdicts: ReadonlyArray<string>
}

/** Explores a system and judges the properties; nothing if it has more states than the limit. */
export const referenceFigures = (
  system: System<unknown>,
  properties: ReadonlyArray<Property<unknown>>,
  limit: number,
  ticking = false
): Figures | undefined => {
  const figuresOf = (judged: ReadonlyArray<Property<unknown>>, all = judged) =>
    walking(system, all, (walkable) => explored(walkable, judged, limit), ticking)
  // What the observer of another remembers is nothing to a property about runs, but would make a step of what is none.
  const apart = properties.filter(
    ({ kind, observer }) =>
      kind === "eventually" && properties.some((other) => ![undefined, observer].includes(other.observer))
  )
  const figures = figuresOf(
    properties.filter((property) => !apart.includes(property)),
    properties
  )
  if (figures === undefined || apart.length === 0) return figures
  const together = [...figures.verdicts]
  const verdicts = [...properties, undefined].map((property) =>
    property !== undefined && apart.includes(property) ? figuresOf([property])?.verdicts[0] : together.shift()
  )
  return { ...figures, verdicts: verdicts.map(String) }
}

const explored = <S>(
  walkable: Walkable<S>,
  properties: ReadonlyArray<Property<unknown>>,
  limit: number
): Figures | undefined => {
  const found = new Map<string, Visited<S>>()
  /** What is outside the constraints: judged each time it is met, and then left alone. */
  const outside: Array<Visited<S>> = []
  for (const state of new Map(walkable.initial.map((each) => [walkable.identity(each), each])).values()) {
    const start = { state, depth: 0, faults: 0, steps: [] }
    if (walkable.excludes(undefined, state)) outside.push(start)
    else found.set(walkable.identity(state), start)
  }
  const initial = found.size
  const initialOutside = outside.length
  const taken: Record<string, number> = {}
  let generated = initial + initialOutside
  for (const visited of found.values()) {
    visited.steps = walkable.steps(visited.state)
    for (const { action, after, fault } of visited.steps) {
      generated++
      taken[action] = (taken[action] ?? 0) + 1
      const faults = visited.faults + (fault ? 1 : 0)
      if (walkable.excludes(visited.state, after)) {
        outside.push({ state: after, depth: visited.depth + 1, faults, steps: [] })
        continue
      }
      const known = found.get(walkable.identity(after))
      if (known === undefined) {
        found.set(walkable.identity(after), { state: after, depth: visited.depth + 1, faults, steps: [] })
      } else if (known.depth === visited.depth + 1) known.faults = Math.min(known.faults, faults)
    }
    if (found.size > limit) return undefined
  }
  const all = [...found.values()]
  const quiescent = all.filter(({ state, steps }) => walkable.isQuiescent(state, steps))
  const deadlocked = all.filter(({ state, steps }) => walkable.isDeadlocked(state, steps))
  const levels = Array.from(
    { length: (all.at(-1)?.depth ?? 0) + 1 },
    (_, depth) => all.filter((each) => each.depth === depth).length
  )
  return {
    initial,
    distinct: all.length,
    generated,
    outside: { initial: initialOutside, successors: outside.length - initialOutside },
    depth: levels.length - 1,
    levels,
    quiescent: quiescent.length,
    deadlocked: deadlocked.length,
    taken: Object.fromEntries(Object.entries(taken).sort()),
    fresh: all.length - initial,
    verdicts: [
      ...properties.map((property) =>
        property.kind === "eventually"
          ? judgedRuns(walkable, property, all)
          : judged(walkable, property, property.kind === "atQuiescence" ? quiescent : [...all, ...outside])
      ),
      noDeadlock(all.length, deadlocked)
    ]
  }
}

/** The verdict on the property that every exploration is judged by. */
const noDeadlock = (distinct: number, deadlocked: ReadonlyArray<Visited<unknown>>): string => {
  const depth = Math.min(...deadlocked.map((each) => each.depth))
  const faults = Math.min(...deadlocked.filter((each) => each.depth === depth).map((each) => each.faults))
  if (distinct === 0) return "vacuous"
  return deadlocked.length === 0 ? `holds of ${distinct}` : `violated in ${depth} with ${faults} faults`
}
