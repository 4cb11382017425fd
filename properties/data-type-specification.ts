/**
 * Specification of a replicated data type, stated without replicas: a function of the updates that a replica has
 * applied and of the happens-before order among them. Convergence alone does not detect a value that is wrong at every
 * replica.
 *
 * Source: Burckhardt, Gotsman, Yang, Zawirski, "Replicated data types: specification, verification, optimality" (POPL
 * 2014), section 3. Happens-before is plait's record over the messages, never the protocol's own clock.
 *
 * Costs: the applied updates per node and the true past per node and message multiply states; the function is evaluated
 * once per distinct set of updates.
 */
import { Equal, Formatter } from "effect"
import { type Invariant, type NodesView, type Observation, Observer, Property, type WriteName } from "plait"

/** An update in the form in which its client requested it. */
export interface UpdateMade<Operation> {
  readonly write: WriteName
  readonly operation: Operation
  /** The node at which it was invoked. */
  readonly node: number
  /** The updates that happened before it, applied here or not. */
  readonly past: ReadonlyArray<WriteName>
}

/** The updates of a run so far, by name, and the names of those each node has applied, sorted. */
export interface UpdatesSeen {
  readonly invoked: unknown
  readonly made: { readonly [write: WriteName]: UpdateMade<unknown> }
  readonly applied: { readonly [node: number]: ReadonlyArray<WriteName> }
}

const afterWrote = (before: UpdatesSeen, write: WriteName, { node, past }: Observation): UpdatesSeen => ({
  ...before,
  invoked: null,
  made: { ...before.made, [write]: { write, operation: before.invoked, node, past } }
})

/** Records every update with its operation and its true past, and the nodes at which it was applied. */
export const updatesSeen = Observer.make("updates made and applied", {
  initial: { invoked: null, made: {}, applied: {} } as UpdatesSeen,
  observe: (before, seen): UpdatesSeen => {
    if (seen.kind === "invoked") return { ...before, invoked: seen.operation }
    if (seen.kind === "read") return { ...before, invoked: null }
    if (seen.kind === "wrote") return afterWrote(before, seen.write, seen)
    if (seen.kind !== "applied") return before
    const writes = before.applied[seen.node] ?? []
    if (writes.includes(seen.write)) return before
    return { ...before, applied: { ...before.applied, [seen.node]: [...writes, seen.write].sort() } }
  },
  causal: true
})

/** The updates that a node has applied, sorted by name. */
export const appliedAt = <Operation>(seen: UpdatesSeen, node: number): ReadonlyArray<UpdateMade<Operation>> =>
  (seen.applied[node] ?? []).flatMap((write) => {
    const update = seen.made[write]
    return update === undefined ? [] : [update as UpdateMade<Operation>]
  })

/** Options of a property that replicas show the value of a specification. */
export interface SpecificationOptions<State, Operation> {
  /** The property in words, such as `the value is the number of increments`. */
  readonly property: string
  /** The value that a client can read at a replica. */
  readonly view: (state: State) => unknown
  /** The value that it should read there, given the updates applied there; plain data, compared by value. */
  readonly value: (applied: ReadonlyArray<UpdateMade<Operation>>) => unknown
}

/** Updates by name, each with those of them that happened before it. */
const withCauses = (updates: ReadonlyArray<UpdateMade<unknown>>): string => {
  if (updates.length === 0) return "nothing"
  return updates
    .map(({ past, write }) => {
      const causes = updates.filter((other) => past.includes(other.write)).map((other) => other.write)
      return causes.length === 0 ? write : `${write} (after ${causes.join(", ")})`
    })
    .join(", ")
}

/**
 * In every state every node that is up shows the specified value of the updates it has applied.
 *
 * **Details** ∀ i up: view(i) = value({(u, past(u)) : u ∈ D(i)}). Premise: an update was applied. Implies strong
 * convergence. Observes `invoked`, `wrote` and `applied`; the true past is stored per node and message.
 */
export const meetsSpecification = <State, Operation>(
  options: SpecificationOptions<State, Operation>
): Invariant<NodesView<State>> => {
  const { property, value, view } = options
  const wrong = ({ nodes }: NodesView<State>, seen: UpdatesSeen) =>
    nodes
      .filter(({ up }) => up)
      .map(({ id, state }) => ({ id, shown: view(state), due: value(appliedAt<Operation>(seen, id)) }))
      .filter(({ due, shown }) => !Equal.equals(due, shown))
  return Property.invariant<NodesView<State>, UpdatesSeen>(property, {
    observer: updatesSeen,
    premise: (_view, { applied }) => Object.keys(applied).length > 0,
    holds: (state, seen) => wrong(state, seen).length === 0,
    explain: (state, seen) =>
      wrong(state, seen)
        .map(({ due, id, shown }) => {
          const applied = withCauses(appliedAt<Operation>(seen, id))
          return `n${id} has applied ${applied} and shows ${Formatter.format(shown)}; it should be ${Formatter.format(due)}.`
        })
        .join(" ")
  })
}
