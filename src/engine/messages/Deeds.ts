/**
 * What the deeds of a handler come to: messages put on their way, timers, observations with their true causal past, and
 * sessions that have their answer.
 */
import type { Envelope, NodeSystem, Note, Observation } from "../../model/index.ts"
import type { Companion, Flight } from "../nodes/Actors.ts"
import { type Environment, isCut, withSession } from "../nodes/Environment.ts"
import type { Sending } from "../execution/HandlerCall.ts"
import type { HandlerKey, Outcome } from "../memo/HandlerMemo.ts"
import type { Inputs } from "./Inputs.ts"
import type { Interner } from "../interning/Interner.ts"
import { union } from "../tracking/Knowledge.ts"
import { brief, Refusal } from "../execution/ModelRefused.ts"
import { nameInSession } from "../nodes/NodeWorkload.ts"

/** The result of carrying out deeds. */
export interface Effected {
  readonly companion: Companion
  readonly environment: Environment
  readonly observations: ReadonlyArray<Observation>
  /** Flights put on their way, per destination, in the order of sending. */
  readonly sends: ReadonlyMap<number, ReadonlyArray<number>>
  readonly unsent: ReadonlyArray<Envelope>
  /** Messages that left or would have left. */
  readonly sendCount: number
}

/**
 * Messages that one run of a handler may send. Each distinct one is a successor of the next state, with an inbox of all
 * the others.
 */
const MOST_SENDS = 4_096

/** Carries out the deeds of handlers. */
export class Deeds {
  private readonly system: NodeSystem<unknown>
  private readonly inputs: Inputs
  private readonly flights: Interner

  constructor(system: NodeSystem<unknown>, inputs: Inputs, flights: Interner) {
    this.system = system
    this.inputs = inputs
    this.flights = flights
  }

  /**
   * What the deeds of an outcome come to. `kept`: a bit per send, of at most 31, that left before a crash; what was noted
   * after the first one that did not leave was not noted.
   */
  carryOut(
    node: number,
    before: Companion,
    outcome: Outcome,
    sender: number | undefined,
    environment: Environment,
    first: Note | undefined,
    key: HandlerKey,
    kept: number | undefined
  ): Effected {
    const notes: Array<Note> = first === undefined ? [] : [first]
    const envelopes: Array<Envelope> = []
    const unsent: Array<Envelope> = []
    let { timers } = before
    let sendCount = 0
    for (const deed of outcome.deeds) {
      if (deed.kind === "note") {
        if (unsent.length === 0) notes.push(deed.note)
      } else if (deed.kind === "cancelTimer") {
        if (!key.machine.timeouts.has(deed.name)) throw new Refusal("cancelled a timer that has no handler", deed.name)
        timers = timers.filter((name) => name !== deed.name)
      } else if (deed.kind === "setTimer") {
        if (!key.machine.timeouts.has(deed.name)) throw new Refusal("set a timer that has no handler", deed.name)
        if (!timers.includes(deed.name)) timers = [...timers, deed.name].sort()
      } else {
        for (const to of this.destinations(node, deed, sender)) {
          const left = kept === undefined || ((kept >> sendCount) & 1) === 1
          if (++sendCount > MOST_SENDS) throw new Refusal("sent too many messages", `more than ${MOST_SENDS}`)
          ;(left ? envelopes : unsent).push({ from: node, to, message: deed.message })
        }
      }
    }
    const { observations, past } = this.observe(node, before, notes)
    // Unchanged is the same object: that is what makes interning it again cheap.
    const companion = timers === before.timers && past === before.past ? before : { ...before, timers, past }
    const sends = this.launch(envelopes, companion, environment)
    return {
      companion,
      observations,
      unsent,
      sendCount,
      sends,
      environment: answered(environment, observations, companion)
    }
  }

  /** Where a send goes; refuses destinations that do not exist, have no link, or do not accept the message. */
  private destinations(node: number, deed: Sending, sender: number | undefined): ReadonlyArray<number> {
    const { machines, topology } = this.system
    const neighbours = topology.neighbours[node]!
    if (deed.kind === "broadcast") return neighbours.filter((other) => machines[other] === machines[node])
    if (deed.kind === "forward") return sender === undefined ? [] : topology.forwarding(node, sender)
    if (machines[deed.to] === undefined)
      throw new Refusal("sent to a node that does not exist", `${brief(deed.message)} to n${deed.to}`)
    if (!neighbours.includes(deed.to)) {
      throw new Refusal(
        "sent over a link the topology lacks",
        `${brief(deed.message)} from n${node} to n${deed.to} in ${topology.name}`
      )
    }
    return [deed.to]
  }

  private launch(
    envelopes: ReadonlyArray<Envelope>,
    companion: Companion,
    environment: Environment
  ): ReadonlyMap<number, ReadonlyArray<number>> {
    const sends = new Map<number, Array<number>>()
    for (const { from, message, to } of envelopes) {
      const accepted = this.inputs.acceptMessage(to, message)
      if (isCut(environment, from, to)) continue
      const flight: Flight = { from, message: accepted, sentAt: companion.zone?.least ?? null, past: companion.past }
      const list = sends.get(to) ?? []
      list.push(this.flights.intern(flight))
      sends.set(to, list)
    }
    return sends
  }

  /** Notes with the node and the writes that happened before; a write is in its node's past from here on. */
  private observe(node: number, companion: Companion, notes: ReadonlyArray<Note>) {
    let past = companion.past
    const [first] = notes
    const inHand = first?.kind === "invoked" ? first.id : null
    const observations = notes.map((note) => {
      const observation = observationOf(node, { ...companion, past }, withId(note, inHand))
      if (note.kind === "wrote" && past !== null) past = union(past, [note.write])
      return observation
    })
    return { observations, past }
  }
}

/** The environment once the sessions whose operation was answered know it, and all that the answering node knows. */
const answered = (
  environment: Environment,
  observations: ReadonlyArray<Observation>,
  companion: Companion
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
      past: companion.past,
      answeredAt: companion.zone?.least ?? null
    })
  }, environment)

/** A note that answers or writes names its operation: the one in hand where the handler does not say. */
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

/** An observation made at a node that knows what its companion knows. */
export const observationOf = (node: number, companion: Companion, note: Note): Observation =>
  ({ ...note, node, past: companion.past ?? [] }) as Observation
