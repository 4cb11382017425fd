/**
 * What becomes of all that a handler did, on plain objects: messages on their way, timers, notes and answered sessions.
 */
import type { Message, NodeSystem, Note, Observation } from "../../src/model/index.ts"
import type { Cause, Deed } from "./HandlerRuns.ts"
import { type Flight, linkOf, seenAt, type State, text, union, withNode } from "./ReferenceState.ts"

/** What a handler's deeds come to, when only some of its messages leave; after the first that does not it notes nothing. */
export const carriedOut = (
  system: NodeSystem<unknown>,
  causal: boolean,
  before: State,
  id: number,
  cause: Omit<Cause, "handler">,
  deeds: ReadonlyArray<Deed>,
  leaves: (index: number) => boolean = () => true
) => {
  const sent: Array<{ readonly to: number; readonly message: Message }> = []
  const timers = new Set(before.nodes[id]!.timers)
  let after = before
  const seen: Array<Observation> = []
  const note = (what: Note) => {
    const inHand = cause.operation ?? null
    const answers = ["wrote", "acknowledged", "read", "rejected"].includes(what.kind)
    const named = answers ? { ...what, id: ("id" in what ? what.id : null) ?? inHand } : what
    seen.push(seenAt(after, id, named as Note))
    if (what.kind === "wrote" && causal) {
      after = withNode(after, id, { past: union(after.nodes[id]!.past, [what.write]) })
    }
  }
  if (cause.first !== undefined) note(cause.first)
  let index = 0
  let stopped = false
  for (const deed of deeds) {
    if (deed.does === "set") timers.add(deed.timer)
    if (deed.does === "cancel") timers.delete(deed.timer)
    if (deed.does === "note" && !stopped) note(deed.note)
    for (const to of destinations(system, id, deed, cause.sender)) {
      if (!leaves(index++)) stopped = true
      else if ("message" in deed) sent.push({ to, message: deed.message })
    }
  }
  after = withNode(after, id, { timers: [...timers].sort() })
  const { clock, past } = after.nodes[id]!
  const arriving = sent.filter(({ to }) => !after.nodes[to]!.isCutOff && !after.cut.includes(linkOf(id, to)))
  const flights = arriving.map(({ message, to }) => ({ from: id, to, message, sentAt: clock.least, past }))
  const sessions = after.sessions.map((session, number) => {
    const name = `s${number}.${session.next - 1}`
    const isAnswered = seen.some(
      (each) => ["acknowledged", "read", "rejected"].includes(each.kind) && "id" in each && each.id === name
    )
    return session.waiting && isAnswered ? { ...session, waiting: false, past, answeredAt: clock.least } : session
  })
  const inFlight = flights.reduce((all, flight) => flying(system, all, flight), after.flights)
  return { after: { ...after, flights: inFlight, sessions }, seen }
}

/** The messages in flight after one more, unless as many like it as may be are in flight. */
export const flying = (
  system: NodeSystem<unknown>,
  flights: ReadonlyArray<Flight>,
  flight: Flight
): ReadonlyArray<Flight> => {
  const envelope = ({ from, message, to }: Flight) => text([from, to, message])
  const alike = flights.filter((other) => envelope(other) === envelope(flight)).length
  return alike < system.network.copies ? [...flights, flight] : flights
}

/** The nodes that a deed sends a message to. */
export const destinations = (
  system: NodeSystem<unknown>,
  id: number,
  deed: Deed,
  sender: number | undefined
): ReadonlyArray<number> => {
  const { machines, topology } = system
  if (deed.does === "send") return [deed.to]
  if (deed.does === "forward") return topology.forwarding(id, sender ?? -1)
  return deed.does === "broadcast" ? topology.neighbours[id]!.filter((to) => machines[to] === machines[id]) : []
}
