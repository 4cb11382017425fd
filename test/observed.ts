/**
 * Observations, views and histories made by hand, and what a property says of them: for tests of properties, which need
 * no system and no search.
 */
import type {
  Enabled,
  Key,
  NodesView,
  Note,
  Observation,
  Observer,
  Ordering,
  Property,
  StepInvariant,
  WriteName
} from "../src/property/index.ts"

/** Where and by whom something was observed; what is left out is node 0, no past, the key "" and nobody. */
export interface Place {
  readonly node?: number
  readonly past?: ReadonlyArray<WriteName>
  readonly key?: Key
  /** The operation, such as `s0.1`. */
  readonly id?: string
}

const observation = (note: Note, { node = 0, past = [] }: Place): Observation => ({ ...note, node, past })

export const invoked = (operation: unknown, place: Place = {}): Observation =>
  observation({ kind: "invoked", operation, id: place.id ?? "" }, place)

export const wrote = (write: WriteName, place: Place = {}): Observation =>
  observation({ kind: "wrote", write, key: place.key ?? "", id: place.id ?? null }, place)

export const acknowledged = (write: WriteName, place: Place = {}): Observation =>
  observation({ kind: "acknowledged", write, id: place.id ?? null }, place)

export const rejected = (place: Place = {}): Observation =>
  observation({ kind: "rejected", id: place.id ?? null }, place)

export const applied = (write: WriteName, place: Place = {}): Observation =>
  observation({ kind: "applied", write }, place)

export const read = (writes: ReadonlyArray<WriteName>, place: Place = {}): Observation =>
  observation({ kind: "read", writes, key: place.key ?? "", id: place.id ?? null }, place)

export const compared = (left: WriteName, right: WriteName, verdict: Ordering, place: Place = {}): Observation =>
  observation({ kind: "compared", left, right, verdict }, place)

export const noted = (name: string, data: unknown, place: Place = {}): Observation =>
  observation({ kind: "noted", name, data }, place)

export const crashed = (place: Place = {}): Observation => observation({ kind: "crashed" }, place)

/** A run as its observations: each a step by itself, those in a list one step together. */
export type Seen = ReadonlyArray<Observation | ReadonlyArray<Observation>>

/** Nodes 0, 1, … with these states, all up and with nothing in flight but for the nodes that are `down`. */
export const nodes = <State>(
  states: ReadonlyArray<State>,
  { down = [] }: { readonly down?: ReadonlyArray<number> } = {}
): NodesView<State> => ({
  nodes: states.map((state, id) => ({ id, state, up: !down.includes(id), inbox: [] }))
})

/** What a property's observer remembers of a run. */
export const remembers = ({ observer }: Property<never>, seen: Seen): unknown =>
  seen.flat().reduce((before, each) => observer?.observe(before, each), observer?.initial)

/** What is counted on in reports and by the explorer: name and kind, and of the observer its name and what it asks for. */
export const declared = ({ kind, name, observer }: Property<never>) => ({
  kind,
  name,
  observer: observer === undefined ? "none" : words(observer)
})

const words = ({ causal, name, timed }: Observer<unknown>): string =>
  [name, ...(causal ? ["causal"] : []), ...(timed ? ["timed"] : [])].join(", ")

type Judge<View> = (view: View, remembered: never, enabled: Enabled) => boolean

const judge = <View>(property: Property<View>): { readonly holds: Judge<View>; readonly premise: Judge<View> } => {
  if (property.kind === "stepInvariant" || property.kind === "refines")
    throw new TypeError(`${property.name} is no property about states`)
  if (property.kind !== "nodeInvariant") {
    return { holds: property.holds, premise: property.premise ?? (() => true) }
  }
  const { holdsAt, premiseAt } = property
  const inNodes = (view: View) => (view as NodesView<never>).nodes
  return {
    holds: (view) => inNodes(view).every((node) => premiseAt?.(node) === false || holdsAt(node)),
    premise: (view) => inNodes(view).some((node) => premiseAt?.(node) ?? true)
  }
}

/** A state by itself tells nothing of actions. */
const nothingEnabled: Enabled = () => false

/**
 * What a property says of the last state of a run: why it is violated, or `fine`, or `silent` where its premise is not met.
 * A reachability property says why it is reached, or `reached` where it gives no reason, or `unreached`.
 */
export const says = <View>(property: Property<View>, view: View, seen: Seen = []): string => {
  const { holds, premise } = judge(property)
  const remembered = remembers(property, seen) as never
  const history = seen.map((step, index) => ({
    number: index + 1,
    label: `step ${index + 1}`,
    node: undefined,
    observations: [step].flat(),
    after: view
  }))
  const isReachable = property.kind === "reachable"
  const speaks = premise(view, remembered, nothingEnabled)
  if (speaks && holds(view, remembered, nothingEnabled) === isReachable) {
    return property.explain?.(view, remembered, history) ?? (isReachable ? "reached" : "violated")
  }
  if (isReachable) return "unreached"
  return speaks ? "fine" : "silent"
}

/** A step of node 0, with nothing observed, unless said otherwise. */
export interface Step<View> {
  readonly before: View
  readonly after: View
  readonly node?: number
  readonly seen?: ReadonlyArray<Observation>
}

/** What a property about steps says of one: why it is violated, or `fine`. Two steps that changed nothing came before it. */
export const saysOfStep = <View>(
  { explain, holdsAcross, premiseAcross }: StepInvariant<View>,
  { after, before, node = 0, seen: observations = [] }: Step<View>
): string => {
  const step = { action: "step", node, observations }
  if (premiseAcross?.(before, after, step) === false) return "silent"
  if (holdsAcross(before, after, step)) return "fine"
  const history = [before, before, after].map((state, index) => ({
    number: index + 1,
    label: `step ${index + 1}`,
    node: state === after ? node : undefined,
    observations: state === after ? observations : [],
    after: state
  }))
  return explain?.(after, undefined as never, history) ?? "violated"
}
