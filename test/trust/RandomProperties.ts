/**
 * Random properties of random systems as data: comparisons over what a property may read, for every kind of property,
 * with and without premises and observers. Now and then one throws.
 */
import type { NodesView, NodeView, Observation } from "../../src/model/index.ts"
import { oddPlace } from "./odd-values.ts"
import { type Fairness, Observer, Property } from "../../src/property/index.ts"

/** Something of one node that can be compared with a number. */
export type NodeFact = "a" | "b" | "c" | "up" | "inbox" | "values in inbox"

/** A comparison: of every node, of some node, or of one; or of what is remembered. */
export interface Comparison {
  readonly of: "every" | "some" | "memory" | number
  readonly fact: NodeFact
  readonly is: "below" | "equal" | "not equal" | "throws if equal"
  readonly to: number
}

/** Comparisons of which all, or one, must be true. */
export interface Predicate {
  readonly join: "all" | "any"
  readonly comparisons: ReadonlyArray<Comparison>
}

/** What an observer makes of what it sees: a count up to a bound, the sizes of the pasts, or the last two in words. */
export interface RandomObserver {
  readonly fold: "count" | "pasts" | "last two"
  readonly kind: Observation["kind"] | "any"
  readonly causal: boolean
}

/** A property as data; `observer` is a place in the list of observers. */
export interface RandomProperty {
  readonly kind: "invariant" | "atQuiescence" | "reachable" | "monitor" | "onEveryNode" | "stepInvariant" | "eventually"
  readonly holds: Predicate
  readonly premise: Predicate | null
  readonly observer: number | null
  /** Of a property about runs. */
  readonly runs?: { readonly stable: boolean; readonly fairness: Fairness }
}

interface Memory {
  readonly size: number
  readonly words: ReadonlyArray<string>
}

type View = NodesView<{ readonly a: number; readonly b: number; readonly c?: unknown }>
type NodeOf = View["nodes"][number]

const factOf = (node: NodeOf, fact: NodeFact): number => {
  switch (fact) {
    case "a":
    case "b":
      return node.state[fact]
    case "c":
      return oddPlace(node.state, "c")
    case "up":
      return node.up ? 1 : 0
    case "inbox":
      return node.inbox.length
    case "values in inbox":
      return node.inbox.reduce((sum, { message }) => sum + ("value" in message ? Number(message.value) : 0), 0)
  }
}

/** The answer of a comparison. */
export const compared = (value: number, { is, to }: Comparison): boolean => {
  if (is === "throws if equal" && value === to) throw new Error(`${value} was not foreseen`)
  return is === "below" ? value < to : is === "equal" ? value === to : value !== to
}

const memoryIs = ({ size, words }: Memory, comparison: Comparison): boolean =>
  compared(comparison.fact === "a" ? size : words.join().length, comparison)

const isTrue = ({ comparisons, join }: Predicate, view: View, memory: Memory | undefined): boolean => {
  const one = (comparison: Comparison): boolean => {
    const at = (node: NodeOf): boolean => compared(factOf(node, comparison.fact), comparison)
    if (comparison.of === "memory") return memory === undefined || memoryIs(memory, comparison)
    if (comparison.of === "every") return view.nodes.every(at)
    return comparison.of === "some" ? view.nodes.some(at) : at(view.nodes[comparison.of % view.nodes.length]!)
  }
  return join === "all" ? comparisons.every(one) : comparisons.some(one)
}

const ofNode = ({ comparisons, join }: Predicate, node: NodeView<never>): boolean => {
  const one = (comparison: Comparison) => compared(factOf(node, comparison.fact), comparison)
  return join === "all" ? comparisons.every(one) : comparisons.some(one)
}

const mostCounted = 3

const observerOf = ({ causal, fold, kind }: RandomObserver, index: number): Observer<Memory> =>
  Observer.make(`observer ${index}`, {
    initial: { size: 0, words: [] } as Memory,
    causal,
    observe: (memory, seen) => {
      if (kind !== "any" && seen.kind !== kind) return memory
      if (fold === "count") return { ...memory, size: (memory.size + 1) % mostCounted }
      if (fold === "pasts") return { ...memory, size: Math.min(mostCounted, memory.size + seen.past.length) }
      const { node, past, ...rest } = seen
      return {
        size: node,
        words: [...memory.words, `${JSON.stringify(rest)} at ${node} after ${past.join()}`].slice(-2)
      }
    }
  })

/** A comparison over a step: of the state after it where the action is named, of the one before elsewhere. */
const across = (name: string, { holds, premise }: RandomProperty) =>
  Property.stepInvariant<View>(name, {
    holds: (before, after, step) => {
      const [first] = holds.comparisons
      if (first?.fact === "inbox") return isTrue(holds, step.action.startsWith("deliver") ? after : before, undefined)
      if (first?.fact === "up") return step.observations.length !== first.to || step.node !== 0
      return isTrue(holds, after, undefined)
    },
    ...(premise === null ? {} : { premise: (before) => isTrue(premise, before, undefined) })
  })

/** Fairness without the actions that a system does not have: naming one is refused. */
const fairnessAmong = ({ actions = {}, ...rest }: Fairness, hasAction: (name: string) => boolean): Fairness => ({
  ...rest,
  actions: Object.fromEntries(Object.entries(actions).filter(([name]) => hasAction(name)))
})

/** The properties that the data describes. */
export const propertiesOf = (
  properties: ReadonlyArray<RandomProperty>,
  observers: ReadonlyArray<RandomObserver>,
  hasAction: (name: string) => boolean = () => true
): ReadonlyArray<Property<unknown>> => {
  const made = observers.map(observerOf)
  return properties.map((property, index): Property<unknown> => {
    const { holds, kind, premise } = property
    const observer = property.observer === null ? undefined : made[property.observer % Math.max(1, made.length)]
    const name = `property ${index}`
    if (kind === "stepInvariant") return across(name, property) as Property<unknown>
    if (kind === "onEveryNode") {
      const on = premise === null ? {} : { premise: (node: NodeView<never>) => ofNode(premise, node) }
      return Property.onEveryNode<never>(name, { holds: (node) => ofNode(holds, node), ...on }) as Property<unknown>
    }
    if (kind === "monitor" && observer !== undefined) {
      const [first] = holds.comparisons
      return Property.monitor<Memory>(name, {
        observer,
        rejects: (memory) => (first === undefined || memoryIs(memory, first) ? undefined : "it is not"),
        ...(premise === null ? {} : { premise: (memory) => premise.comparisons.some((each) => memoryIs(memory, each)) })
      }) as Property<unknown>
    }
    if (kind === "eventually") {
      return Property.eventually<View, Memory | undefined>(name, {
        holds: (view, memory) => isTrue(holds, view, memory),
        ...(premise === null ? {} : { from: (view, memory) => isTrue(premise, view, memory) }),
        ...(observer === undefined ? {} : { observer: observer as Observer<Memory | undefined> }),
        stable: property.runs?.stable ?? false,
        fairness: fairnessAmong(property.runs?.fairness ?? {}, hasAction)
      }) as Property<unknown>
    }
    return Property[kind === "monitor" ? "invariant" : kind]<View, Memory | undefined>(name, {
      holds: (view, memory) => isTrue(holds, view, memory),
      ...(premise === null ? {} : { premise: (view, memory) => isTrue(premise, view, memory) }),
      ...(observer === undefined ? {} : { observer: observer as Observer<Memory | undefined> })
    }) as Property<unknown>
  })
}
