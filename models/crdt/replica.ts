/**
 * A replica of any conflict-free replicated data type. A client's update is prepared at one replica, applied there at
 * once, and broadcast once. The content of the broadcast is the style: the operation, a delta of the state, or the
 * whole state. Merging a state and applying an operation are the same function here, so one replica serves all three.
 *
 * Source: Shapiro, Preguiça, Baquero, Zawirski, "A comprehensive study of convergent and commutative replicated data
 * types" (INRIA RR-7506, 2011), section 2; Almeida, Shoker, Baquero, "Delta state replicated data types" (2018),
 * algorithms 1 and 2, for deltas. Causal delivery of deltas is their causal delta-merging condition.
 *
 * Deviations: a message that may not be delivered yet waits in the network instead of in a buffer of the replica; a
 * version vector is written out as its set of updates. `updates` is compared by exactly-once and causal delivery, and
 * otherwise only used for observations. Left out: precondition checks downstream, acknowledgement and retransmission.
 */
import { Effect, Schema } from "effect"
import {
  type Guards,
  type Handlers,
  type InputSchema,
  Machine,
  Model,
  Network,
  type NodeId,
  Observe,
  type Operation,
  Self,
  System,
  Topology,
  type Workload
} from "plait"

/** An update's identity, unique in a run: its replica, and the number of updates there, this one included. */
export interface Dot {
  readonly replica: NodeId
  readonly number: number
}

/** The name of a replica in payloads and traces. */
export const replicaName = (replica: NodeId): string => `n${replica}`

/** The name of a dot, such as `n0.1`. */
export const dotName = ({ number, replica }: Dot): string => `${replicaName(replica)}.${number}`

/** Content of the broadcast after an update. */
export type Style = "operation" | "state" | "delta"

/** A data type in one style. */
export interface DataType<Payload, Asked extends InputSchema, Content> {
  readonly name: string
  readonly style: Style
  readonly payload: Schema.Schema<Payload>
  readonly content: Schema.Schema<Content>
  readonly operations: ReadonlyArray<Asked>
  readonly initial: (replica: NodeId) => Payload
  /** Precondition of an operation at its source. */
  readonly possible?: (payload: Payload, operation: Asked["Type"]) => boolean
  /** The content of the broadcast: the operation to apply at the others, the delta, or the state after the update. */
  readonly prepare: (payload: Payload, operation: Asked["Type"], dot: Dot) => Content
  /** True if a delta also brings an earlier update of its own replica, given by name; by default it does not. */
  readonly includes?: (earlier: string, operation: Asked["Type"]) => boolean
  /** Applies an operation, or merges a state or a delta of it. */
  readonly apply: (payload: Payload, content: Content) => Payload
}

/** Guarantees of the delivery to a replica. */
export type Delivery = "at-most-once" | "at-least-once" | "exactly-once" | "causal"

/** A replica: its payload, and the names of the updates that the payload reflects, sorted. */
export interface ReplicaState<Payload> {
  readonly payload: Payload
  readonly updates: ReadonlyArray<string>
}

/** Reads the payload; the client gets the updates it reflects. */
export const Read = Schema.TaggedStruct("Read", {})

/** Formats an update, such as `n0.1 add x`. */
const updateName = (dot: Dot, { _tag, ...fields }: Operation): string =>
  [dotName(dot), _tag.toLowerCase(), ...Object.values(fields).map(String)].join(" ")

const Names = Schema.Array(Schema.String)

const tags = { operation: "Apply", state: "Merge", delta: "Join" }

/** A replica of a data type under a delivery. */
export const replica = <Payload, Asked extends InputSchema, Content>(
  type: DataType<Payload, Asked, Content>,
  delivery: Delivery
): Machine<ReplicaState<Payload>> => {
  type State = ReplicaState<Payload>
  interface Sent extends Operation {
    readonly content: Content
    /** The updates it brings: all that a whole state reflects, or one, with what its delta includes. */
    readonly updates: ReadonlyArray<string>
    /** Under causal delivery, the updates that must arrive first. */
    readonly after?: ReadonlyArray<string>
  }
  const tag = tags[type.style]
  const gated = delivery === "causal" && type.style !== "state"
  const recognises = delivery === "exactly-once" || delivery === "causal"

  const update = Effect.fnUntraced(function* (state: State, operation: Operation) {
    const self = yield* Self.id
    const own = state.updates.filter((update) => update.startsWith(`${replicaName(self)}.`))
    const dot = { replica: self, number: own.length + 1 }
    const name = updateName(dot, operation)
    const content = type.prepare(state.payload, operation, dot)
    const updates = [...state.updates, name].sort()
    yield* Observe.wrote(name)
    yield* Observe.applied(name)
    const included = own.filter((earlier) => type.style === "delta" && type.includes?.(earlier, operation) === true)
    const brings = type.style === "state" ? updates : [...included, name]
    const sent: Sent = { _tag: tag, content, updates: brings, ...(gated ? { after: state.updates } : {}) }
    yield* Network.broadcast(sent)
    yield* Observe.acknowledged(name)
    return { payload: type.apply(state.payload, content), updates }
  })

  const receive = Effect.fnUntraced(function* (state: State, { content, updates }: Sent) {
    const fresh = updates.filter((name) => !state.updates.includes(name))
    if (recognises && fresh.length === 0) return state
    for (const name of fresh) yield* Observe.applied(name)
    return { payload: type.apply(state.payload, content), updates: [...state.updates, ...fresh].sort() }
  })

  const asked = type.operations.map((schema) => String(schema.fields._tag.schema.literal))
  const guards = {
    ...Object.fromEntries(
      asked.map((name) => [
        name,
        ({ payload }: State, operation: Operation) => type.possible?.(payload, operation) ?? true
      ])
    ),
    [tag]: ({ updates }: State, { after = [] }: Sent) => after.every((name) => updates.includes(name))
  }
  const handlers = {
    ...Object.fromEntries(asked.map((name) => [name, update])),
    Read: (state: State) => Effect.as(Observe.read(state.updates), state),
    [tag]: receive
  }
  return Machine.make(type.name, {
    // For the compiler a struct of a generic schema does not have the generic's type.
    state: Schema.Struct({ payload: type.payload, updates: Names }) as unknown as Schema.Schema<State>,
    operations: [...type.operations, Read] as ReadonlyArray<InputSchema>,
    messages: [Schema.TaggedStruct(tag, { content: type.content, updates: Names, ...(gated ? { after: Names } : {}) })],
    initial: ({ id }) => ({ payload: type.initial(id), updates: [] })
  }).handlers(handlers as unknown as Handlers<State, InputSchema>, {
    guards: guards as unknown as Guards<State, InputSchema>
  })
}

/**
 * Replicas of a data type, each linked to every other, over a network with each fault that the delivery admits, once.
 */
export const replicasOf = <Payload, Asked extends InputSchema, Content>(
  type: DataType<Payload, Asked, Content>,
  parts: { readonly replicas: number; readonly delivery: Delivery; readonly workload: Workload }
) =>
  System.make(type.name, {
    machine: replica(type, parts.delivery),
    topology: Topology.allToAll(parts.replicas),
    network: Network.unordered(parts.delivery === "at-most-once" ? { lose: 1 } : { duplicate: 1 }),
    workload: parts.workload,
    ends: {
      when: ({ nodes }) => nodes.every(({ inbox }) => inbox.length === 0),
      why: "Nothing is in flight: an operation that is left, such as a removal, finds nothing to work on."
    }
  })

/** The parameters that every model of a data type has. */
export const replicaParameters = {
  replicas: Model.integer({ default: 2, least: 2, most: 4, about: "replicas, all linked to each other" }),
  delivery: Model.choice({
    default: "at-least-once",
    values: ["at-most-once", "at-least-once", "exactly-once", "causal"],
    about: "a message may be lost; one may be duplicated; and is recognised; and waits for what it follows from"
  })
}
