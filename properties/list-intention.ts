/**
 * Intentions of editors of a shared list: an element is at the place of its insertion, all agree on the order of the
 * elements they read, and the text that one person types without a break stays together.
 *
 * Source: the strong and the weak list specification of Attiya, Burckhardt, Gotsman, Morrison, Yang and Zawirski,
 * "Specification and Complexity of Collaborative Text Editing" (PODC 2016); interleaving after Kleppmann, Gomes,
 * Mulligan and Beresford, "Interleaving anomalies in collaborative text editors" (PaPoC 2019).
 *
 * A history of lists satisfies the strong specification's order iff the union of the orders of its lists has no cycle:
 * any order of all elements that agrees with every list contains the union, and a union without cycles extends to one.
 * Left out: a list holds exactly the elements inserted and not deleted; list-contents.ts has this property.
 *
 * Costs: `insertedWhereAsked` adds no states; the properties on order store the pairs of elements in lists, and
 * `noInterleaving` the true past per node and message, which multiply states.
 */
import {
  type Invariant,
  type Monitor,
  type NodesView,
  type Observation,
  Observer,
  Property,
  type StepInvariant
} from "plait"

type List = ReadonlyArray<string>

/** For each element all that were read after it, sorted. */
type Order = { readonly [element: string]: List }

const empty: Order = {}

const withList = (order: Order, list: List): Order =>
  list.reduce((before, element, place) => {
    const known = before[element] ?? []
    const after = [...new Set([...known, ...list.slice(place + 1)])].sort()
    return after.length === known.length ? before : { ...before, [element]: after }
  }, order)

const reversed = (order: Order): readonly [string, string] | undefined =>
  Object.entries(order)
    .flatMap(([left, after]) => after.map((right) => [left, right] as const))
    .find(([left, right]) => order[right]?.includes(left))

/** A shortest cycle of the order. */
const cycleIn = (order: Order): List | undefined => {
  const cycles = Object.keys(order).flatMap((start) => {
    const ways: Array<List> = [[start]]
    const seen = new Set<string>()
    for (const way of ways) {
      for (const next of order[way.at(-1) ?? start] ?? []) {
        if (next === start) return [way]
        if (!seen.has(next)) ways.push([...way, next])
        seen.add(next)
      }
    }
    return []
  })
  return cycles.toSorted((left, right) => left.length - right.length)[0]
}

const reversedSentence = (order: Order): string | undefined => {
  const pair = reversed(order)
  return pair && `${pair[0]} has been read before ${pair[1]}, and ${pair[1]} before ${pair[0]}.`
}

const cycleSentence = (order: Order): string | undefined => {
  const cycle = cycleIn(order)
  if (cycle === undefined) return undefined
  const steps = cycle.map((element, place) => `${element} before ${cycle[place + 1] ?? cycle[0]}`)
  return `Lists have been read with ${steps.join(", ")}: no one order agrees with them all.`
}

const pairwise = "any two lists order their common elements alike"
const oneOrder = "one order of all elements agrees with every list"

const ordersRead = Observer.make("the order of what was read", {
  initial: empty,
  observe: (order, seen: Observation) => (seen.kind === "read" ? withList(order, seen.writes.map(String)) : order)
})

const ordered = (order: Order): boolean => Object.keys(order).length > 0

/**
 * The weak list specification, A_weak, of all lists that nodes note as read. The observer stores the order of each
 * pair.
 */
export const readsAgreePairwise: Monitor<unknown> = Property.monitor(pairwise, {
  observer: ordersRead,
  premise: ordered,
  rejects: reversedSentence
})

/** The order of the strong list specification, A_strong, of all lists that nodes note as read; observes as the weak one. */
export const readsFollowOneOrder: Monitor<unknown> = Property.monitor(oneOrder, {
  observer: ordersRead,
  premise: ordered,
  rejects: cycleSentence
})

const ofLists = <View>(
  name: string,
  lists: (view: View) => Iterable<List>,
  says: (order: Order) => string | undefined
): Invariant<View> => {
  const order = (view: View) => [...lists(view)].reduce(withList, empty)
  return Property.invariant<View>(name, {
    premise: (view) => ordered(order(view)),
    holds: (view) => says(order(view)) === undefined,
    explain: (view) => says(order(view)) ?? ""
  })
}

/** The weak list specification for models whose state contains all lists so far. */
export const listsAgreePairwise = <View>(lists: (view: View) => Iterable<List>): Invariant<View> =>
  ofLists(pairwise, lists, reversedSentence)

/** The order of the strong list specification for models whose state contains all lists so far. */
export const listsFollowOneOrder = <View>(lists: (view: View) => Iterable<List>): Invariant<View> =>
  ofLists(oneOrder, lists, cycleSentence)

interface Wish {
  readonly element: string
  /** The requested place; absent if the insertion was not made at this node. */
  readonly at?: number
}

const asked = (observation: Observation): Wish | undefined =>
  observation.kind === "noted" && observation.name === "inserted" ? (observation.data as Wish) : undefined

/**
 * Right after its insertion an element is at the place that its user requested.
 *
 * **Details** Judges steps that note `inserted` with the element and its place; has no observer.
 */
export const insertedWhereAsked = <State>(shown: (state: State) => List): StepInvariant<NodesView<State>> => {
  const misplaced = ({ nodes }: NodesView<State>, node: number | undefined, seen: ReadonlyArray<Observation>) =>
    nodes
      .filter(({ id }) => id === node)
      .flatMap(({ state }) =>
        seen.flatMap((observation) => {
          const wish = asked(observation)
          return wish?.at === undefined || shown(state)[wish.at] === wish.element
            ? []
            : [{ ...wish, list: shown(state) }]
        })
      )
  return Property.stepInvariant<NodesView<State>>("an inserted element stands where it was asked for", {
    holds: (_before, after, { node, observations }) => misplaced(after, node, observations).length === 0,
    explain: (view, _remembered, history) => {
      const last = history.at(-1)
      return misplaced(view, last?.node, last?.observations ?? [])
        .map(
          ({ at, element, list }) => `${element} was inserted at place ${at}, however the list is ${list.join(" ")}.`
        )
        .join(" ")
    }
  })
}

/** Each element with those that were inserted before it and known to its author. */
type Pasts = { readonly [element: string]: List }

const pasts = Observer.make("causal past of each element", {
  initial: {} as Pasts,
  observe: (before, seen): Pasts =>
    seen.kind === "wrote" ? { ...before, [String(seen.write)]: seen.past.map(String) } : before,
  causal: true
})

/** The list of a node, and the author of an element. */
export interface InterleavingOptions<State> {
  readonly shown: (state: State) => List
  readonly author: (element: string) => string
}

/** The first element between two of another author such that neither author knew the other's elements. */
const intruder = (list: List, author: (element: string) => string, known: Pasts) => {
  const areConcurrent = (left: string, right: string): boolean =>
    !(known[left] ?? []).includes(right) && !(known[right] ?? []).includes(left)
  return list.flatMap((between, place) => {
    const foreign = (element: string) => author(element) !== author(between) && areConcurrent(element, between)
    const before = list.slice(0, place).filter(foreign)
    const after = list.slice(place + 1).filter(foreign)
    const pair = before.flatMap((left) => after.filter((right) => author(left) === author(right)))[0]
    return pair === undefined
      ? []
      : [{ between, left: before.find((each) => author(each) === author(pair)), right: pair }]
  })[0]
}

/**
 * No element is between two elements of another author that are concurrent with it.
 *
 * **Details** ∀ node, x … z … y shown there: author(x) = author(y) ≠ author(z) ⇒ z is not concurrent with both. Only
 * for workloads in which authors type beside elements of their own. Observes `wrote`; the true past is stored per node
 * and message, which multiplies states.
 */
export const noInterleaving = <State>({ author, shown }: InterleavingOptions<State>): Invariant<NodesView<State>> =>
  Property.invariant<NodesView<State>, Pasts>("what one author types is not interleaved with another's", {
    observer: pasts,
    premise: ({ nodes }) => nodes.some(({ state }) => new Set(shown(state).map(author)).size > 1),
    holds: ({ nodes }, known) => nodes.every(({ state }) => intruder(shown(state), author, known) === undefined),
    explain: ({ nodes }, known) =>
      nodes
        .flatMap(({ id, state }) => {
          const found = intruder(shown(state), author, known)
          if (found === undefined) return []
          const { between, left, right } = found
          return [
            `n${id} shows ${shown(state).join(" ")}: ${between} was typed without knowing ${left} and ${right}, and stands between them.`
          ]
        })
        .join(" ")
  })
