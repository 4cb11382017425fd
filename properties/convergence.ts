/**
 * Convergence, in two strengths. Both compare a stated view of each replica's state: the value that a client could
 * read.
 *
 * Left out: convergence as a liveness property (under fair delivery every run ends converged); the two are equivalent
 * if every run becomes quiescent.
 *
 * Costs: `convergence` adds one bit to the state; `strongConvergence` the writes that each node has applied;
 * `channelConvergence` nothing.
 */
import { Equal, Formatter } from "effect"
import { type AtQuiescence, type Invariant, type NodesView, Observer, Property, type WriteName } from "plait"

/** The value that a client can read at a replica: plain data, compared by value. */
export interface ConvergenceOptions<State> {
  readonly view: (state: State) => unknown
  /** True if a replica has seen a write; given if the state itself shows this, so that no observer is needed. */
  readonly written?: (state: State) => boolean
}

const applications = Observer.make("whether a write was applied", {
  initial: false,
  observe: (any, seen) => any || seen.kind === "applied"
})

const readings = <State>(view: NodesView<State>, read: (state: State) => unknown) =>
  view.nodes.filter(({ up }) => up).map(({ id, state }) => ({ id, value: read(state) }))

/**
 * In quiescent states, all nodes that are up show the same value.
 *
 * **Details** net = ∅ ∧ no operation left ⇒ ∀ i, j up: view(i) = view(j). Premise: a write was applied. Observes
 * `applied`; the observer adds one bit to the state. Source: Stateright's `network.len() == 0 ⇒ registers equal` and
 * Jupiter's QC (Wei, Huang, Lu 2019).
 */
export const convergence = <State>({
  view: read,
  written
}: ConvergenceOptions<State>): AtQuiescence<NodesView<State>> =>
  Property.atQuiescence<NodesView<State>, boolean>("replicas converge", {
    ...(written === undefined ? { observer: applications } : {}),
    premise: (view, any) => (written === undefined ? any : view.nodes.some(({ state, up }) => up && written(state))),
    holds: (view) => {
      const shown = readings(view, read).map(({ value }) => value)
      return shown.every((value) => Equal.equals(shown[0], value))
    },
    explain: (view) => {
      const shown = readings(view, read).map(({ id, value }) => `n${id} shows ${Formatter.format(value)}`)
      return `Nothing is left to happen, and yet ${shown.join(", ")}.`
    }
  })

/** The writes each node has applied, by node. */
type AppliedByNode = ReadonlyArray<ReadonlyArray<WriteName>>

const applied = Observer.make("writes applied at each node", {
  initial: [] as AppliedByNode,
  observe: (before, seen): AppliedByNode => {
    if (seen.kind !== "applied" || before[seen.node]?.includes(seen.write)) return before
    return Array.from({ length: Math.max(before.length, seen.node + 1) }, (_, node) =>
      node === seen.node ? [...(before[node] ?? []), seen.write].sort() : (before[node] ?? [])
    )
  }
})

/**
 * Two nodes that have applied the same writes show the same value, in every state.
 *
 * **Details** D(i) = D(j) ⇒ view(i) = view(j), where D is the set of writes noted as `applied`: strong convergence
 * (Shapiro, Preguiça, Baquero, Zawirski, SSS 2011). Stronger than convergence at quiescence. The observer stores the
 * applied writes of each node, which multiplies states if the protocol's own state does not contain them.
 */
export const strongConvergence = <State>({ view: read }: ConvergenceOptions<State>): Invariant<NodesView<State>> =>
  Property.invariant<NodesView<State>, AppliedByNode>("replicas with the same writes show the same", {
    observer: applied,
    premise: (_view, byNode) => pairs(byNode).length > 0,
    holds: (view, byNode) => pairs(byNode).every(agree(view, read)),
    explain: (view, byNode) => {
      const differs = (pair: Pair) => !agree(view, read)(pair)
      return pairs(byNode)
        .filter(differs)
        .map(({ nodes, writes }) => {
          const shown = nodes.map((node) => `n${node} shows ${Formatter.format(shownAt(view, read, node))}`)
          return `Both have applied ${writes.join(", ")}, and yet ${shown.join(" and ")}.`
        })
        .slice(0, 1)
        .join()
    }
  })

/** Two nodes that have applied the same writes, and those writes; at least one. */
interface Pair {
  readonly nodes: readonly [number, number]
  readonly writes: ReadonlyArray<WriteName>
}

const pairs = (byNode: AppliedByNode): ReadonlyArray<Pair> =>
  byNode.flatMap((writes, i) =>
    byNode.flatMap((others, j) =>
      i < j && writes.length > 0 && Equal.equals(writes, others) ? [{ nodes: [i, j] as const, writes }] : []
    )
  )

const shownAt = <State>(view: NodesView<State>, read: (state: State) => unknown, node: number): unknown => {
  const at = view.nodes[node]
  return at === undefined ? undefined : read(at.state)
}

const agree =
  <State>(view: NodesView<State>, read: (state: State) => unknown) =>
  ({ nodes: [left, right] }: Pair): boolean =>
    Equal.equals(shownAt(view, read, left), shownAt(view, read, right))

/**
 * If no message is in flight, all replicas of a whole-state model show the same value.
 *
 * **Details** idle ⇒ ∀ i, j: replica(i) = replica(j): Jupiter's QC, which also covers states in which clients may still
 * edit (Wei, Huang, Lu 2019). Premise: a replica holds a write.
 */
export const channelConvergence = <View>(options: {
  readonly idle: (view: View) => boolean
  readonly replicas: (view: View) => ReadonlyArray<unknown>
  readonly written: (view: View) => boolean
}): Invariant<View> =>
  Property.invariant<View>("replicas are the same whenever no message is in flight", {
    premise: (view) => options.idle(view) && options.written(view),
    holds: (view) => {
      if (!options.idle(view)) return true
      const [first, ...others] = options.replicas(view)
      return others.every((other) => Equal.equals(first, other))
    },
    explain: (view) =>
      `No message is in flight, and yet the replicas are ${options
        .replicas(view)
        .map((each) => Formatter.format(each))
        .join(", ")}.`
  })
