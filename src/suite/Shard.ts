/**
 * One part of a suite that is checked in several: every n-th case, so that the cases of one model, which take about the
 * same time, are distributed evenly. Depends on the cases alone: the shards together are all of them, each once.
 */
import { UsageError } from "./UsageError.ts"

/** Part `index` of `count`, from 1. */
export interface Shard {
  readonly index: number
  readonly count: number
}

/** Reads a shard such as `2/5`. Throws `UsageError`. */
export const parseShard = (text: string): Shard => {
  const [, index, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number)
  if (index !== undefined && count !== undefined && index >= 1 && index <= count) return { index, count }
  throw new UsageError({ problem: `--shard ${text} is not possible`, advice: "--shard 2/5 is the second of five" })
}

/** The cases of a shard. */
export const shardOf = <Case>(cases: ReadonlyArray<Case>, { count, index }: Shard): ReadonlyArray<Case> =>
  cases.filter((_, position) => position % count === index - 1)
