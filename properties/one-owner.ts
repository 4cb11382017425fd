/**
 * One owner at a time, in the forms that protocols can promise. With epochs: never two in one epoch; an owner of an
 * earlier epoch may believe for a while that it still is one, and fencing has to stop its actions. With leases: one
 * after the other in real time; a node that has a successor does not act as owner again.
 *
 * Source: Lamport, "Paxos made simple" (2001), ballots; Ongaro and Ousterhout, Raft (2014), section 5.2, election
 * safety; Kleppmann, Designing Data-Intensive Applications (2017), chapter 8, "Fencing tokens"; Gray and Cheriton,
 * "Leases" (SOSP 1989).
 *
 * Costs: `oneOwnerPerEpoch` adds no states; `ownersInTurn` stores the owners of each thing, and steps taken in the
 * order of real time multiply states.
 */
import { type Invariant, type Monitor, type NodesView, type Observation, Observer, Property } from "plait"

/** The things that a node believes it owns: a key, or `everything` for a leader, each in an epoch. */
export interface Ownership {
  readonly what: string
  readonly epoch: number
}

/** View of a node's beliefs. */
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

/** Nodes that have acted as the owner of each thing, in the order of real time, from one change to the next. */
type Owners = { readonly [what: string]: ReadonlyArray<number> }

const acted = (owners: Owners, what: string, node: number): Owners => {
  const before = owners[what] ?? []
  return before.at(-1) === node ? owners : { ...owners, [what]: [...before, node] }
}

/** The first owner that came back, with its thing. */
const returned = (owners: Owners) =>
  Object.entries(owners).flatMap(([what, nodes]) => {
    const again = nodes.find((node, index) => nodes.indexOf(node) < index)
    return again === undefined ? [] : [{ what, again, nodes }]
  })[0]

/**
 * Every owner acts before its successor does: in real time no owner comes back.
 *
 * **Details** `acts` returns the thing of which an observation shows its node to be the owner. Observes them in the
 * order of real time, so that in a system with clocks steps are taken in that order, which multiplies states.
 */
export const ownersInTurn = (options: { readonly acts: (seen: Observation) => string | undefined }): Monitor<unknown> =>
  Property.monitor<Owners>("no owner acts after its successor", {
    observer: Observer.make("who acted as owner", {
      initial: {} as Owners,
      observe: (owners, seen) => {
        const what = options.acts(seen)
        return what === undefined ? owners : acted(owners, what, seen.node)
      },
      timed: true
    }),
    premise: (owners) => Object.values(owners).some((nodes) => nodes.length > 1),
    rejects: (owners) => {
      const found = returned(owners)
      return found && `${found.what} was served by ${found.nodes.map((node) => `n${node}`).join(", then by ")}.`
    }
  })
