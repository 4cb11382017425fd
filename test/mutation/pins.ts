/**
 * The committed outcome: the score of each mutated file, below which it may not fall, and the survivors with the reason
 * why no test need notice them.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Explained, Score } from "./survivors.ts"

/** Where the scores are kept. */
export const scoresPath = join(import.meta.dirname, "scores.json")

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, name), "utf8"))

/** The pinned score of each file. */
export const pinnedScores = (): Readonly<Record<string, Score>> => read("scores.json") as never

/** The explained survivors of each file. */
export const explanations = (): Readonly<Record<string, ReadonlyArray<Explained>>> => read("explained.json") as never

/** The scores of all files together. */
export const total = (scores: Readonly<Record<string, Score>>): Score => {
  const sum = (of: (score: Score) => number) => Object.values(scores).reduce((found, score) => found + of(score), 0)
  return { killed: sum(({ killed }) => killed), mutants: sum(({ mutants }) => mutants) }
}

/** The share of mutants killed in whole percent, rounded down; n/a of none. */
export const share = ({ killed, mutants }: Score): string =>
  mutants === 0 ? "n/a" : `${Math.floor((100 * killed) / mutants)} %`

/** Scores as a table: killed, mutants, the share of them. */
export const scoresTable = (scores: Readonly<Record<string, Score>>): string =>
  [...Object.entries(scores), ["all", total(scores)] as const]
    .map(([file, score]) => {
      const killed = String(score.killed).padStart(5)
      return `${file.padEnd(36)} ${killed} of ${String(score.mutants).padStart(5)} ${share(score).padStart(6)}`
    })
    .join("\n")
