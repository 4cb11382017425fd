/**
 * The causal order of a history of registers, and the patterns that refute causal consistency in its three strengths.
 * Every write has a name of its own, so which write a read returned is known (a differentiated history).
 *
 * po: session order · rf: the write a read returned · co = (po ∪ rf)⁺ · cf: w₁ before w₂, of one key, if some read that
 * returned w₂ has w₁ in its causal past · HBₒ: least order over the causal past of o, closed under: a write w₁ that
 * comes before a read of w₂ (same key; the read is o or before it in its session) comes before w₂.
 *
 * A read that returned several writes (siblings) reads from each of them; it is stale where all of them are in the past of
 * a write it should have seen, and says nothing of which concurrent write wins.
 *
 * Source: Bouajjani, Enea, Guerraoui, Hamza, "On verifying causal consistency" (POPL 2017), tables 2 and 3. The checks
 * are those of polynomial cost for differentiated histories.
 */
import type { SessionCall } from "./History.ts"
import { inSessionOrder } from "./register.ts"

/** A pattern that refutes, with the calls that show it. */
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

/** A relation over calls by index. */
type Relation = ReadonlyArray<ReadonlyArray<boolean>>

/** Adds what follows by transitivity (Warshall). */
const closed = (relation: Relation): Relation => {
  const rows = relation.map((row) => [...row])
  rows.forEach((middle, k) =>
    rows.forEach((row) => {
      if (row[k] === true) middle.forEach((follows, j) => (row[j] ||= follows))
    })
  )
  return rows
}

const relation = (
  calls: ReadonlyArray<SessionCall>,
  holds: (left: SessionCall, right: SessionCall, i: number, j: number) => boolean
): Relation => calls.map((left, i) => calls.map((right, j) => holds(left, right, i, j)))

const isCyclic = (order: Relation): boolean => order.some((row, index) => row[index] === true)

const readsFrom = (write: SessionCall, read: SessionCall): boolean =>
  write.kind === "write" &&
  read.kind === "read" &&
  write.key === read.key &&
  write.writes.every((name) => read.writes.includes(name))

/** The read returned this write and no other: it says that the write wins over all in the read's past. */
const readsOnly = (write: SessionCall, read: SessionCall): boolean => readsFrom(write, read) && read.writes.length === 1

/** co of a history, as a function of two of its calls. */
export const causalOrder = (
  calls: ReadonlyArray<SessionCall>
): ((left: SessionCall, right: SessionCall) => boolean) => {
  const co = causal(calls)
  const indexOf = new Map(calls.map(({ id }, index) => [id, index]))
  return (left, right) => co[indexOf.get(left.id) ?? -1]?.[indexOf.get(right.id) ?? -1] === true
}

const causal = (calls: ReadonlyArray<SessionCall>): Relation =>
  closed(relation(calls, (left, right) => inSessionOrder(left, right) || readsFrom(left, right)))

type Find = (calls: ReadonlyArray<SessionCall>, co: Relation) => ReadonlyArray<SessionCall> | undefined

/** The first write and read for which something holds. */
const writeAndRead =
  (
    holds: (
      write: SessionCall,
      read: SessionCall,
      w: number,
      r: number,
      calls: ReadonlyArray<SessionCall>,
      co: Relation
    ) => boolean
  ): Find =>
  (calls, co) => {
    for (const [w, write] of calls.entries()) {
      for (const [r, read] of calls.entries()) {
        const speaks = write.kind === "write" && read.kind === "read" && write.key === read.key
        if (speaks && holds(write, read, w, r, calls, co)) return [write, read]
      }
    }
    return undefined
  }

const cyclicCo: Find = (calls, co) => {
  const at = co.findIndex((row, index) => row[index] === true)
  return at === -1 ? undefined : calls.filter((_, index) => co[at]?.[index] === true && co[index]?.[at] === true)
}

const thinAirRead: Find = (calls) => {
  const written = new Set(calls.filter(({ kind }) => kind === "write").flatMap(({ writes }) => writes))
  const read = calls.find(({ writes }) => writes.some((write) => !written.has(write)))
  return read === undefined ? undefined : [read]
}

const writeCoInitRead = writeAndRead(
  (_write, read, w, r, _calls, co) => read.writes.length === 0 && co[w]?.[r] === true
)

const writeCoRead = writeAndRead((_write, read, w, r, calls, co) => {
  const sources = calls.flatMap((source, s) => (readsFrom(source, read) ? [s] : []))
  return co[w]?.[r] === true && sources.length > 0 && sources.every((s) => s !== w && co[s]?.[w] === true)
})

/** cf ∪ co, closed. */
const conflict = (calls: ReadonlyArray<SessionCall>, co: Relation): Relation =>
  closed(
    relation(
      calls,
      (left, right, i, j) =>
        co[i]?.[j] === true ||
        (i !== j &&
          left.kind === "write" &&
          right.kind === "write" &&
          left.key === right.key &&
          calls.some((read, r) => readsOnly(right, read) && co[i]?.[r] === true))
    )
  )

const cyclicCf: Find = (calls, co) => {
  const cf = conflict(calls, co)
  return isCyclic(cf) ? calls.filter((_, index) => cf[index]?.[index] === true) : undefined
}

/** HBₒ for the operation at `o`. */
const happensBefore = (calls: ReadonlyArray<SessionCall>, co: Relation, o: number): Relation => {
  const past = (index: number): boolean => index === o || co[index]?.[o] === true
  const before = (index: number): boolean => {
    const [call, last] = [calls[index], calls[o]]
    return index === o || (call !== undefined && last !== undefined && inSessionOrder(call, last))
  }
  let order = closed(relation(calls, (_left, _right, i, j) => co[i]?.[j] === true && past(i) && past(j)))
  for (;;) {
    const known = order
    const next = closed(
      relation(
        calls,
        (left, right, i, j) =>
          known[i]?.[j] === true ||
          (i !== j &&
            left.kind === "write" &&
            right.kind === "write" &&
            left.key === right.key &&
            calls.some((read, r) => before(r) && readsOnly(right, read) && known[i]?.[r] === true))
      )
    )
    if (next.every((row, i) => row.every((holds, j) => holds === known[i]?.[j]))) return next
    order = next
  }
}

const cyclicHb: Find = (calls, co) => {
  for (const [o] of calls.entries()) {
    const hb = happensBefore(calls, co, o)
    if (isCyclic(hb)) return calls.filter((_, index) => hb[index]?.[index] === true)
  }
  return undefined
}

const writeHbInitRead: Find = (calls, co) => {
  for (const [o, last] of calls.entries()) {
    const hb = happensBefore(calls, co, o)
    const found = writeAndRead(
      (_write, read, w, r) => read.writes.length === 0 && (r === o || inSessionOrder(read, last)) && hb[w]?.[r] === true
    )(calls, co)
    if (found !== undefined) return found
  }
  return undefined
}

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
export const badPattern = (calls: ReadonlyArray<SessionCall>, strength: CausalStrength): BadPattern | undefined => {
  const known = calls.filter(({ kind }) => kind !== "unknown")
  const co = causal(known)
  for (const name of refuting[strength]) {
    const found = finders[name](known, co)
    if (found !== undefined) return { name, calls: found }
  }
  return undefined
}
