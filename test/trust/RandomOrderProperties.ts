/**
 * Random properties that see the order of steps, as data: comparisons of what one node shows with what another does, over
 * a step, in a state, along a run, and over the last two notes that an observer was shown.
 */
import type { NodesView } from "../../src/model/index.ts"
import { Observer, Property } from "../../src/property/index.ts"

/** A digit of a node's state, or the number of messages in its inbox. */
interface Shown {
  readonly node: number
  readonly fact: "a" | "b" | "inbox"
}

/** A comparison of what one node shows with what another does, or with a number. */
export interface Order {
  readonly left: Shown
  readonly is: "below" | "not below" | "equal" | "not equal"
  readonly right: Shown | number
}

/**
 * A property as data. Of a step, `holds` has to be true after it where `premise` was before. A node whose digit `b` is
 * not 0 shows a reading: `forward` compares what a step shows with all that was shown before it, `late` is about a run in
 * which one node has shown what `premise` says before another shows anything, and `notes` compares notes of two nodes.
 */
export interface RandomOrderProperty {
  readonly kind:
    | "stepInvariant"
    | "invariant"
    | "atQuiescence"
    | "reachable"
    | "eventually"
    | "forward"
    | "late"
    | "notes"
  readonly holds: Order
  readonly premise: Order | null
  readonly stable: boolean
}

type View = NodesView<{ readonly a: number; readonly b: number }>

interface Notes {
  readonly nodes: readonly [earlier: number, later: number]
  readonly values: readonly [earlier: number, later: number]
}

const compared = (left: number, is: Order["is"], right: number): boolean =>
  is === "below" ? left < right : is === "not below" ? left >= right : (left === right) === (is === "equal")

const shownIn = ({ nodes }: View, { fact, node }: Shown): number => {
  const { inbox, state } = nodes[node % nodes.length]!
  return fact === "inbox" ? inbox.length : state[fact]
}

const isTrue = ({ is, left, right }: Order, view: View): boolean =>
  compared(shownIn(view, left), is, typeof right === "number" ? right : shownIn(view, right))

/** The last two noted values and their nodes; it does not say that it looks at the order of time. */
const notes = Observer.make<Notes>("the last two notes", {
  initial: { nodes: [-1, -1], values: [0, 0] },
  observe: ({ nodes, values }, seen) =>
    seen.kind === "noted" ? { nodes: [nodes[1], seen.node], values: [values[1], Number(seen.data)] } : { nodes, values }
})

/** Whether two nodes noted something after each other, and the later value compares so with the earlier. */
const noted = ({ nodes: [first, second], values: [earlier, later] }: Notes, { is }: Order): boolean =>
  first >= 0 && first !== second && compared(later, is, earlier)

/** Whether what each node begins to show in a step compares so with all that others showed before it. */
const isForward = (before: View, after: View, is: Order["is"]): boolean =>
  after.nodes.every(({ id, state }) => {
    const was = before.nodes[id]!.state
    if (state.b === 0 || (state.a === was.a && state.b === was.b)) return true
    return before.nodes.every((other) => other.id === id || other.state.b === 0 || compared(state.a, is, other.state.a))
  })

/** Where one node shows nothing and another something, what the first comes to show compares with it so. */
const late = (name: string, { holds: { is, left, right }, stable }: RandomOrderProperty): Property<unknown> => {
  const value = typeof right === "number" ? right : right.node
  const readings = ({ nodes }: View) => {
    const [first, second] = left.node === 0 ? nodes : nodes.toReversed().slice(-2)
    return { shown: first!.state, awaited: second!.state }
  }
  return Property.eventually<View>(name, {
    from: (view) => readings(view).awaited.b === 0 && readings(view).shown.b !== 0 && readings(view).shown.a === value,
    holds: (view) => readings(view).awaited.b === 0 || compared(readings(view).awaited.a, is, value),
    stable
  }) as Property<unknown>
}

/** The properties that the data describes. */
export const orderProperties = (properties: ReadonlyArray<RandomOrderProperty>): ReadonlyArray<Property<unknown>> =>
  properties.map(({ holds, kind, premise, stable }, index): Property<unknown> => {
    const name = `order ${index}`
    const where = premise === null ? undefined : (view: View) => isTrue(premise, view)
    if (kind === "notes") {
      return Property.reachable<View, Notes>(name, {
        observer: notes,
        holds: (_view, memory) => noted(memory, holds)
      }) as Property<unknown>
    }
    if (kind === "late") return late(name, properties[index]!)
    if (kind === "forward") {
      return Property.stepInvariant<View>(name, {
        holds: (before, after) => isForward(before, after, holds.is)
      }) as Property<unknown>
    }
    if (kind === "stepInvariant") {
      return Property.stepInvariant<View>(name, {
        holds: (before, after) => where?.(before) === false || isTrue(holds, after)
      }) as Property<unknown>
    }
    const property = { holds: (view: View) => isTrue(holds, view) }
    if (kind === "eventually") {
      return Property.eventually<View>(name, {
        ...property,
        stable,
        ...(where === undefined ? {} : { from: where })
      }) as Property<unknown>
    }
    return Property[kind]<View>(name, {
      ...property,
      ...(where === undefined ? {} : { premise: where })
    }) as Property<unknown>
  })
