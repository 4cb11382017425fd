/**
 * The committed outcome, a file for each mutated file: its score, which may not fall, and the survivors with the reason
 * why no test need notice them.
 */
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { Explained, Score } from "./survivors.ts"

/** What is pinned of a mutated file. */
export interface Pins extends Score {
  readonly explained: ReadonlyArray<Explained>
}

const folder = join(import.meta.dirname, "pins")

/** Where the pins of a file are kept. */
const placeOf = (file: string): string => join(folder, file.replace(/\.ts$/, ".json"))

/** The pins of a file, if it has any. */
export const pinsOf = (file: string): Pins | undefined =>
  existsSync(placeOf(file)) ? (JSON.parse(readFileSync(placeOf(file), "utf8")) as Pins) : undefined

/** Pins a score, and keeps the explanations. */
export const pin = (file: string, { killed, mutants }: Score): void => {
  mkdirSync(dirname(placeOf(file)), { recursive: true })
  const pins: Pins = { mutants, killed, explained: pinsOf(file)?.explained ?? [] }
  writeFileSync(placeOf(file), `${JSON.stringify(pins, undefined, 2)}\n`)
}

/** The pins of all files that have any. */
export const allPins = (): Readonly<Record<string, Pins>> => {
  const files = globSync("**/*.json", { cwd: folder }).map((path) => path.replace(/\.json$/, ".ts"))
  return Object.fromEntries(
    files.sort().flatMap((file) => {
      const pins = pinsOf(file)
      return pins === undefined ? [] : [[file, pins]]
    })
  )
}

/** Several scores together. */
export const total = (scores: ReadonlyArray<Score>): Score => {
  const sum = (of: (score: Score) => number) => scores.reduce((found, score) => found + of(score), 0)
  return { killed: sum(({ killed }) => killed), mutants: sum(({ mutants }) => mutants) }
}

/** The share of mutants killed in whole percent, rounded down; n/a of none. */
export const share = ({ killed, mutants }: Score): string =>
  mutants === 0 ? "n/a" : `${Math.floor((100 * killed) / mutants)} %`

/** Scores as a table: killed, mutants, the share of them. */
export const scoresTable = (scores: Readonly<Record<string, Score>>): string =>
  [...Object.entries(scores), ["all", total(Object.values(scores))] as const]
    .map(([file, score]) => {
      const killed = String(score.killed).padStart(5)
      return `${file.padEnd(36)} ${killed} of ${String(score.mutants).padStart(5)} ${share(score).padStart(6)}`
    })
    .join("\n")
