/**
 * Physical clocks. Real time is an integer from 0 to a horizon; a message takes at least `latency` units of it, and
 * each node's clock shows real time plus that node's offset.
 *
 * No clock ticks in the state. A handler that reads its clock gets every value that some run of real time within the
 * bounds allows, so time costs states only if it is read. This is exact: a node knows only the least value that real
 * time can have (from its own reads and from the messages it received). A smaller least value allows more, so only the
 * least is stored. Steps are taken in the order of time, for every kind of property: none is earlier than the one
 * before it. A step is one moment, or the time from the first to the last reading if its handler reads several times;
 * no other step happens meanwhile. The reference explorer of test/trust has clocks that tick, and agrees.
 *
 * Past the horizon no clock is read, and a step whose handler would read one does not happen. A run that ends for this
 * reason ends at the bound: properties about runs do not judge it, and their verdicts say so. A message that stays
 * in flight for this reason keeps the state from being quiescent, so quiescence properties do not judge it either.
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
  /** The reading of this node's clock, in units of real time. */
  static readonly now: Effect.Effect<number, never, LocalClock> = LocalClock.use((clock) => clock.now)
}

/** Bounds of the clocks of a system. */
export interface ClockBounds {
  /** The end of real time: the last moment at which a handler can read a clock. */
  readonly horizon: number
  /** The least real time a message takes. Default 1. */
  readonly latency?: number
  /**
   * Number of times that each node's clock may show less than before; only clocks whose offset varies can. Default 0.
   */
  readonly stepsBack?: number
  /** True if a node never reads the same value twice (at most one write per tick). Default false. */
  readonly unique?: boolean
}

/** Distance of clocks from real time: an amount per node, or a range that is fixed for a run or varies within it. */
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

/** Clocks that show real time. */
const perfect = (bounds: ClockBounds): ClockModel =>
  model("Clocks.perfect", { kind: "fixed", least: 0, most: 0 }, bounds, bounded)

/**
 * Clocks that are each ahead of real time by a constant of their own, 0 to `skew`: any two differ by at most `skew`.
 */
const skewed = (bounds: ClockBounds & { readonly skew: number }): ClockModel =>
  model("Clocks.skewed", { kind: "fixed", least: 0, most: bounds.skew }, bounds, [...bounded, "skew"])

/** Clocks like `skewed`, but the amount may change between any two readings: they drift and are corrected. */
const drifting = (bounds: ClockBounds & { readonly skew: number }): ClockModel =>
  model("Clocks.drifting", { kind: "varying", least: 0, most: bounds.skew }, bounds, [...bounded, "skew"])

/** Clocks by node: node i's shows real time plus `perNode[i]`, a number that may be negative. */
const offset = (perNode: ReadonlyArray<number>, bounds: ClockBounds): ClockModel =>
  model("Clocks.offset", { kind: "given", perNode }, bounds, bounded)

/** Constructors of clocks: `perfect`, `skewed`, `drifting`, and `offset` for given amounts. */
export const Clocks = { perfect, skewed, drifting, offset }

/** Throws `RangeError` if clocks have no end, no unit, or not one offset for each of `size` nodes. */
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
