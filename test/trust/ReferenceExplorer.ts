/**
 * The reference explorer: breadth-first over plain objects, a state's identity being a string of all that is in it. It
 * is here to be believed after one reading, and to be disagreed with by the engine as little as possible.
 */
import type { NodesView, System } from "../../src/model/index.ts"
import type { Property, StepView } from "../../src/property/index.ts"
import { judgedRuns } from "./ReferenceLiveness.ts"
import { type Visited, type Walkable, walking } from "./Walkable.ts"

/** What both explorers say of a system; they must say the same. */
export interface Figures {
  readonly initial: number
  readonly distinct: number
  readonly generated: number
  readonly depth: number
  readonly levels: ReadonlyArray<number>
  readonly quiescent: number
  readonly stuck: number
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
  limit: number
): Figures | undefined => walking(system, properties, (walkable) => explored(walkable, properties, limit))

const explored = <S>(
  walkable: Walkable<S>,
  properties: ReadonlyArray<Property<unknown>>,
  limit: number
): Figures | undefined => {
  const found = new Map<string, Visited<S>>()
  for (const state of walkable.initial) {
    found.set(walkable.identity(state), { state, depth: 0, faults: 0, steps: [] })
  }
  const initial = found.size
  const taken: Record<string, number> = {}
  let generated = initial
  for (const visited of found.values()) {
    visited.steps = walkable.steps(visited.state)
    for (const { action, after, fault } of visited.steps) {
      generated++
      taken[action] = (taken[action] ?? 0) + 1
      const faults = visited.faults + (fault ? 1 : 0)
      const known = found.get(walkable.identity(after))
      if (known === undefined) {
        found.set(walkable.identity(after), { state: after, depth: visited.depth + 1, faults, steps: [] })
      } else if (known.depth === visited.depth + 1) known.faults = Math.min(known.faults, faults)
    }
    if (found.size > limit) return undefined
  }
  const all = [...found.values()]
  const quiescent = all.filter(({ state, steps }) => walkable.isQuiescent(state, steps.length))
  const levels = Array.from(
    { length: all.at(-1)!.depth + 1 },
    (_, depth) => all.filter((each) => each.depth === depth).length
  )
  return {
    initial,
    distinct: all.length,
    generated,
    depth: levels.length - 1,
    levels,
    quiescent: quiescent.length,
    stuck: all.filter((each) => each.steps.length === 0 && !quiescent.includes(each)).length,
    taken: Object.fromEntries(Object.entries(taken).sort()),
    fresh: all.length - initial,
    verdicts: properties.map((property) =>
      property.kind === "eventually"
        ? judgedRuns(walkable, property, all)
        : judged(walkable, property, property.kind === "atQuiescence" ? quiescent : all)
    )
  }
}

/** An answer to a property, where it was given. */
interface Answer {
  readonly depth: number
  readonly faults: number
  readonly applies: boolean
  readonly is: boolean
  readonly threw: boolean
}

const judged = <S>(walkable: Walkable<S>, property: Property<unknown>, states: ReadonlyArray<Visited<S>>): string => {
  const decisive = property.kind === "reachable"
  const answers = states.flatMap((visited) => answersAt(walkable, property, visited))
  const deciding = answers.filter(({ is, threw }) => !threw && is === decisive)
  const first = Math.min(...deciding.map(({ depth }) => depth))
  if (answers.some(({ depth, threw }) => threw && depth <= first)) return "failed"
  if (deciding.length > 0) {
    const faults = Math.min(...deciding.filter(({ depth }) => depth === first).map((each) => each.faults))
    return `${decisive ? "reached" : "violated"} in ${first} with ${faults} faults`
  }
  const checked = answers.filter(({ applies }) => applies).length
  if (decisive) return "unreached"
  return checked === 0 ? "vacuous" : `holds of ${checked}`
}

const answersAt = <S>(
  walkable: Walkable<S>,
  property: Property<unknown>,
  visited: Visited<S>
): ReadonlyArray<Answer> => {
  const { depth, faults, state, steps } = visited
  const view = walkable.view(state)
  const answer = (is: () => boolean, applies: () => boolean, more = { depth, faults }): Answer => {
    try {
      return { ...more, applies: applies(), is: is(), threw: false }
    } catch {
      return { ...more, applies: true, is: false, threw: true }
    }
  }
  switch (property.kind) {
    case "nodeInvariant": {
      const { nodes } = view as NodesView<never>
      const { holdsAt, premiseAt } = property
      return [
        answer(
          () => nodes.every(holdsAt),
          () => premiseAt === undefined || nodes.some(premiseAt)
        )
      ]
    }
    case "stepInvariant":
      return steps.map(({ action, after, fault, node, observations }) => {
        const step: StepView = { action, node, observations }
        const across = { depth: depth + 1, faults: faults + (fault ? 1 : 0) }
        return answer(
          () => property.holdsAcross(view, walkable.view(after), step),
          () => true,
          across
        )
      })
    default: {
      const remembered = walkable.remembered(state, property.observer) as never
      return [
        answer(
          () => property.holds(view, remembered),
          () => property.premise?.(view, remembered) ?? true
        )
      ]
    }
  }
}
