/**
 * The three laws under which merging converges for any order and number of deliveries, over the values that the nodes
 * hold in one reachable state. Source: Shapiro, Preguiça, Baquero, Zawirski (SSS 2011).
 *
 * Left out: values that are only in flight, and values that do not occur together in one state.
 *
 * Observes nothing and adds no states; associativity costs the cube of the number of values at hand, once per distinct
 * combination of them.
 */
import { Equal, Formatter } from "effect"
import { type Invariant, type NodeId, type NodesView, Property } from "plait"

/** The value of a node, or null if it has none yet, and the merge. */
export interface MergeOptions<State, Value> {
  readonly value: (state: State) => Value | null
  readonly merge: (own: Value, other: Value) => Value
}

interface Held<Value> {
  readonly node: NodeId
  readonly value: Value
}

/** A law: two sides that have to be equal, for any values of the nodes `x`, `y` and `z`. */
interface Law<Value> {
  readonly name: string
  /** Number of nodes in the law, and of the values that it needs. */
  readonly count: 1 | 2 | 3
  readonly least: number
  readonly sides: (x: Value, y: Value, z: Value) => readonly [Value, Value]
  /** The two sides with the names of the values. */
  readonly words: (nodes: ReadonlyArray<string>, left: string, right: string) => string
}

const lawsOf = <Value>(merge: (own: Value, other: Value) => Value): ReadonlyArray<Law<Value>> => [
  {
    name: "merging is commutative",
    count: 2,
    least: 2,
    sides: (x, y) => [merge(x, y), merge(y, x)],
    words: ([x, y], left, right) => `${y}'s merged into ${x}'s gives ${left}, ${x}'s into ${y}'s ${right}`
  },
  {
    name: "merging is associative",
    count: 3,
    least: 2,
    sides: (x, y, z) => [merge(merge(x, y), z), merge(x, merge(y, z))],
    words: ([x, y, z], left, right) =>
      `${x}'s and ${y}'s merged first, then ${z}'s, gives ${left}; ${y}'s and ${z}'s first gives ${right}`
  },
  {
    name: "merging is idempotent",
    count: 1,
    least: 1,
    sides: (x) => [merge(x, x), x],
    words: (_nodes, left) => `merged with itself it gives ${left}`
  }
]

/** Every choice of as many values as the law has nodes, with repetitions. */
const choices = <Value>(held: ReadonlyArray<Held<Value>>, count: number) =>
  held.flatMap((x) =>
    (count > 1 ? held : [x]).flatMap((y) =>
      (count > 2 ? held : [y]).map((z): readonly [Held<Value>, Held<Value>, Held<Value>] => [x, y, z])
    )
  )

const sidesAt = <Value>({ sides }: Law<Value>, [x, y, z]: readonly [Held<Value>, Held<Value>, Held<Value>]) =>
  sides(x.value, y.value, z.value)

/** The first choice of values with different sides. */
const broken = <Value>(law: Law<Value>, held: ReadonlyArray<Held<Value>>) =>
  choices(held, law.count).find((choice) => {
    const [left, right] = sidesAt(law, choice)
    return !Equal.equals(left, right)
  })

const sentence = <Value>(law: Law<Value>, held: ReadonlyArray<Held<Value>>): string => {
  const choice = broken(law, held)
  if (choice === undefined) return ""
  const [left, right] = sidesAt(law, choice)
  const spoken = [...new Map(choice.map((each) => [each.node, each])).values()]
  const values = spoken.map(({ node, value }) => `n${node} holds ${Formatter.format(value)}`).join(", ")
  const nodes = choice.map(({ node }) => `n${node}`)
  return `${values}: ${law.words(nodes, Formatter.format(left), Formatter.format(right))}.`
}

/** Merging is commutative, associative and idempotent: one property for each law, in this order. */
export const mergeLaws = <State, Value>({
  merge,
  value
}: MergeOptions<State, Value>): ReadonlyArray<Invariant<NodesView<State>>> => {
  const held = ({ nodes }: NodesView<State>) =>
    nodes.flatMap(({ id, state }): ReadonlyArray<Held<Value>> => {
      const own = value(state)
      return own === null ? [] : [{ node: id, value: own }]
    })
  return lawsOf(merge).map((law) =>
    Property.invariant<NodesView<State>>(law.name, {
      premise: (view) => held(view).length >= law.least,
      holds: (view) => broken(law, held(view)) === undefined,
      explain: (view) => sentence(law, held(view))
    })
  )
}
