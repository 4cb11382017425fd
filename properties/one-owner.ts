/**
 * One owner at a time, as a protocol with epochs can promise it: never two in one epoch. An owner of an earlier epoch may
 * believe for a while that it still is one; what it then does is for fencing to stop.
 *
 * Source: Lamport, "Paxos made simple" (2001), ballots; Ongaro and Ousterhout, Raft (2014), section 5.2, election safety;
 * Kleppmann, Designing Data-Intensive Applications (2017), chapter 8, "Fencing tokens".
 */
import { type Invariant, type NodesView, Property } from "../src/property/index.ts"

/** What a node believes that it owns: a key, or `everything` for a leader, each in an epoch. */
export interface Ownership {
  readonly what: string
  readonly epoch: number
}

/** How to read a node's beliefs. */
export interface OwnerOptions<State> {
  readonly owns: (state: State, node: number) => ReadonlyArray<Ownership>
}

interface Owned extends Ownership {
  readonly node: number
}

const rivals = <State>({ nodes }: NodesView<State>, { owns }: OwnerOptions<State>): ReadonlyArray<Owned> => {
  const all = nodes
    .filter(({ up }) => up)
    .flatMap(({ id, state }) => owns(state, id).map((each) => ({ ...each, node: id })))
  return all.filter((one) =>
    all.some((other) => other.node !== one.node && other.what === one.what && other.epoch === one.epoch)
  )
}

/**
 * No two nodes own the same thing in the same epoch.
 *
 * **Details** ∀ nodes i ≠ j up: owns(i) ∩ owns(j) = ∅, as pairs of thing and epoch. Observes nothing.
 */
export const oneOwnerPerEpoch = <State>(options: OwnerOptions<State>): Invariant<NodesView<State>> =>
  Property.invariant<NodesView<State>>("nothing has two owners in one epoch", {
    premise: ({ nodes }) => nodes.some(({ id, state, up }) => up && options.owns(state, id).length > 0),
    holds: (view) => rivals(view, options).length === 0,
    explain: (view) =>
      `${rivals(view, options)
        .map(({ epoch, node, what }) => `n${node} owns ${what} in epoch ${epoch}`)
        .join(", and ")}.`
  })
