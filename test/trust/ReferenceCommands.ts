/**
 * What becomes of all that a handler did, on plain objects: messages on their way, timers, notes and answered sessions.
 */
import type { Message, NodeSystem, Note, Observation } from "../../src/model/index.ts"
import type { Cause, HandlerCommand } from "./HandlerRuns.ts"
import { type TrackedEnvelope, linkOf, seenAt, type State, text, union, withNode } from "./ReferenceState.ts"

/** What a handler's deeds come to, when only some of its messages leave; after the first that does not it notes nothing. */
export const carriedOut = (
  system: NodeSystem<unknown>,
  causal: boolean,
  before: State,
  id: number,
  cause: Omit<Cause, "handler">,
  commands: ReadonlyArray<HandlerCommand>,
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
  for (const command of commands) {
    if (command.does === "set") timers.add(command.timer)
    if (command.does === "cancel") timers.delete(command.timer)
    if (command.does === "note" && !stopped) note(command.note)
    for (const to of destinations(system, id, command, cause.sender)) {
      if (!leaves(index++)) stopped = true
      else if ("message" in command) sent.push({ to, message: command.message })
    }
  }
  after = withNode(after, id, { timers: [...timers].sort() })
  const { clock, past } = after.nodes[id]!
  const arriving = sent.filter(({ to }) => !after.nodes[to]!.isCutOff && !after.cut.includes(linkOf(id, to)))
  const envelopes = arriving.map(({ message, to }) => ({ from: id, to, message, sentAt: clock.least, past }))
  const sessions = after.sessions.map((session, number) => {
    const name = `s${number}.${session.next - 1}`
    const isAnswered = seen.some(
      (each) => ["acknowledged", "read", "rejected"].includes(each.kind) && "id" in each && each.id === name
    )
    return session.waiting && isAnswered ? { ...session, waiting: false, past, answeredAt: clock.least } : session
  })
  const inFlight = envelopes.reduce((all, envelope) => flying(system, all, envelope), after.envelopes)
  return { after: { ...after, envelopes: inFlight, sessions }, seen }
}

/** The messages in flight after one more, unless as many like it as may be are in flight. */
export const flying = (
  system: NodeSystem<unknown>,
  envelopes: ReadonlyArray<TrackedEnvelope>,
  envelope: TrackedEnvelope
): ReadonlyArray<TrackedEnvelope> => {
  const content = ({ from, message, to }: TrackedEnvelope) => text([from, to, message])
  const alike = envelopes.filter((other) => content(other) === content(envelope)).length
  return alike < system.network.copies ? [...envelopes, envelope] : envelopes
}

/** The nodes that a deed sends a message to. */
export const destinations = (
  system: NodeSystem<unknown>,
  id: number,
  command: HandlerCommand,
  sender: number | undefined
): ReadonlyArray<number> => {
  const { machines, topology } = system
  if (command.does === "send") return [command.to]
  if (command.does === "forward") return topology.forwarding(id, sender ?? -1)
  return command.does === "broadcast" ? topology.neighbours[id]!.filter((to) => machines[to] === machines[id]) : []
}
