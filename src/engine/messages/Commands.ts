/**
 * Applies a handler's commands: sends messages, sets timers, records observations with their causal past, completes
 * sessions.
 */
import type { Envelope, NodeSystem, Note, Observation } from "../../model/index.ts"
import type { NodeMetadata, TrackedEnvelope } from "../nodes/NodeConfigurations.ts"
import { type Environment, isCut, withSession } from "../nodes/Environment.ts"
import type { SendCommand } from "../execution/HandlerCall.ts"
import type { HandlerKey, HandlerResult } from "../memo/HandlerMemo.ts"
import type { Inputs } from "./Inputs.ts"
import type { Interner } from "../interning/Interner.ts"
import { union } from "../tracking/Knowledge.ts"
import { brief, Refusal } from "../execution/ModelRefused.ts"
import { nameInSession } from "../nodes/NodeWorkload.ts"

/** Effects of a handler's commands. */
export interface CommandEffects {
  readonly metadata: NodeMetadata
  readonly environment: Environment
  readonly observations: ReadonlyArray<Observation>
  /** Envelopes sent, per destination, in the order of sending. */
  readonly sends: ReadonlyMap<number, ReadonlyArray<number>>
  readonly unsent: ReadonlyArray<Envelope>
  /** Number of messages that left or would have left. */
  readonly sendCount: number
}

/**
 * Most messages that one run of a handler may send. Each distinct one is a successor of the next state, with an inbox
 * of all the others.
 */
const MOST_SENDS = 4_096

/** Carries out the commands of handlers. */
export class Commands {
  private readonly system: NodeSystem<unknown>
  private readonly inputs: Inputs
  private readonly envelopes: Interner

  constructor(system: NodeSystem<unknown>, inputs: Inputs, envelopes: Interner) {
    this.system = system
    this.inputs = inputs
    this.envelopes = envelopes
  }

  /**
   * Applies the commands of a handler's result. `departed` has a bit per send, at most 31, set if it left before a crash;
   * notes after the first send that did not leave are dropped.
   */
  carryOut(
    node: number,
    before: NodeMetadata,
    outcome: HandlerResult,
    sender: number | undefined,
    environment: Environment,
    first: Note | undefined,
    key: HandlerKey,
    departed: number | undefined
  ): CommandEffects {
    const notes: Array<Note> = first === undefined ? [] : [first]
    const sent: Array<Envelope> = []
    const unsent: Array<Envelope> = []
    let { timers } = before
    let sendCount = 0
    for (const command of outcome.commands) {
      if (command.kind === "note") {
        if (unsent.length === 0) notes.push(command.note)
      } else if (command.kind === "cancelTimer") {
        if (!key.machine.timeouts.has(command.name))
          throw new Refusal("cancelled a timer that has no handler", command.name)
        timers = timers.filter((name) => name !== command.name)
      } else if (command.kind === "setTimer") {
        if (!key.machine.timeouts.has(command.name)) throw new Refusal("set a timer that has no handler", command.name)
        if (!timers.includes(command.name)) timers = [...timers, command.name].sort()
      } else {
        for (const to of this.destinations(node, command, sender)) {
          const left = departed === undefined || ((departed >> sendCount) & 1) === 1
          if (++sendCount > MOST_SENDS) throw new Refusal("sent too many messages", `more than ${MOST_SENDS}`)
          ;(left ? sent : unsent).push({ from: node, to, message: command.message })
        }
      }
    }
    const { observations, past } = this.observe(node, before, notes)
    // Unchanged metadata stays the same object, so interning it again is cheap.
    const metadata = timers === before.timers && past === before.past ? before : { ...before, timers, past }
    const sends = this.launch(sent, metadata, environment)
    return {
      metadata,
      observations,
      unsent,
      sendCount,
      sends,
      environment: answered(environment, observations, metadata)
    }
  }

  /** The destinations of a send. Refuses destinations that do not exist, have no link, or do not accept the message. */
  private destinations(node: number, command: SendCommand, sender: number | undefined): ReadonlyArray<number> {
    const { machines, topology } = this.system
    const neighbours = topology.neighbours[node]!
    if (command.kind === "broadcast") return neighbours.filter((other) => machines[other] === machines[node])
    if (command.kind === "forward") return sender === undefined ? [] : topology.forwarding(node, sender)
    if (machines[command.to] === undefined)
      throw new Refusal("sent to a node that does not exist", `${brief(command.message)} to n${command.to}`)
    if (!neighbours.includes(command.to)) {
      throw new Refusal(
        "sent over a link the topology lacks",
        `${brief(command.message)} from n${node} to n${command.to} in ${topology.name}`
      )
    }
    return [command.to]
  }

  private launch(
    sent: ReadonlyArray<Envelope>,
    metadata: NodeMetadata,
    environment: Environment
  ): ReadonlyMap<number, ReadonlyArray<number>> {
    const sends = new Map<number, Array<number>>()
    for (const { from, message, to } of sent) {
      const accepted = this.inputs.acceptMessage(to, message)
      if (isCut(environment, from, to)) continue
      const envelope: TrackedEnvelope = {
        from,
        message: accepted,
        sentAt: metadata.zone?.least ?? null,
        past: metadata.past
      }
      const list = sends.get(to) ?? []
      list.push(this.envelopes.intern(envelope))
      sends.set(to, list)
    }
    return sends
  }

  /** Adds the node and the writes that happened before to each note; a write is in its node's past from here on. */
  private observe(node: number, metadata: NodeMetadata, notes: ReadonlyArray<Note>) {
    let past = metadata.past
    const [first] = notes
    const inHand = first?.kind === "invoked" ? first.id : null
    const observations = notes.map((note) => {
      const observation = observationOf(node, { ...metadata, past }, withId(note, inHand))
      if (note.kind === "wrote" && past !== null) past = union(past, [note.write])
      return observation
    })
    return { observations, past }
  }
}

/** The environment with the answers recorded in their sessions, together with the answering node's past and time. */
const answered = (
  environment: Environment,
  observations: ReadonlyArray<Observation>,
  metadata: NodeMetadata
): Environment =>
  observations.reduce((after, observation) => {
    const { kind } = observation
    if (kind !== "acknowledged" && kind !== "read" && kind !== "rejected") return after
    const session = (after.sessions ?? []).findIndex(
      ({ next, waiting }, index) => waiting && observation.id === nameInSession(index, next - 1)
    )
    if (session === -1) return after
    return withSession(after, session, {
      waiting: false,
      past: metadata.past,
      answeredAt: metadata.zone?.least ?? null
    })
  }, environment)

/** Adds the operation's name to a note that answers or writes: the operation in hand, unless the handler names one. */
const withId = (note: Note, inHand: string | null): Note => {
  switch (note.kind) {
    case "wrote":
    case "acknowledged":
    case "read":
    case "rejected":
      return { ...note, id: note.id ?? inHand }
    default:
      return note
  }
}

/** An observation at a node, with the causal past of its metadata. */
export const observationOf = (node: number, metadata: NodeMetadata, note: Note): Observation =>
  ({ ...note, node, past: metadata.past ?? [] }) as Observation
