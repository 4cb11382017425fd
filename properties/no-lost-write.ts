/**
 * Lost writes, distinguished by the write that replaced them.
 *
 * L1, lost write: at the end an acknowledged write is neither there nor replaced by a write that followed from it.
 * Concurrent writes suffice; every last-write-wins register has this anomaly, under any clock. L2, causal inversion: a
 * replica that has applied a write still shows one that the write followed from. It requires clocks that disagree with
 * causality.
 *
 * A write w is covered by a surviving write s iff s = w or w happened before s. Happens-before is plait's own record
 * over the messages, never the protocol's clock.
 *
 * Costs: the true past per node and message multiplies states; for L2 also the writes that each node has applied.
 */
import { type AtQuiescence, type Invariant, type NodesView, Observer, Property, type WriteName } from "plait"

/** The writes whose values a replica holds: one for a register, several for siblings. */
export interface SurvivorOptions<State> {
  readonly survivors: (state: State) => ReadonlyArray<WriteName>
}

/** Each write with the writes that happened before it. */
type Pasts = { readonly [write: WriteName]: ReadonlyArray<WriteName> }

interface Acknowledged {
  readonly pasts: Pasts
  readonly acknowledged: ReadonlyArray<WriteName>
}

const acknowledgedWrites = Observer.make("acknowledged writes and their causal past", {
  initial: { pasts: {}, acknowledged: [] } as Acknowledged,
  observe: (before, seen): Acknowledged => {
    if (seen.kind === "wrote") return { ...before, pasts: { ...before.pasts, [seen.write]: seen.past } }
    if (seen.kind !== "acknowledged") return before
    return { ...before, acknowledged: [...before.acknowledged, seen.write].sort() }
  },
  causal: true
})

const follows = (pasts: Pasts, later: WriteName, earlier: WriteName): boolean =>
  pasts[later]?.includes(earlier) ?? false

/** The surviving writes of all nodes that are up, without repetition. */
const surviving = <State>(view: NodesView<State>, survivors: (state: State) => ReadonlyArray<WriteName>) => [
  ...new Set(view.nodes.filter(({ up }) => up).flatMap(({ state }) => survivors(state)))
]

const lostWrites = ({ acknowledged, pasts }: Acknowledged, left: ReadonlyArray<WriteName>) =>
  acknowledged.filter((write) => !left.some((other) => other === write || follows(pasts, other, write)))

/** The kind of a loss: the relation of the lost write to one that is left. */
const loss = (pasts: Pasts, write: WriteName, left: ReadonlyArray<WriteName>): string => {
  const cause = left.find((other) => follows(pasts, write, other))
  if (cause !== undefined) return `${write} was acknowledged and lost to ${cause}, which it followed from (L2).`
  if (left.length === 0) return `${write} was acknowledged and no node that is up holds anything.`
  return `${write} was acknowledged and lost to ${left.join(", ")}, concurrent with it (L1).`
}

/**
 * In quiescent states every acknowledged write, or a write that followed from it, is still there at some node that is
 * up.
 *
 * **Details** ∀ acknowledged w ∃ survivor s: s = w ∨ w → s. A write that only did not arrive at every node is not lost;
 * delivery.ts has properties for that. Observes `wrote` and `acknowledged`; the true past is stored per node and
 * message.
 */
export const noLostWrite = <State>({ survivors }: SurvivorOptions<State>): AtQuiescence<NodesView<State>> =>
  Property.atQuiescence<NodesView<State>, Acknowledged>("no acknowledged write is lost", {
    observer: acknowledgedWrites,
    premise: (_view, { acknowledged }) => acknowledged.length > 0,
    holds: (view, seen) => lostWrites(seen, surviving(view, survivors)).length === 0,
    explain: (view, seen) => {
      const left = surviving(view, survivors)
      return lostWrites(seen, left)
        .map((write) => loss(seen.pasts, write, left))
        .join(" ")
    }
  })

interface AppliedPasts {
  readonly pasts: Pasts
  /** Per node the writes it has applied, sorted. */
  readonly applied: { readonly [node: number]: ReadonlyArray<WriteName> }
}

const appliedWrites = Observer.make("applied writes and their causal past", {
  initial: { pasts: {}, applied: {} } as AppliedPasts,
  observe: (before, seen): AppliedPasts => {
    if (seen.kind === "wrote") return { ...before, pasts: { ...before.pasts, [seen.write]: seen.past } }
    if (seen.kind !== "applied") return before
    const writes = [...new Set([...(before.applied[seen.node] ?? []), seen.write])].sort()
    return { ...before, applied: { ...before.applied, [seen.node]: writes } }
  },
  causal: true
})

const inversions = <State>(
  view: NodesView<State>,
  survivors: (state: State) => ReadonlyArray<WriteName>,
  { applied, pasts }: AppliedPasts
) =>
  view.nodes.flatMap(({ id, state }) =>
    survivors(state).flatMap((kept) =>
      (applied[id] ?? []).filter((write) => follows(pasts, write, kept)).map((write) => ({ id, kept, write }))
    )
  )

/**
 * No replica that has applied a write still shows one that the write followed from.
 *
 * **Details** ∀ node i, w applied at i, s shown at i: ¬(s → w). Premise: some write followed from another. A protocol
 * notes `applied` for every write it has considered, also for one that loses. Observes `wrote` and `applied`; stores
 * the applied writes per node and the true past per node and message.
 */
export const noCausalInversion = <State>({ survivors }: SurvivorOptions<State>): Invariant<NodesView<State>> =>
  Property.invariant<NodesView<State>, AppliedPasts>("no write loses to one that it followed from", {
    observer: appliedWrites,
    premise: (_view, { pasts }) => Object.values(pasts).some((past) => past.length > 0),
    holds: (view, seen) => inversions(view, survivors, seen).length === 0,
    explain: (view, seen) =>
      inversions(view, survivors, seen)
        .map(({ id, kept, write }) => `n${id} has applied ${write} and still shows ${kept}, which came before it.`)
        .join(" ")
  })
