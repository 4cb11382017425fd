/**
 * Physical clocks. Real time is an integer from 0 to a horizon; a message takes at least `latency` units of it, and each
 * node's clock shows real time plus that node's offset.
 *
 * No clock ticks in the state. A handler that reads its clock is given every value that some run of real time within
 * the bounds allows, so time costs states only where it is read. That is exact: all a node knows of real time is the
 * least value it can have (from its own reads and from the messages it received), a smaller least value allows more,
 * and so only the least is kept. Steps are taken in the order of time, whatever is judged: none is earlier than the one
 * before it. A step is one moment, or the time from the first to the last reading where its handler reads several times;
 * nothing else happens meanwhile. The reference explorer of test/trust has clocks that tick, and agrees.
 *
 * Past the horizon no clock is read, and a step whose handler would read one does not happen. A run that ends for want of
 * it ends at the bound: properties about runs do not judge it, and their verdicts say so. A message that is left in
 * flight that way keeps the state from being quiescent, so that quiescence properties do not judge it either.
 */
import { Context, type Effect } from "effect"
import { list, oneOf, refuse, truthValue, wholeNumber, options } from "./Checked.ts"

/** Reads the node's physical clock inside a handler. */
export class LocalClock extends Context.Service<
  LocalClock,
  {
    readonly now: Effect.Effect<number>
  }
>()("plait/model/LocalClock") {
  /** What this node's clock shows, in units of real time. */
  static readonly now: Effect.Effect<number, never, LocalClock> = LocalClock.use((clock) => clock.now)
}

/** What bounds the clocks of a system. */
export interface ClockBounds {
  /** Real time ends here: the last moment at which a handler can read a clock. */
  readonly horizon: number
  /** The least real time a message takes. Default 1. */
  readonly latency?: number
  /** How often each node's clock may show less than before; only clocks whose offset varies can. Default 0. */
  readonly stepsBack?: number
  /** Whether a node never reads the same value twice (at most one write per tick). Default false. */
  readonly unique?: boolean
}

/** How far a clock may be from real time: an amount per node, or a range that is fixed for a run or varies within it. */
export type Offsets =
  | { readonly kind: "given"; readonly perNode: ReadonlyArray<number> }
  | { readonly kind: "fixed" | "varying"; readonly least: number; readonly most: number }

/** The clocks of a system. */
export interface ClockModel extends Required<ClockBounds> {
  readonly offsets: Offsets
}

const bounded = ["horizon", "latency", "stepsBack", "unique"]

const model = (of: string, offsets: Offsets, bounds: ClockBounds, known: ReadonlyArray<string>): ClockModel => {
  options(of, bounds, known)
  const { horizon, latency = 1, stepsBack = 0, unique = false } = bounds
  const clocks = { offsets, horizon, latency, stepsBack, unique }
  refuseClocks(of, clocks)
  return clocks
}

/** Every clock shows real time. */
const perfect = (bounds: ClockBounds): ClockModel =>
  model("Clocks.perfect", { kind: "fixed", least: 0, most: 0 }, bounds, bounded)

/** Each clock is ahead of real time by a constant of its own, 0 to `skew`: any two clocks differ by at most `skew`. */
const skewed = (bounds: ClockBounds & { readonly skew: number }): ClockModel =>
  model("Clocks.skewed", { kind: "fixed", least: 0, most: bounds.skew }, bounds, [...bounded, "skew"])

/** Like `skewed`, but the amount may change between any two readings: the clocks drift and are corrected. */
const drifting = (bounds: ClockBounds & { readonly skew: number }): ClockModel =>
  model("Clocks.drifting", { kind: "varying", least: 0, most: bounds.skew }, bounds, [...bounded, "skew"])

/** Node i's clock shows real time plus `perNode[i]`: a number, which may be negative, for each node. */
const offset = (perNode: ReadonlyArray<number>, bounds: ClockBounds): ClockModel =>
  model("Clocks.offset", { kind: "given", perNode }, bounds, bounded)

/** Constructors of clocks: `perfect`, `skewed`, `drifting`, and `offset` for given amounts. */
export const Clocks = { perfect, skewed, drifting, offset }

/** Throws `RangeError` where clocks have no end, no unit, or not one offset for each node; `size`: how many there are. */
export const refuseClocks = (of: string, clocks: ClockModel, size?: number): void => {
  for (const name of ["horizon", "latency", "stepsBack"] as const) wholeNumber({ of, name }, clocks[name])
  truthValue({ of, name: "unique" }, clocks.unique)
  const { offsets } = clocks
  oneOf({ of, name: "the kind of offsets" }, offsets.kind, ["given", "fixed", "varying"])
  if (offsets.kind !== "given") {
    wholeNumber({ of, name: "the least offset" }, offsets.least, { least: -Infinity })
    return wholeNumber({ of, name: "skew" }, offsets.most, { least: offsets.least })
  }
  list({ of, name: "offsets" }, offsets.perNode)
  for (const offset of offsets.perNode) wholeNumber({ of, name: "an offset" }, offset, { least: -Infinity })
  if (size !== undefined && offsets.perNode.length !== size) {
    refuse({ of, name: "offsets" }, `are given for ${offsets.perNode.length}`, `one for each of the ${size} nodes`)
  }
}
