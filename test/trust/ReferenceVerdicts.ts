/**
 * What a property about states, nodes or steps comes to over all the states that the reference explorer found: asked
 * everywhere, of whole views, with nothing remembered.
 */
import { text } from "./ReferenceState.ts"
import type { NodesView } from "../../src/model/index.ts"
import type { Property, StepView } from "../../src/property/index.ts"
import { type Visited, type Walkable, walkableVariables } from "./Walkable.ts"

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
  if (checked === 0) return "vacuous"
  return decisive ? "unreached" : `holds of ${checked}`
}

const answersAt = <S>(
  walkable: Walkable<S>,
  property: Property<unknown>,
  visited: Visited<S>
): ReadonlyArray<Answer> => {
  const { depth, faults, state, steps } = visited
  const view = walkable.view(state)
  /** An implication; of a situation, both. */
  const answer = (is: () => boolean, applies: () => boolean, more = { depth, faults }): Answer => {
    try {
      const given = applies()
      return { ...more, applies: given, is: given ? is() : property.kind !== "reachable", threw: false }
    } catch {
      return { ...more, applies: true, is: false, threw: true }
    }
  }
  switch (property.kind) {
    case "nodeInvariant": {
      const { nodes } = view as NodesView<never>
      const { holdsAt, premiseAt } = property
      // Node by node: the first that is not as claimed, or throws, decides; the premises of the others do not matter.
      const speaks: Array<boolean> = []
      const is = (node: NodesView<never>["nodes"][number]): boolean => {
        const given = premiseAt?.(node) ?? true
        speaks.push(given)
        return !given || holdsAt(node)
      }
      try {
        const every = nodes.every(is)
        return [{ depth, faults, applies: speaks.includes(true), is: every, threw: false }]
      } catch {
        return [{ depth, faults, applies: true, is: false, threw: true }]
      }
    }
    case "stepInvariant":
      return steps.map(({ action, after, fault, node, observations }) => {
        const step: StepView = { action, node, observations }
        const across = { depth: depth + 1, faults: faults + (fault ? 1 : 0) }
        return answer(
          () => property.holdsAcross(view, walkable.view(after), step),
          () => property.premiseAcross?.(view, walkable.view(after), step) ?? true,
          across
        )
      })
    case "refines":
      return refined(walkable, property, visited)
    default: {
      const remembered = walkable.remembered(state, property.observer) as never
      return [
        answer(
          () => property.holds(view, remembered, walkable.enabled(state)),
          () => property.premise?.(view, remembered, walkable.enabled(state)) ?? true
        )
      ]
    }
  }
}

/** Whether an initial state maps to an initial one, and each step to no change or to a step that runs again. */
const refined = <S>(
  walkable: Walkable<S>,
  { abstract, map }: Extract<Property<unknown>, { readonly kind: "refines" }>,
  { depth, faults, state, steps }: Visited<S>
): ReadonlyArray<Answer> => {
  const above = walkableVariables(abstract)
  const values = (view: unknown) => text(Object.values(view as object).flat())
  const mapped = (of: S) => map(walkable.view(of)) as object
  const isSame = (left: object, right: object) => values(left) === values(right)
  const atStart = { depth, faults, applies: true, threw: false }
  const start =
    depth > 0 ? [] : [{ ...atStart, is: above.initial.some((each) => text(each) === values(mapped(state))) }]
  const across = steps.map(({ after, fault }): Answer => {
    const from = Object.values(mapped(state)).flat()
    const is =
      isSame(mapped(state), mapped(after)) ||
      above.steps(from).some((step) => text(step.after) === values(mapped(after)))
    return { depth: depth + 1, faults: faults + (fault ? 1 : 0), applies: true, threw: false, is }
  })
  return [...start, ...across]
}
