/**
 * Intentions of additions and removals, judged in quiescent states: an addition without a later removal stays, and a
 * removed element stays out. Each is half of an observed-remove set; other sets give one up.
 *
 * Source: DeCandia et al., "Dynamo" (2007), section 4.4, for removed items that come back; Shapiro et al. 2011, section
 * 3.3.2, for elements that can never be added again.
 *
 * Costs: the additions and removals with their true past per node and message multiply states.
 */
import { type AtQuiescence, type NodesView, Property } from "plait"
import { type UpdateMade, type UpdatesSeen, updatesSeen } from "./data-type-specification.ts"

/** The elements, or keys, that a client reads at a replica. */
export interface RemovalOptions<State> {
  readonly elements: (state: State) => ReadonlyArray<string>
}

interface ElementOperation {
  readonly _tag: string
  readonly element: string
}

/** An addition, with true if a removal of its element followed from it. */
const additions = ({ made }: UpdatesSeen) => {
  const updates = Object.values(made) as ReadonlyArray<UpdateMade<ElementOperation>>
  const of = (tag: string) => updates.filter(({ operation }) => operation._tag === tag)
  return of("Add").map(({ operation: { element }, past, write }) => {
    const removals = of("Remove").filter(({ operation }) => operation.element === element)
    return {
      write,
      element,
      removed: removals.some((removal) => removal.past.includes(write)),
      again: removals.some((removal) => past.includes(removal.write))
    }
  })
}

type Addition = ReturnType<typeof additions>[number]

const missing = <State>(
  { nodes }: NodesView<State>,
  elements: (state: State) => ReadonlyArray<string>,
  due: ReadonlyArray<Addition>
) =>
  nodes
    .filter(({ up }) => up)
    .flatMap(({ id, state }) =>
      due.filter(({ element }) => !elements(state).includes(element)).map(({ write }) => ({ id, write }))
    )

/**
 * An element that was added again after its removal is present, unless it was removed once more.
 *
 * **Details** ∀ add a with a removal in its past and in no removal's past: element(a) shown everywhere. Observes
 * `invoked`, `wrote` and `applied`, with true pasts.
 */
export const addedAgainIsThere = <State>({ elements }: RemovalOptions<State>): AtQuiescence<NodesView<State>> => {
  const due = (seen: UpdatesSeen) => additions(seen).filter(({ again, removed }) => again && !removed)
  return Property.atQuiescence<NodesView<State>, UpdatesSeen>("an element added again is there", {
    observer: updatesSeen,
    premise: (_view, seen) => due(seen).length > 0,
    holds: (view, seen) => missing(view, elements, due(seen)).length === 0,
    explain: (view, seen) =>
      missing(view, elements, due(seen))
        .map(({ id, write }) => `n${id} does not show what ${write} added after its removal.`)
        .join(" ")
  })
}

const ghosts = <State>(
  { nodes }: NodesView<State>,
  elements: (state: State) => ReadonlyArray<string>,
  seen: UpdatesSeen
) => {
  const all = additions(seen)
  const alive = all.filter(({ removed }) => !removed).map(({ element }) => element)
  return nodes
    .filter(({ up }) => up)
    .flatMap(({ id, state }) =>
      elements(state)
        .filter((element) => !alive.includes(element))
        .map((element) => ({ id, element }))
    )
}

/**
 * An element is absent in the end if a removal has seen each of its additions.
 *
 * **Details** shown(x) ⇒ ∃ add of x in no removal's past. Observes as `addedAgainIsThere`.
 */
export const removedStaysOut = <State>({ elements }: RemovalOptions<State>): AtQuiescence<NodesView<State>> =>
  Property.atQuiescence<NodesView<State>, UpdatesSeen>("a removed element does not come back", {
    observer: updatesSeen,
    premise: (_view, seen) => additions(seen).some(({ removed }) => removed),
    holds: (view, seen) => ghosts(view, elements, seen).length === 0,
    explain: (view, seen) =>
      ghosts(view, elements, seen)
        .map(({ element, id }) => `n${id} shows ${element}, though every addition of it was seen by a removal.`)
        .join(" ")
  })
