/** Actions whose transitions differ between a pinned case and its result: the origin of a drift in a protocol. */

/** Transitions by each action's name. */
export interface ActionTotals {
  readonly [name: string]: number
}

/** Most actions named in a sentence; of a change that moves them all the largest are enough. */
const MOST_NAMED = 6

/** The transitions of each action, names sorted. */
export const actionsOf = (actions: ReadonlyArray<{ readonly name: string; readonly taken: number }>): ActionTotals => {
  const totals = new Map<string, number>()
  for (const { name, taken } of actions) totals.set(name, (totals.get(name) ?? 0) + taken)
  return Object.fromEntries([...totals].sort(([left], [right]) => (left < right ? -1 : 1)))
}

/** The actions that moved, the furthest first, then those that are new or gone, in words; `undefined` if none did. */
export const actionDrift = (before: ActionTotals, after: ActionTotals): string | undefined => {
  const moved = Object.entries(after).flatMap(([name, now]) => {
    const was = Object.hasOwn(before, name) ? before[name] : undefined
    return was === undefined || was === now ? [] : [{ name, was, now }]
  })
  moved.sort((left, right) => Math.abs(right.now - right.was) - Math.abs(left.now - left.was))
  const parts = [
    named(moved.map(({ name, now, was }) => `${name} ${grouped(was)} → ${grouped(now)}`)),
    named(only(after, before), "new: "),
    named(only(before, after), "gone: ")
  ].filter((part) => part !== "")
  return parts.length === 0 ? undefined : `actions: ${parts.join("; ")}`
}

const only = (these: ActionTotals, those: ActionTotals): ReadonlyArray<string> =>
  Object.entries(these).flatMap(([name, taken]) => (Object.hasOwn(those, name) ? [] : [`${name} ${grouped(taken)}`]))

const named = (phrases: ReadonlyArray<string>, heading = ""): string => {
  if (phrases.length === 0) return ""
  const left = phrases.length - MOST_NAMED
  return `${heading}${phrases.slice(0, MOST_NAMED).join(", ")}${left > 0 ? ` and ${left} more` : ""}`
}

/** A number with its thousands grouped. */
export const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",")
