/**
 * Effect state machines: the state of one node, the operations and messages it accepts, and a handler for each. The
 * same handlers are explored, walked at random, replayed, and can run over a real network with other Layers.
 */
import type { Effect, Schema } from "effect"
import type { Choice } from "./Choice.ts"
import { distinct, list, name as refuseName, refuse, shown } from "./Checked.ts"
import type { LocalClock } from "./Clocks.ts"
import { fieldsOf } from "./Durability.ts"
import type { Network } from "./Network.ts"
import type { Observe } from "./Observe.ts"
import type { NodeId, Self } from "./Self.ts"
import type { Timer } from "./Timer.ts"

/** All services that a handler can request. Its environment holds no others. */
export type HandlerServices = Self | Network | LocalClock | Choice | Timer | Observe

/** The result of a handler: the node's next state. It requires only the handler services and never fails. */
export type HandlerEffect<State> = Effect.Effect<State, never, HandlerServices>

/** The schema of an operation or message: a struct with a literal `_tag`. */
export interface InputSchema extends Schema.Top {
  readonly Type: { readonly _tag: string }
  readonly fields: { readonly _tag: { readonly schema: { readonly literal: string | number | bigint | boolean } } }
}

/**
 * A handler per input, named by the input's tag. An operation and a message with the same tag share the schema and the
 * handler.
 */
export type Handlers<State, Input extends InputSchema> = {
  readonly [I in Input as I["Type"]["_tag"]]: (state: State, input: I["Type"]) => HandlerEffect<State>
}

/** A condition per input, named by the input's tag. */
export type Guards<State, Input extends InputSchema> = {
  readonly [I in Input as I["Type"]["_tag"]]?: (state: State, input: I["Type"]) => boolean
}

/** Facts that an initial state may depend on. */
export interface Initial {
  /** The node's identity. */
  readonly id: NodeId
  /** Number of nodes in the system. */
  readonly nodes: number
}

/** A machine as the author declares it. */
export interface MachineDefinition<State, Op extends InputSchema, Msg extends InputSchema> {
  /** Schema of the local state. State is plain immutable data: structs, records, arrays, sets, maps, primitives. */
  readonly state: Schema.Schema<State>
  /** Operations that clients may invoke. */
  readonly operations?: ReadonlyArray<Op>
  /** Messages that other nodes may send. */
  readonly messages?: ReadonlyArray<Msg>
  /** The state a node starts with; pure. */
  readonly initial: (self: Initial) => State
  /**
   * The fields of the state, a struct, that survive a crash; all of them if absent. The others start anew. A field that
   * was absent stays absent.
   */
  readonly durable?: ReadonlyArray<keyof State & string>
}

/** Optional parts of a machine besides its handlers. */
export interface Behaviour<State, Input extends InputSchema> {
  /**
   * Conditions under which an operation may be invoked or a message delivered; an input without one is always accepted.
   * Pure.
   */
  readonly guards?: Guards<State, Input>
  /** One handler per timer, named as in `Timer.set`. */
  readonly timeouts?: { readonly [name: string]: (state: State) => HandlerEffect<State> }
  /**
   * Runs once at each node that is up, in the order of their identities, before the first step: for messages that a
   * node sends and timers that it sets without an input. Its messages are in flight in the initial state, which counts
   * as one state, not as a step. If there are clocks, each node starts as early as its readings allow, and the
   * observations of the nodes come in the order of those moments; no step is taken before the last of them.
   */
  readonly start?: (state: State) => HandlerEffect<State>
  /** Runs when a crashed node recovers. */
  readonly recover?: (state: State) => HandlerEffect<State>
}

/** A handler without its types, as the engine calls it. */
export type AnyHandler = (state: unknown, input: unknown) => HandlerEffect<unknown>

/** A machine without its types except the state's. Made by `Machine.make`. */
export interface Machine<out State> {
  readonly name: string
  readonly state: Schema.Schema<State>
  readonly operations: ReadonlyMap<string, InputSchema>
  readonly messages: ReadonlyMap<string, InputSchema>
  readonly initial: (self: Initial) => State
  readonly handlers: ReadonlyMap<string, AnyHandler>
  readonly guards: ReadonlyMap<string, (state: unknown, input: unknown) => boolean>
  readonly timeouts: ReadonlyMap<string, AnyHandler>
  readonly durable: ReadonlyArray<string> | undefined
  readonly start: AnyHandler | undefined
  readonly recover: AnyHandler | undefined
}

const entries = <A>(record: object | undefined): ReadonlyMap<string, A> =>
  new Map(Object.entries(record ?? {}) as Array<[string, A]>)

/** A declared machine that still needs its handlers. */
export interface DeclaredMachine<State, Input extends InputSchema> {
  /** Completes the machine with one handler per operation and message, named by tag. */
  readonly handlers: (handlers: Handlers<State, Input>, behaviour?: Behaviour<State, Input>) => Machine<State>
}

/**
 * Declares a machine; `.handlers` completes it, and throws `RangeError` if the parts do not fit each other. There are
 * two calls so that TypeScript knows the state's type when it reads the handlers.
 *
 * @example
 * ```ts
 * const Add = Schema.TaggedStruct("Add", { item: Schema.String })
 * const Added = Schema.TaggedStruct("Added", { item: Schema.String })
 * const bag = Machine.make("bag", {
 *   state: Schema.ReadonlySet(Schema.String),
 *   operations: [Add],
 *   messages: [Added],
 *   initial: () => new Set<string>()
 * }).handlers({
 *   Add: Effect.fnUntraced(function*(bag, { item }) {
 *     yield* Network.broadcast(Added.make({ item }))
 *     return new Set([...bag, item])
 *   }),
 *   Added: (bag, { item }) => Effect.succeed(new Set([...bag, item]))
 * })
 * ```
 */
const make = <State, Op extends InputSchema = never, Msg extends InputSchema = never>(
  name: string,
  definition: MachineDefinition<State, Op, Msg>
): DeclaredMachine<State, Op | Msg> => ({
  handlers: (handlers, behaviour = {}) => {
    const machine: Machine<State> = {
      name,
      state: definition.state,
      operations: byTag(name, "operations", definition.operations ?? []),
      messages: byTag(name, "messages", definition.messages ?? []),
      initial: definition.initial,
      handlers: entries(handlers),
      guards: entries(behaviour.guards),
      timeouts: entries(behaviour.timeouts),
      durable: definition.durable,
      start: behaviour.start as AnyHandler | undefined,
      recover: behaviour.recover as AnyHandler | undefined
    }
    refuseUnfit(machine)
    return machine
  }
})

/** Constructor of machines. */
export const Machine = { make }

/** Input schemas by their tags. Throws `RangeError` if two have the same tag. */
const byTag = (
  machine: string,
  kind: "operations" | "messages",
  schemas: ReadonlyArray<InputSchema>
): ReadonlyMap<string, InputSchema> => {
  const argument = { of: `Machine.make("${machine}")`, name: kind }
  list(argument, schemas)
  const found = new Map<string, InputSchema>()
  for (const schema of schemas) {
    const tag: unknown = schema?.fields?._tag?.schema?.literal
    if (typeof tag !== "string")
      return refuse(argument, `has ${shown(tag)} for a tag`, "structs with a literal text as _tag")
    if (found.has(tag)) return refuse(argument, `has two inputs tagged ${shown(tag)}`, "one schema for each tag")
    found.set(tag, schema)
  }
  return found
}

/** Throws `RangeError` if the parts of a machine do not fit each other. */
const refuseUnfit = (machine: Machine<unknown>): void => {
  const of = `Machine.make("${machine.name}")`
  const declared = new Set([...machine.operations.keys(), ...machine.messages.keys()])
  refuseName({ of: "Machine.make", name: "the name" }, machine.name)
  for (const [tag, schema] of machine.operations) {
    const other = machine.messages.get(tag)
    if (other === undefined || other === schema) continue
    const tags = `are both tagged ${shown(tag)}, with different schemas`
    refuse({ of, name: "an operation and a message" }, tags, "one schema for both, or a tag for each")
  }
  for (const tag of declared) {
    if (!machine.handlers.has(tag)) refuse({ of, name: "handlers" }, `has none for ${shown(tag)}`, "one for each input")
  }
  const parts = { handlers: machine.handlers, guards: machine.guards, timeouts: machine.timeouts }
  for (const [part, functions] of Object.entries(parts)) {
    const argument = { of, name: part }
    for (const [tag, run] of functions) {
      if (typeof run !== "function") refuse(argument, `has ${shown(run)} for ${shown(tag)}`, "functions")
      if (part === "timeouts" || declared.has(tag)) continue
      refuse(argument, `has one for ${shown(tag)}, which is no input of the machine`, listed(declared))
    }
  }
  refuseDurable(of, machine)
}

const listed = (tags: Iterable<string>): string => {
  const all = [...tags].map(shown)
  return all.length === 0 ? "none, since it declares no inputs" : `those of ${all.join(", ")}`
}

const refuseDurable = (of: string, { durable, state }: Machine<unknown>): void => {
  if (durable === undefined) return
  const argument = { of, name: "durable" }
  list(argument, durable)
  const fields = fieldsOf(state)
  if (fields === undefined) return refuse(argument, "is given for a state that is no struct", "fields of a struct")
  const stranger = durable.find((field) => !fields.includes(field))
  if (stranger !== undefined) {
    const allowed = fields.length === 0 ? "nothing, since the state has no fields" : fields.map(shown).join(", ")
    refuse(argument, `names ${shown(stranger)}, which is no field of the state`, allowed)
  }
  distinct(argument, durable)
}
