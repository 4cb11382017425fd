/**
 * Pinned results of mutation: per case the number of mutants killed, the names of those that were not, and the
 * properties that noticed none. One line per case, so that versions merge line by line; differences of a result, in
 * words.
 */
import { Schema } from "effect"
import { bareRecord, parsePins, printPins } from "../suite/Baseline.ts"
import type { Fate, MutationResult, Score } from "./Mutation.ts"

const PinnedMutants = Schema.Struct({
  killed: Schema.Natural,
  refused: Schema.Natural,
  equivalent: Schema.Array(Schema.String),
  survived: Schema.Array(Schema.String),
  undecided: Schema.Array(Schema.String),
  neverFalsified: Schema.Array(Schema.String)
})

const PinsFile = Schema.Struct({
  schema: Schema.Literal("plait/mutants@2"),
  score: Schema.String,
  cases: Schema.Record(Schema.String, PinnedMutants)
})

/** The pin of a case under mutation. */
export type PinnedMutants = typeof PinnedMutants.Type

/** Pinned cases by identifier. */
export type MutantPins = { readonly [id: string]: PinnedMutants }

/** Builds the pin of a result. */
export const pinMutants = ({ properties, mutants }: MutationResult): PinnedMutants => {
  const named = (fate: Fate) => mutants.filter((each) => each.fate === fate).map(({ name }) => name)
  return {
    killed: named("killed").length,
    refused: named("refused").length,
    equivalent: named("equivalent?"),
    survived: named("survived"),
    undecided: named("undecided"),
    neverFalsified: properties.filter(({ judged, kills }) => judged && kills === 0).map(({ name }) => name)
  }
}

const decode = Schema.decodeUnknownSync(PinsFile, { errors: "all", onExcessProperty: "error" })

/** Reads the text of pins. Throws `BaselineUnreadable`. */
export const parseMutantPins = (path: string, text: string): MutantPins =>
  bareRecord(Object.entries(parsePins(decode, path, text)))

/** The text of pins, with the score of all. */
export const printMutantPins = (pins: MutantPins): string => {
  const { killed, of } = pinnedScore(pins)
  return printPins({ schema: "plait/mutants@2", score: `${killed} of ${of}` }, pins)
}

/** The score of all pinned cases. */
export const pinnedScore = (pins: MutantPins): Score => {
  const all = Object.values(pins)
  const killed = all.reduce((sum, each) => sum + each.killed + each.refused, 0)
  return { killed, of: killed + all.reduce((sum, each) => sum + each.survived.length + each.undecided.length, 0) }
}

const said = {
  survived: "survived",
  undecided: "undecided",
  equivalent: "equivalent",
  neverFalsified: "never falsified"
} as const

/** The differences of a result from its pin, a sentence each. */
export const mutantDrift = (result: MutationResult, pinned: PinnedMutants): ReadonlyArray<string> => {
  const now = pinMutants(result)
  const changes = Object.entries(said).flatMap(([key, words]) => {
    const list = key as keyof typeof said
    return [
      ...now[list].filter((name) => !pinned[list].includes(name)).map((name) => `“${name}”: ${words} now`),
      ...pinned[list].filter((name) => !now[list].includes(name)).map((name) => `“${name}”: no longer ${words}`)
    ]
  })
  const counts = (["killed", "refused"] as const).flatMap((count) =>
    now[count] === pinned[count] ? [] : [`${count} ${pinned[count]} → ${now[count]}`]
  )
  return [...counts, ...changes].map((change) => `${result.id}: ${change}`)
}
