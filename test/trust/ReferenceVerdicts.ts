/**
 * What a property about states, nodes or steps comes to over all the states that the reference explorer found: asked
 * everywhere, of whole views, with nothing remembered.
 */
import type { NodesView } from "../../src/model/index.ts"
import type { Property, StepView } from "../../src/property/index.ts"
import type { Visited, Walkable } from "./Walkable.ts"

/** An answer to a property, where it was given. */
interface Answer {
  readonly depth: number
  readonly faults: number
  readonly applies: boolean
  readonly is: boolean
  readonly threw: boolean
}

/** `holds of 7`, `violated in 3 with 1 faults`, `vacuous` and so on. */
export const judged = <S>(
  walkable: Walkable<S>,
  property: Property<unknown>,
  states: ReadonlyArray<Visited<S>>
): string => {
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
