/**
 * A shared list holds exactly the elements whose insertion, and no deletion, its replica has applied. A list can
 * converge and still violate this: if two users delete one element and its neighbour disappears with it, all agree on
 * too few elements.
 *
 * Source: the first condition of the strong and the weak list specification of Attiya, Burckhardt, Gotsman, Morrison,
 * Yang and Zawirski (PODC 2016). The conditions on order are in list-intention.ts.
 *
 * Formula: ∀ read r at i: elements(r) = {x : inserted(x) ∈ D(i)} ∖ {x : deleted(x) ∈ D(i)}. Costs: both sets per node
 * are added to the state.
 */
import { type HistoryStep, type Monitor, type NodeId, type Observation, Observer, Property } from "plait"

type List = ReadonlyArray<string>

interface Known {
  readonly inserted: List
  readonly deleted: List
}

interface Contents {
  /** The insertions and deletions that each node has applied. */
  readonly known: { readonly [node: number]: Known }
  readonly any: boolean
  /** The first read that was wrong, in words. */
  readonly wrong: string | null
}

const nothing: Known = { inserted: [], deleted: [] }

const withElement = (list: List, element: string): List => [...new Set([...list, element])].sort()

const learn = (known: Known, name: string, element: string): Known =>
  name === "inserted"
    ? { ...known, inserted: withElement(known.inserted, element) }
    : { ...known, deleted: withElement(known.deleted, element) }

const judge = (node: number, list: List, due: List): string | null => {
  const extra = list.filter((element, place) => !due.includes(element) || list.indexOf(element) !== place)
  const missing = due.filter((element) => !list.includes(element))
  if (extra.length + missing.length === 0) return null
  const faults = [
    ...(missing.length > 0 ? [`without ${missing.join(", ")}, which nobody it knows of has deleted`] : []),
    ...(extra.length > 0 ? [`with ${extra.join(", ")} in excess`] : [])
  ]
  return `n${node} reads "${list.join(" ")}" ${faults.join(" and ")}.`
}

const contents = (initial: List) =>
  Observer.make("what each node knows to be inserted and deleted", {
    initial: { known: {}, any: false, wrong: null } as Contents,
    observe: (before, seen: Observation): Contents => {
      const known = before.known[seen.node] ?? nothing
      if (seen.kind === "noted" && (seen.name === "inserted" || seen.name === "deleted")) {
        const { element } = seen.data as { readonly element: string }
        return { ...before, known: { ...before.known, [seen.node]: learn(known, seen.name, element) } }
      }
      if (seen.kind !== "read" || before.wrong !== null) return before
      const due = [...initial, ...known.inserted].filter((element) => !known.deleted.includes(element))
      return { ...before, any: true, wrong: judge(seen.node, seen.writes.map(String), due) }
    }
  })

interface Learnt {
  readonly name: "inserted" | "deleted"
  readonly element: string
  readonly step: number
}

/** The insertions and deletions that a node applied, with their steps. */
const learntBy = (node: NodeId, history: ReadonlyArray<HistoryStep<unknown>>): ReadonlyArray<Learnt> =>
  history.flatMap(({ number, observations }) =>
    observations.flatMap((seen): ReadonlyArray<Learnt> => {
      if (seen.kind !== "noted" || seen.node !== node) return []
      const { name } = seen
      if (name !== "inserted" && name !== "deleted") return []
      return [{ name, element: (seen.data as { readonly element: string }).element, step: number }]
    })
  )

/** The step since which the node of the last read has had the right elements, in words. */
const since = (history: ReadonlyArray<HistoryStep<unknown>>): string => {
  const read = history.at(-1)?.observations.find(({ kind }) => kind === "read")
  if (read?.kind !== "read") return ""
  const list = read.writes.map(String)
  const learnt = learntBy(read.node, history)
  const isDeleted = (element: string) => learnt.some((each) => each.name === "deleted" && each.element === element)
  return learnt
    .filter(
      ({ element, name }) =>
        list.includes(element) === (name === "deleted") && (name === "deleted" || !isDeleted(element))
    )
    .map(({ element, name, step }) => `n${read.node} has known since step ${step} that ${element} was ${name}.`)
    .join(" ")
}

/**
 * Every list read at a node has exactly the elements inserted and not deleted by the operations that the node has
 * applied.
 *
 * **Details** Observes `read`, and notes `inserted` and `deleted` with their element at every node that applies one.
 * The observer stores both sets for each node. `initial`: the elements of the initial list.
 */
export const listsHoldWhatIsDue = (initial: List = []): Monitor<unknown> =>
  Property.monitor("a list holds what was inserted and not deleted", {
    observer: contents(initial),
    premise: ({ any }) => any,
    rejects: ({ wrong }) => wrong ?? undefined,
    explain: (_view, { wrong }, history) => [wrong ?? "", since(history)].filter((part) => part !== "").join(" ")
  })
