/**
 * Conditions on a hybrid logical clock with respect to physical time: its l is close to its node's own clock.
 *
 * For models that note `stamped` with the timestamp (its l) and the reading of the node's physical clock. Source:
 * Kulkarni et al. 2014, theorem 2 (l.f ≥ pt.f) and corollary 1 (l.f − pt.f ≤ ε).
 *
 * Observes `stamped`; costs the least and the greatest distance so far, which are added to the state.
 */
import { type HistoryStep, type Monitor, type Observation, Observer, Property } from "plait"

interface Lead {
  /** The least and the most of l − pt over all events so far; null before the first. */
  readonly least: number | null
  readonly most: number | null
}

interface Stamped {
  /** The reading of the node's physical clock. */
  readonly now: number
  readonly stamp: { readonly l: number }
}

const stampedIn = (seen: Observation): Stamped | undefined =>
  seen.kind === "noted" && seen.name === "stamped" ? (seen.data as Stamped) : undefined

const leadOf = ({ now, stamp }: Stamped): number => stamp.l - now

const leads = Observer.make("how far l is ahead of physical time", {
  initial: { least: null, most: null } as Lead,
  observe: (before, seen): Lead => {
    const stamped = stampedIn(seen)
    if (stamped === undefined) return before
    const lead = leadOf(stamped)
    return { least: Math.min(before.least ?? lead, lead), most: Math.max(before.most ?? lead, lead) }
  }
})

const isBehind = (lead: number): boolean => lead < 0

/** Every violating event, in words; all are of the last step, since a history ends at its first violation. */
const offences = (history: ReadonlyArray<HistoryStep<unknown>>, offends: (lead: number) => boolean): string =>
  history
    .flatMap(({ number, observations }) => observations.map((seen) => ({ number, seen, stamped: stampedIn(seen) })))
    .flatMap(({ number, seen, stamped }) => {
      if (stamped === undefined || !offends(leadOf(stamped))) return []
      const { now, stamp } = stamped
      const lead = leadOf(stamped)
      const away = `${Math.abs(lead)} ${isBehind(lead) ? "behind" : "ahead of"} it`
      return [
        `In step ${number} n${seen.node}'s physical clock shows ${now}, and its event gets l = ${stamp.l}, ${away}.`
      ]
    })
    .join(" ")

/** l.f ≥ pt.f for every event f. Observes `stamped`; records two integers. */
export const neverBehindPhysicalTime: Monitor<unknown> = Property.monitor("l never falls behind the physical clock", {
  observer: leads,
  premise: ({ least }) => least !== null,
  rejects: ({ least }) => (isBehind(least ?? 0) ? String(least) : undefined),
  explain: (_view, _leads, history) => offences(history, isBehind)
})

/** l.f − pt.f ≤ ε for every event f. Observes `stamped`; records two integers. */
export const aheadByAtMost = (epsilon: number): Monitor<unknown> => {
  const isTooFar = (lead: number): boolean => lead > epsilon
  return Property.monitor(`l runs ahead of the physical clock by at most ${epsilon}`, {
    observer: leads,
    premise: ({ most }) => most !== null,
    rejects: ({ most }) => (isTooFar(most ?? epsilon) ? String(most) : undefined),
    explain: (_view, _leads, history) => offences(history, isTooFar)
  })
}
