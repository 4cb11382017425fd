/**
 * The benchmark's models as plain functions, for the explorer it compares with. They must give plait's counts.
 */
import type { PlainSystem } from "./object-explorer.ts"

/** A replica of a protocol that only broadcasts: what it may be asked for, and what it does. */
interface PlainReplica<Local> {
  readonly replicas: number
  readonly initial: (replica: number) => Local
  /** Operations the replica may be asked for. */
  readonly choices: (replica: number, local: Local) => ReadonlyArray<object>
  /** The next local state and the message for every other replica, if any. */
  readonly step: (replica: number, local: Local, event: object) => readonly [local: Local, broadcast: object | null]
}

interface World<Local> {
  readonly locals: ReadonlyArray<Local>
  /** Messages in flight to each replica, sorted. */
  readonly network: ReadonlyArray<ReadonlyArray<string>>
}

/** Replicas that broadcast over an unordered network which neither loses nor duplicates. */
const broadcasting = <Local>({ choices, initial, replicas, step }: PlainReplica<Local>): PlainSystem<World<Local>> => {
  const all = Array.from({ length: replicas }, (_, replica) => replica)
  const after = (world: World<Local>, replica: number, event: object, inbox: ReadonlyArray<string>): World<Local> => {
    const [local, broadcast] = step(replica, world.locals[replica]!, event)
    const network = all.map((other) => {
      if (other === replica) return inbox
      const envelopes = world.network[other]!
      return broadcast === null ? envelopes : [...envelopes, JSON.stringify(broadcast)].sort()
    })
    return { locals: world.locals.with(replica, local), network }
  }
  return {
    initial: { locals: all.map(initial), network: all.map(() => []) },
    *successors(world) {
      for (const replica of all) {
        const inbox = world.network[replica]!
        for (const choice of choices(replica, world.locals[replica]!)) yield after(world, replica, choice, inbox)
        for (const message of new Set(inbox)) {
          const rest = inbox.toSpliced(inbox.indexOf(message), 1)
          yield after(world, replica, JSON.parse(message) as object, rest)
        }
      }
    }
  }
}

/** models/crdt/lamport-register.ts as plain functions. */
export const plainRegister = (replicas: number, writes: number) =>
  broadcasting({
    replicas,
    initial: () => ({ counter: 0, timestamp: 0, writer: -1, left: writes }),
    choices: (_replica, { left }) => (left > 0 ? [{ write: true }] : []),
    step: (replica, local, event: { readonly timestamp?: number; readonly writer?: number }) => {
      if (event.timestamp === undefined || event.writer === undefined) {
        const timestamp = local.counter + 1
        const next = { counter: timestamp, timestamp, writer: replica, left: local.left - 1 }
        return [next, { timestamp, writer: replica }]
      }
      const { timestamp, writer } = event
      const counter = Math.max(local.counter, timestamp)
      const wins = timestamp > local.timestamp || (timestamp === local.timestamp && writer > local.writer)
      return [wins ? { ...local, counter, timestamp, writer } : { ...local, counter }, null]
    }
  })

/** models/crdt/grow-only-set.ts as plain functions. */
export const plainGrowOnlySet = (replicas: number, operations: number) =>
  broadcasting({
    replicas,
    initial: (replica) => ({
      elements: [] as ReadonlyArray<number>,
      left: Array.from({ length: operations }, (_, element) => element).filter(
        (element) => element % replicas === replica
      )
    }),
    choices: (_replica, { left }) => left.map((add) => ({ add })),
    step: (_replica, { elements, left }, event: { readonly add?: number; readonly added?: number }) => {
      const { add, added } = event
      const element = add ?? added ?? 0
      const grown = elements.includes(element) ? elements : [...elements, element].sort()
      return [
        { elements: grown, left: left.filter((other) => other !== add) },
        add === undefined ? null : { added: add }
      ]
    }
  })

interface Commit {
  readonly manager: "init" | "committed" | "aborted"
  readonly resources: ReadonlyArray<"working" | "prepared" | "committed" | "aborted">
  readonly prepared: ReadonlyArray<number>
  readonly messages: ReadonlyArray<string>
}

const including = <Element>(elements: ReadonlyArray<Element>, element: Element): ReadonlyArray<Element> =>
  elements.includes(element) ? elements : [...elements, element].sort()

/** models/reference/two-phase-commit.ts as plain functions. */
export const plainTwoPhaseCommit = (n: number): PlainSystem<Commit> => ({
  initial: { manager: "init", resources: Array.from({ length: n }, () => "working"), prepared: [], messages: [] },
  *successors(state) {
    const { manager, messages, prepared, resources } = state
    const send = (message: string) => including(messages, message)
    if (manager === "init") {
      if (prepared.length === n) yield { ...state, manager: "committed", messages: send("commit") }
      yield { ...state, manager: "aborted", messages: send("abort") }
    }
    for (let r = 0; r < n; r++) {
      if (manager === "init" && messages.includes(`prepared ${r}`)) yield { ...state, prepared: including(prepared, r) }
      if (resources[r] === "working") {
        yield { ...state, resources: resources.with(r, "prepared"), messages: send(`prepared ${r}`) }
        yield { ...state, resources: resources.with(r, "aborted") }
      }
      if (messages.includes("commit")) yield { ...state, resources: resources.with(r, "committed") }
      if (messages.includes("abort")) yield { ...state, resources: resources.with(r, "aborted") }
    }
  }
})
