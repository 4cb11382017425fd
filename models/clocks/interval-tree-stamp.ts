/**
 * Interval tree stamps: an identity that owns part of the interval [0, 1) and a step function over it, the events. A
 * participant adds an event somewhere on its own part; an identity can be split and two can be joined again, so the
 * number of participants need not be known.
 *
 * An identity is 0 (owns nothing), 1 (all of it) or a pair for the two halves; events are a height, or a height with
 * the events of the two halves on top of it. Both have the paper's normal form.
 *
 * Source: Almeida, Baquero, Fonte, "Interval Tree Clocks: A Logical Clock for Dynamic Systems" (2008), section 5.
 */
import { Schema } from "effect"
import type { Ordering } from "plait"
import { mutual } from "./clock.ts"

/** An identity. */
export type Identity = 0 | 1 | readonly [left: Identity, right: Identity]

/** Events as heights over the interval. */
export type Events = number | readonly [height: number, left: Events, right: Events]

/** A participant's stamp. */
export interface Stamp {
  readonly identity: Identity
  readonly events: Events
}

export const Identity: Schema.Codec<Identity> = Schema.Union([
  Schema.Literals([0, 1]),
  Schema.Tuple([
    Schema.suspend((): Schema.Codec<Identity> => Identity),
    Schema.suspend((): Schema.Codec<Identity> => Identity)
  ])
])

export const Events: Schema.Codec<Events> = Schema.Union([
  Schema.Natural,
  Schema.Tuple([
    Schema.Natural,
    Schema.suspend((): Schema.Codec<Events> => Events),
    Schema.suspend((): Schema.Codec<Events> => Events)
  ])
])

/** The stamp of the first participant. */
export const seed: Stamp = { identity: 1, events: 0 }

const identityOf = (left: Identity, right: Identity): Identity =>
  left === right && typeof left === "number" ? left : [left, right]

/** Two disjoint identities that together own the parts of `identity`. */
export const split = (identity: Identity): readonly [Identity, Identity] => {
  if (identity === 0) return [0, 0]
  if (identity === 1) {
    return [
      [1, 0],
      [0, 1]
    ]
  }
  const [left, right] = identity
  if (left !== 0 && right !== 0) {
    return [
      [left, 0],
      [0, right]
    ]
  }
  const [first, second] = split(left === 0 ? right : left)
  return left === 0
    ? [
        [0, first],
        [0, second]
      ]
    : [
        [first, 0],
        [second, 0]
      ]
}

/** The identity that owns the parts of both. */
export const sum = (one: Identity, other: Identity): Identity => {
  if (one === 0 || other === 0) return one === 0 ? other : one
  if (one === 1 || other === 1) return 1
  return identityOf(sum(one[0], other[0]), sum(one[1], other[1]))
}

const parts = (events: Events): readonly [number, Events, Events] =>
  typeof events === "number" ? [events, 0, 0] : events
const lift = (by: number, events: Events): Events =>
  typeof events === "number" ? events + by : [events[0] + by, events[1], events[2]]
const least = (events: Events): number =>
  typeof events === "number" ? events : events[0] + Math.min(least(events[1]), least(events[2]))
const most = (events: Events): number =>
  typeof events === "number" ? events : events[0] + Math.max(most(events[1]), most(events[2]))

const eventsOf = (height: number, left: Events, right: Events): Events => {
  if (typeof left === "number" && left === right) return height + left
  const shared = Math.min(least(left), least(right))
  return [height + shared, lift(-shared, left), lift(-shared, right)]
}

/** True if the heights of one are everywhere at most those of the other. */
const isCovered = (one: Events, other: Events): boolean => {
  if (typeof one === "number") return one <= least(other)
  const [height, left, right] = one
  const [above, aboveLeft, aboveRight] = parts(other)
  return (
    isCovered(lift(height, left), lift(above, aboveLeft)) && isCovered(lift(height, right), lift(above, aboveRight))
  )
}

/** The greater of both heights, everywhere. */
export const join = (one: Events, other: Events): Events => {
  if (typeof one === "number" && typeof other === "number") return Math.max(one, other)
  const [height, left, right] = parts(one)
  const [above, aboveLeft, aboveRight] = parts(other)
  if (height > above) return join(other, one)
  const by = above - height
  return eventsOf(height, join(left, lift(by, aboveLeft)), join(right, lift(by, aboveRight)))
}

/** Raises the own part as far as that makes the whole simpler; the same events if nowhere. */
const fill = (identity: Identity, events: Events): Events => {
  if (identity === 0 || typeof events === "number") return events
  if (identity === 1) return most(events)
  const [height, left, right] = events
  if (identity[0] === 1) {
    const filled = fill(identity[1], right)
    return eventsOf(height, Math.max(most(left), least(filled)), filled)
  }
  const filled = fill(identity[0], left)
  if (identity[1] === 1) return eventsOf(height, filled, Math.max(most(right), least(filled)))
  return eventsOf(height, filled, fill(identity[1], right))
}

/** Higher than any cost of growing without new pairs. */
const NEW_PAIR = 1000

/** Raises one place of the own part by one, at which the tree grows least. */
const grow = (identity: Identity, events: Events): { readonly events: Events; readonly cost: number } => {
  if (typeof events === "number") {
    if (typeof identity === "number") return { events: events + 1, cost: 0 }
    const { cost, events: grown } = grow(identity, [events, 0, 0])
    return { events: grown, cost: cost + NEW_PAIR }
  }
  const [height, left, right] = events
  const [ownLeft, ownRight] = typeof identity === "number" ? [identity, identity] : identity
  const onLeft = ownLeft === 0 ? undefined : grow(ownLeft, left)
  const onRight = ownRight === 0 ? undefined : grow(ownRight, right)
  if (onLeft !== undefined && (onRight === undefined || onLeft.cost < onRight.cost)) {
    return { events: [height, onLeft.events, right], cost: onLeft.cost + 1 }
  }
  return { events: [height, left, onRight?.events ?? right], cost: (onRight?.cost ?? 0) + 1 }
}

/** The stamp after an event of its participant; one that owns no part cannot have any. */
export const event = ({ events, identity }: Stamp): Stamp => {
  if (identity === 0) return { identity, events }
  const filled = fill(identity, events)
  // Normal forms are unique, so filling changed something iff it raised something.
  return { identity, events: isCovered(filled, events) ? grow(identity, events).events : filled }
}

/** The order of the events of two stamps. */
export const compare = (one: Events, other: Events): Ordering =>
  mutual(isCovered(other, one), isCovered(one, other), "none")
