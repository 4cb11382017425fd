/**
 * Random systems as data: tables that say what a handler does, and everything around it. A system that is data shrinks,
 * prints as code to paste, and needs nothing but this file to run.
 *
 * A local state is two digits, `a` and `b`, and perhaps an odd value, `c`, which may be absent. A handler picks one rule of
 * its table by the state and the input, does its deeds while it adds up what it is told, and then sets `a`, `b` and `c`.
 * Messages carry the odd value of their sender. They count their hops and stop being answered
 * after the second, so that most systems are finite.
 */
import { Effect, Schema } from "effect"
import { oddPlace, oddValue, type OddValues } from "./odd-values.ts"
import {
  Choice,
  type ClockModel,
  type FaultModel,
  LocalClock,
  Machine,
  Network,
  type NetworkModel,
  Observe,
  Self,
  System,
  Timer,
  Topology,
  Workload
} from "../../src/model/index.ts"

/** What a handler does on its way; what it asks and chooses is added up. */
export type RandomCommand =
  | { readonly do: "ask"; readonly what: "self" | "neighbours" | "operation" | "sender" | "clock" }
  | { readonly do: "choose"; readonly among: number }
  | { readonly do: "send" | "broadcast" | "forward"; readonly tag: "M" | "N"; readonly to: number }
  | { readonly do: "set" | "cancel"; readonly timer: "t" | "u" }
  | {
      readonly do: "note"
      readonly kind: "wrote" | "acknowledged" | "applied" | "read" | "compared" | "noted" | "rejected"
    }

/** What becomes of a digit: it is kept, becomes what was added up, or a given one. */
export type RandomNext = "kept" | "sum" | number

/** What becomes of the odd value: kept, left out, taken from the message, or from a place of the machine's list. */
export type RandomOddNext = "kept" | "absent" | "received" | number

/** What a handler does in one case. */
export interface RandomRule {
  readonly commands: ReadonlyArray<RandomCommand>
  readonly a: RandomNext
  readonly b: RandomNext
  readonly c?: RandomOddNext
}

/** A handler: the rules that the sum of state and input picks from. */
export type RandomTable = ReadonlyArray<RandomRule>

/** A machine. */
export interface RandomMachine {
  readonly on: { readonly [input in "Put" | "Get" | "M" | "N" | "t" | "u"]: RandomTable }
  readonly start?: RandomTable | null | undefined
  readonly recover: RandomTable | null
  /** Fields that survive a crash; all of them where null. */
  readonly durable: ReadonlyArray<"a" | "b" | "c"> | null
  /** The list of the odd values, and the place of the first; null where it is absent at first. */
  readonly odd?: { readonly list: OddValues; readonly first: number | null }
  /** An input that is only taken while digit `b` is less than a bound. */
  readonly guard: { readonly input: "Put" | "Get" | "M" | "N"; readonly below: number } | null
  /** Whether nodes start with their own number in `a`. */
  readonly startsAsSelf: boolean
}

/** An operation as data. */
export interface RandomOperation {
  readonly ask: "Put" | "Get"
  readonly value: number
}

/** A workload as data. */
export type RandomWorkload =
  | { readonly kind: "script" | "anyOrder"; readonly perNode: ReadonlyArray<ReadonlyArray<RandomOperation>> }
  | {
      readonly kind: "drawn"
      readonly total: number
      readonly operations: ReadonlyArray<RandomOperation>
      readonly nodes: ReadonlyArray<number> | null
    }
  | {
      readonly kind: "sessions"
      readonly sessions: ReadonlyArray<ReadonlyArray<RandomOperation & { readonly at: ReadonlyArray<number> }>>
    }

/** A system as data; node i runs `machines[runs[i]]`. */
export interface RandomSystem {
  readonly machines: ReadonlyArray<RandomMachine>
  readonly runs: ReadonlyArray<number>
  readonly topology: "all-to-all" | "ring" | "star" | "chain" | ReadonlyArray<readonly [number, number]>
  readonly network: NetworkModel
  readonly clocks: ClockModel | null
  readonly faults: FaultModel
  readonly workload: RandomWorkload
  /** Messages do not count their hops, and may be answered for ever. */
  readonly endless?: true
}

const digits = 3
const State = Schema.Struct({ a: Schema.Int, b: Schema.Int, c: Schema.optionalKey(Schema.Unknown) })
type State = typeof State.Type

const Put = Schema.TaggedStruct("Put", { value: Schema.Int })
const Get = Schema.TaggedStruct("Get", { value: Schema.Int })
const sent = { value: Schema.Int, hops: Schema.Int, odd: Schema.optionalKey(Schema.Unknown) }
const M = Schema.TaggedStruct("M", sent)
const N = Schema.TaggedStruct("N", sent)

/** Where a handler stands: what it may ask there, and how many hops what it sends has behind it. */
interface Standing {
  readonly in: "operation" | "message" | "timer" | "recovery" | "start"
  readonly hops: number
  readonly hasClock: boolean
  readonly endless: boolean
  readonly list: OddValues
}

const lastHop = 2

const digit = (value: number): number => ((value % digits) + digits) % digits

const next = (how: RandomNext, kept: number, sum: number): number =>
  how === "kept" ? kept : digit(how === "sum" ? sum : how)

/** The odd value as a field, where there is one. */
type Odd = Pick<State, "c">

const oddNext = (how: RandomOddNext, kept: Odd, input: Input, list: OddValues): Odd => {
  if (how === "absent") return {}
  if (how === "received") return "odd" in input ? { c: input.odd } : {}
  return how === "kept" ? kept : { c: oddValue(list, how) }
}

interface Input {
  readonly value: number
  readonly odd?: unknown
}

/** Turns a table into a handler. */
const handler = (table: RandomTable, standing: Standing) =>
  Effect.fnUntraced(function* ({ a, b, ...kept }: State, input: Input) {
    const rule = table[(a + digits * b + input.value) % Math.max(1, table.length)]
    if (rule === undefined) return { a, b, ...kept }
    let sum = a + input.value + oddPlace(kept, "c") + oddPlace(input, "odd")
    for (const command of rule.commands) sum += yield* carryOut(command, sum, kept, standing)
    const c = oddNext(rule.c ?? "kept", kept, input, standing.list)
    return { a: next(rule.a, a, sum), b: next(rule.b, b, sum), ...c }
  })

/** Does one deed; what it adds to the sum. A deed that makes no sense where the handler stands does nothing. */
const carryOut = Effect.fnUntraced(function* (command: RandomCommand, sum: number, odd: Odd, standing: Standing) {
  switch (command.do) {
    case "ask":
      return yield* ask(command.what, standing)
    case "choose":
      return yield* Choice.among(Array.from({ length: command.among }, (_, index) => index))
    case "send":
    case "broadcast":
    case "forward":
      if (standing.hops < lastHop) yield* send(command, sum, odd, standing)
      return 0
    case "set":
    case "cancel":
      yield* Timer[command.do](command.timer)
      return 0
    case "note":
      yield* note(command.kind, sum)
      return 0
  }
})

const ask = Effect.fnUntraced(function* (
  what: "self" | "neighbours" | "operation" | "sender" | "clock",
  standing: Standing
) {
  if (what === "self") return yield* Self.id
  if (what === "neighbours") return (yield* Network.neighbours).length
  if (what === "operation" && standing.in === "operation") return Number((yield* Self.operation).at(-1)) + 1
  if (what === "sender" && standing.in === "message") return yield* Network.sender
  return what === "clock" && standing.hasClock ? yield* LocalClock.now : 0
})

const send = Effect.fnUntraced(function* (
  { do: how, tag, to }: Extract<RandomCommand, { readonly tag: unknown }>,
  sum: number,
  odd: Odd,
  standing: Standing
) {
  const hops = standing.endless ? 0 : standing.hops + 1
  const message = (tag === "M" ? M : N).make({ value: digit(sum), hops, ...("c" in odd ? { odd: odd.c } : {}) })
  if (how === "broadcast") return yield* Network.broadcast(message)
  if (how === "forward") return standing.in === "message" ? yield* Network.forward(message) : undefined
  const neighbours = yield* Network.neighbours
  const neighbour = neighbours[to % Math.max(1, neighbours.length)]
  return neighbour === undefined ? undefined : yield* Network.send(neighbour, message)
})

const note = (kind: Extract<RandomCommand, { readonly do: "note" }>["kind"], sum: number) => {
  const write = `w${digit(sum)}`
  switch (kind) {
    case "read":
      return Observe.read([write])
    case "compared":
      return Observe.compared(write, "w0", "before")
    case "noted":
      return Observe.note("sum", digit(sum))
    case "rejected":
      return Observe.rejected()
    default:
      return Observe[kind](write)
  }
}

const machineOf = (
  random: RandomMachine,
  name: string,
  given: Pick<Standing, "hasClock" | "endless">
): Machine<State> => {
  const { durable, guard, odd = { list: "numbers", first: null }, on, recover, start = null, startsAsSelf } = random
  const every = { ...given, list: odd.list }
  const first = (): Odd => (odd.first === null ? {} : { c: oddValue(odd.list, odd.first) })
  const operation = (table: RandomTable) => (state: State, input: Input) =>
    handler(table, { in: "operation", hops: 0, ...every })(state, input)
  const message = (table: RandomTable) => (state: State, input: Input & { readonly hops: number }) =>
    handler(table, { in: "message", hops: input.hops, ...every })(state, input)
  const alone = (table: RandomTable, where: "timer" | "recovery" | "start") => (state: State) =>
    handler(table, { in: where, hops: lastHop - 1, ...every })(state, { value: 0 })
  return Machine.make(name, {
    state: State,
    operations: [Put, Get],
    messages: [M, N],
    initial: ({ id }): State => ({ a: startsAsSelf ? digit(id) : 0, b: 0, ...first() }),
    ...(durable === null ? {} : { durable })
  }).handlers(
    { Put: operation(on.Put), Get: operation(on.Get), M: message(on.M), N: message(on.N) },
    {
      guards: guard === null ? {} : { [guard.input]: ({ b }: State) => b < guard.below },
      timeouts: { t: alone(on.t, "timer"), u: alone(on.u, "timer") },
      ...(start === null ? {} : { start: alone(start, "start") }),
      ...(recover === null ? {} : { recover: alone(recover, "recovery") })
    }
  )
}

const topologyOf = ({ runs, topology }: RandomSystem): Topology => {
  const size = runs.length
  if (typeof topology !== "string") {
    const links = topology.filter(([from, to]) => from < size && to < size && from !== to)
    return Topology.graph(size, [...new Map(links.map((link) => [link.join(), link])).values()])
  }
  if (size === 1 || topology === "all-to-all") return Topology.allToAll(size)
  return Topology[topology](size)
}

/** The clocks with an offset for each node, where offsets are given: 0 for a node that has none. */
const clocksOf = ({ clocks, runs }: RandomSystem): { readonly clocks?: ClockModel } => {
  if (clocks === null) return {}
  const { offsets } = clocks
  if (offsets.kind !== "given") return { clocks }
  return { clocks: { ...clocks, offsets: { ...offsets, perNode: runs.map((_, node) => offsets.perNode[node] ?? 0) } } }
}

const operationOf = ({ ask: tag, value }: RandomOperation) => (tag === "Put" ? Put : Get).make({ value })

const workloadOf = (workload: RandomWorkload, size: number): Workload => {
  switch (workload.kind) {
    case "script":
    case "anyOrder":
      return Workload[workload.kind](workload.perNode.slice(0, size).map((operations) => operations.map(operationOf)))
    case "drawn":
      return Workload.drawn(
        workload.total,
        workload.operations.map(operationOf),
        workload.nodes === null ? {} : { nodes: workload.nodes }
      )
    case "sessions":
      return Workload.sessions(
        workload.sessions.map((steps) =>
          steps.map(({ at, ...operation }) => ({
            at: [...new Set(at.map((node) => node % size))],
            operation: operationOf(operation)
          }))
        )
      )
  }
}

/** The system that the data describes. */
export const systemOf = (random: RandomSystem) => {
  const every = { hasClock: random.clocks !== null, endless: random.endless === true }
  const machines = random.machines.map((machine, index) => machineOf(machine, `m${index}`, every))
  return System.make<State>("random", {
    machine: random.runs.map((index) => machines[index % machines.length]!),
    topology: topologyOf(random),
    network: random.network,
    faults: random.faults,
    workload: workloadOf(random.workload, random.runs.length),
    ...clocksOf(random)
  })
}
