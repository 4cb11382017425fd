/**
 * One part of a matrix that is checked in several: every n-th cell, so that the cells of one model, which take about the
 * same time, are dealt out evenly. A function of the cells alone: the shards together are all of them, each once.
 */
import { UsageError } from "./UsageError.ts"

/** Part `index` of `count`, from 1. */
export interface Shard {
  readonly index: number
  readonly count: number
}

/** Reads such as `2/5`. Throws `UsageError`. */
export const parseShard = (text: string): Shard => {
  const [, index, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number)
  if (index !== undefined && count !== undefined && index >= 1 && index <= count) return { index, count }
  throw new UsageError({ problem: `--shard ${text} is not possible`, advice: "--shard 2/5 is the second of five" })
}

/** The cells of a shard. */
export const shardOf = <Cell>(cells: ReadonlyArray<Cell>, { count, index }: Shard): ReadonlyArray<Cell> =>
  cells.filter((_, position) => position % count === index - 1)
