/**
 * Names the code of a model that differs between two programs of one system. Follows a schedule through both programs
 * and names the code behind the first step that differs.
 */
import { canonicalKey } from "../interning/Canonical.ts"
import { brief, ModelRefused } from "./ModelRefused.ts"
import { OBSERVED, type Program, Successors } from "../Program.ts"

type Parts = Readonly<Record<string, unknown>>

/** A step out of a state. */
interface Way {
  readonly label: string
  readonly code: string
  readonly guard: string | undefined
  readonly leadsTo: Parts
  /** Messages and observations. */
  readonly does: Parts
}

/** Most steps out of one state that are compared: describing one step takes as long as finding all. */
const MOST_COMPARED = 500

const successorsOf = (program: Program, state: Int32Array): ReadonlyArray<Int32Array> => {
  const out = new Successors()
  program.expand(state, out)
  const { data } = out
  let end = 0
  return Array.from({ length: out.count }, () => {
    const next = state.slice()
    const first = end + 4
    end = first + 2 * data[first - 1]!
    for (let at = first; at < end; at += 2) next[data[at]!] = data[at + 1]!
    return next
  })
}

/** The steps out of a state by label; the name of a second step with the same label ends in "again". */
const waysFrom = (program: Program, state: Int32Array): ReadonlyMap<string, Way> => {
  const ways = new Map<string, Way>()
  for (const [ordinal, next] of successorsOf(program, state).slice(0, MOST_COMPARED).entries()) {
    const step = program.describeStep(state, ordinal)
    const { label, lost, observations, sent, unsent } = step
    let name = label
    while (ways.has(name)) name += " again"
    const does = { sent, unsent, lost, observations }
    ways.set(name, { label, ...program.codeBehind(step), leadsTo: program.snapshot(next), does })
  }
  return ways
}

/** The code that differs, and both results. */
interface Fault {
  readonly where: string
  readonly detail: string
}

/** The difference between two records. If only values of observers differ, the observer is named. */
const difference = (code: string, verb: string, before: Parts, now: Parts): Fault | undefined => {
  const names = Object.keys({ ...before, ...now }).filter(
    (name) => canonicalKey(before[name]) !== canonicalKey(now[name])
  )
  if (names.length === 0) return undefined
  const only = (of: Parts): string => brief(Object.fromEntries(names.map((name) => [name, of[name]])))
  const observer = names.every((name) => name.startsWith(OBSERVED)) ? names[0]!.slice(OBSERVED.length) : undefined
  const where = observer === undefined ? code : `observer "${observer}"`
  return { where, detail: `${verb} ${only(before)} first, and then ${only(now)}.` }
}

const faultOf = (before: Way | undefined, now: Way | undefined): Fault | undefined => {
  if (before === undefined || now === undefined) {
    const { code, guard, label } = (before ?? now)!
    const happened = before === undefined ? "could not happen first, and then did" : "could happen first, and then not"
    return { where: guard ?? code, detail: `"${label}" ${happened}.` }
  }
  const { code, label } = before
  return (
    difference(code, `"${label}" came with`, before.does, now.does) ??
    difference(code, `"${label}" led to`, before.leadsTo, now.leadsTo)
  )
}

const faultOfConstraint = (where: string, excludedBefore = false, excludedNow = false): Fault | undefined => {
  if (excludedBefore === excludedNow) return undefined
  return { where, detail: `It came to ${!excludedBefore} first, and then to ${!excludedNow}.` }
}

/** The first difference among the steps out of a state. */
const faultAmong = (before: ReadonlyMap<string, Way>, now: ReadonlyMap<string, Way>): Fault | undefined => {
  for (const name of new Set([...before.keys(), ...now.keys()])) {
    const fault = faultOf(before.get(name), now.get(name))
    if (fault !== undefined) return fault
  }
  return undefined
}

/** The states at an index of two lists; `undefined` if one of the lists ends before it. */
const both = (
  before: ReadonlyArray<Int32Array>,
  now: ReadonlyArray<Int32Array>,
  place: number
): readonly [before: Int32Array, now: Int32Array] | undefined =>
  place < Math.min(before.length, now.length) ? [before[place]!, now[place]!] : undefined

/**
 * The refusal of the first difference between two programs of a system along a schedule; `undefined` if there is none.
 */
export const culpritOf = (
  program: Program,
  replayed: Program,
  { initialIndex, ordinals }: { readonly initialIndex: number; readonly ordinals: ReadonlyArray<number> }
): ModelRefused | undefined => {
  const refused = (fault: Fault, input: string): ModelRefused =>
    new ModelRefused({ system: program.system, offence: "is not deterministic", input, ...fault })
  const counts = [program.initial.length, replayed.initial.length]
  if (counts[0] !== counts[1]) {
    return refused({ where: "the initial states", detail: `There were ${counts[0]} first, and then ${counts[1]}.` }, "")
  }
  let states = both(program.initial, replayed.initial, initialIndex)
  if (states !== undefined) {
    const [before, now] = states
    const fault = difference("the initial state", "It was", program.snapshot(before), replayed.snapshot(now))
    if (fault !== undefined) return refused(fault, "")
  }
  let from: typeof states
  for (let step = 0; states !== undefined; step++) {
    const [before, now] = states
    const fault =
      faultOfConstraint("constraint", program.excludes?.(undefined, before), replayed.excludes?.(undefined, now)) ??
      faultOfConstraint(
        "actionConstraint",
        program.excludes?.(from?.[0], before),
        replayed.excludes?.(from?.[1], now)
      ) ??
      faultAmong(waysFrom(program, before), waysFrom(replayed, now))
    if (fault !== undefined) return refused(fault, brief(program.snapshot(before)))
    from = states
    states = both(successorsOf(program, before), successorsOf(replayed, now), ordinals[step] ?? Infinity)
  }
  return undefined
}
