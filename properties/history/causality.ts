/**
 * The causal order of a history of registers, and the patterns that refute causal consistency in its three strengths.
 * Every write has a name of its own, so the write that a read returned is known (a differentiated history).
 *
 * po: session order · rf: the write a read returned · co = (po ∪ rf)⁺ · cf: w₁ before w₂, of one key, if some read that
 * returned w₂ has w₁ in its causal past · HBₒ: least order over the causal past of o, closed under: a write w₁ that
 * comes before a read of w₂ (same key; the read is o or before it in its session) comes before w₂.
 *
 * A read that returned several writes (siblings) reads from each of them; it is stale if all of them are in the past of
 * a write it should have seen, and does not order concurrent writes.
 *
 * Source: Bouajjani, Enea, Guerraoui, Hamza, "On verifying causal consistency" (POPL 2017), tables 2 and 3. The checks
 * are those of polynomial cost for differentiated histories.
 */
import type { WriteName } from "plait"
import type { SessionCall } from "./History.ts"
import { inSessionOrder, type Order, readsFrom } from "./relations.ts"

/** A pattern that refutes, with its calls. */
export interface BadPattern {
  readonly name: PatternName
  readonly calls: ReadonlyArray<SessionCall>
}

/** The patterns of the paper. */
export type PatternName =
  | "CyclicCO"
  | "WriteCOInitRead"
  | "ThinAirRead"
  | "WriteCORead"
  | "CyclicCF"
  | "WriteHBInitRead"
  | "CyclicHB"

type Calls = ReadonlyArray<SessionCall>

/** The transitive closure of a relation (Warshall). */
const closed = (calls: Calls, related: Order): Order => {
  const after = new Map(calls.map((left) => [left, new Set(calls.filter((right) => related(left, right)))]))
  for (const [middle, reached] of after) {
    for (const set of after.values()) if (set.has(middle)) for (const call of reached) set.add(call)
  }
  return (left, right) => after.get(left)?.has(right) === true
}

/** The order co of a history, for calls of this list. */
export const causalOrder = (calls: Calls): Order =>
  closed(calls, (left, right) => inSessionOrder(left, right) || readsFrom(left, right))

/** The first call that comes before itself, with all that come both before and after it. */
const cycle = (calls: Calls, order: Order): Calls | undefined => {
  const first = calls.find((call) => order(call, call))
  return first && calls.filter((call) => order(first, call) && order(call, first))
}

/** The first write, and the first read of its key, for which a relation holds. */
const writeAndRead = (calls: Calls, holds: Order): Calls | undefined => {
  for (const write of calls) {
    const speaks = (read: SessionCall) => read.kind === "read" && read.key === write.key && holds(write, read)
    const read = write.kind === "write" && calls.find(speaks)
    if (read) return [write, read]
  }
  return undefined
}

type Find = (calls: Calls, co: Order) => Calls | undefined

const cyclicCo: Find = cycle

const thinAirRead: Find = (calls) => {
  const isWritten = (name: WriteName, read: SessionCall) =>
    calls.some((write) => write.writes.includes(name) && readsFrom(write, read))
  const read = calls.find((call) => call.kind === "read" && call.writes.some((name) => !isWritten(name, call)))
  return read && [read]
}

const writeCoInitRead: Find = (calls, co) =>
  writeAndRead(calls, (write, read) => read.writes.length === 0 && co(write, read))

/** Comes last: a read that returned no write, or one that was never made, has been found before. */
const writeCoRead: Find = (calls, co) =>
  writeAndRead(calls, (write, read) => {
    const sources = calls.filter((source) => readsFrom(source, read))
    return co(write, read) && sources.every((source) => co(source, write))
  })

/**
 * An order, closed, with the order that some reads add: a read that returned a single write implies that this write
 * wins over all others of its key that come before the read.
 */
const arbitrated = (calls: Calls, order: Order, reads: Calls): Order => {
  const won = reads
    .filter(({ writes }) => writes.length === 1)
    .flatMap((read) => calls.filter((winner) => readsFrom(winner, read)).map((winner) => ({ winner, read })))
  const loses: Order = (left, right) =>
    left !== right &&
    left.kind === "write" &&
    left.key === right.key &&
    won.some(({ read, winner }) => winner === right && order(left, read))
  return closed(calls, (left, right) => order(left, right) || loses(left, right))
}

/** cf ∪ co. */
const cyclicCf: Find = (calls, co) => cycle(calls, arbitrated(calls, co, calls))

interface HappensBefore {
  readonly past: Calls
  /** The reads of the session so far. */
  readonly reads: Calls
  readonly order: Order
}

/** HBₒ for an operation, over its causal past. */
const happensBefore = (calls: Calls, co: Order, last: SessionCall): HappensBefore => {
  const past = calls.filter((call) => call === last || co(call, last))
  const reads = past.filter((call) => call === last || inSessionOrder(call, last))
  let known = co
  for (;;) {
    const before = known
    const order = arbitrated(past, before, reads)
    if (past.every((left) => past.every((right) => order(left, right) === before(left, right)))) {
      return { past, reads, order }
    }
    known = order
  }
}

/** The pattern found for the first operation that has one. */
const inSomeHappensBefore =
  (find: (hb: HappensBefore) => Calls | undefined): Find =>
  (calls, co) => {
    for (const last of calls) {
      const found = find(happensBefore(calls, co, last))
      if (found !== undefined) return found
    }
    return undefined
  }

const cyclicHb = inSomeHappensBefore(({ order, past }) => cycle(past, order))

const writeHbInitRead = inSomeHappensBefore(({ order, past, reads }) =>
  writeAndRead(past, (write, read) => read.writes.length === 0 && reads.includes(read) && order(write, read))
)

const finders: { readonly [P in PatternName]: Find } = {
  CyclicCO: cyclicCo,
  WriteCOInitRead: writeCoInitRead,
  ThinAirRead: thinAirRead,
  WriteCORead: writeCoRead,
  CyclicCF: cyclicCf,
  WriteHBInitRead: writeHbInitRead,
  CyclicHB: cyclicHb
}

const always = ["CyclicCO", "WriteCOInitRead", "ThinAirRead", "WriteCORead"] as const

/** The patterns that refute each strength: causal consistency, causal convergence, causal memory. */
export const refuting = {
  CC: always,
  CCv: [...always, "CyclicCF"],
  CM: [...always, "WriteHBInitRead", "CyclicHB"]
} as const satisfies { readonly [strength: string]: ReadonlyArray<PatternName> }

/** The strengths of causal consistency. */
export type CausalStrength = keyof typeof refuting

/** The first pattern in a history that refutes a strength, if any. */
export const badPattern = (calls: Calls, strength: CausalStrength): BadPattern | undefined => {
  const known = calls.filter(({ kind }) => kind !== "unknown")
  const co = causalOrder(known)
  for (const name of refuting[strength]) {
    const found = finders[name](known, co)
    if (found !== undefined) return { name, calls: found }
  }
  return undefined
}
