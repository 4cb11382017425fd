/**
 * What a pass over a file found, in a form that survives edits elsewhere in the file: a mutant is named by the line it
 * stands in and the line it makes of it.
 */

/** A mutant as text. */
export interface Mutant {
  /** The line of source in which it begins, without indentation. */
  readonly source: string
  /** The same with what the mutant puts in the place. */
  readonly becomes: string
}

/** A mutant and what became of it, in Stryker's words. */
export interface Judged extends Mutant {
  readonly line: number
  readonly status: string
}

/** Mutants of a line that no test notices, and why that is right. */
export interface Explained {
  readonly why: string
  readonly source: string
  readonly becomes: ReadonlyArray<string>
}

/** What is pinned of a file. */
export interface Score {
  readonly mutants: number
  /** Noticed by a test, or never ending. */
  readonly killed: number
}

interface Position {
  readonly line: number
  readonly column: number
}

const longest = 150

const oneLine = (text: string) => {
  const line = text.replace(/\s+/g, " ").trim()
  return line.length <= longest ? line : `${line.slice(0, longest)}…`
}

/** The mutant in words of the source; lines are numbered from 1 and columns from 1, as in Stryker's results. */
export const asWritten = (
  text: string,
  { end, start }: { readonly start: Position; readonly end: Position },
  replacement: string
): Mutant => {
  const lines = text.split("\n")
  const first = lines[start.line - 1] ?? ""
  const last = lines[end.line - 1] ?? ""
  const becomes = `${first.slice(0, start.column - 1)}${replacement}${last.slice(end.column - 1)}`
  return { source: oneLine(first), becomes: oneLine(becomes) }
}

const isKilled = ({ status }: Judged) => status === "Killed" || status === "Timeout"
const isJudged = (mutant: Judged) => isKilled(mutant) || mutant.status === "Survived" || mutant.status === "NoCoverage"

/** The score of a file; a mutant that cannot even be loaded is none. */
export const scoreOf = (mutants: ReadonlyArray<Judged>): Score => {
  const judged = mutants.filter(isJudged)
  return { mutants: judged.length, killed: judged.filter(isKilled).length }
}

/** The mutants that no test noticed. */
export const survivorsOf = (mutants: ReadonlyArray<Judged>): ReadonlyArray<Judged> =>
  mutants.filter((mutant) => isJudged(mutant) && !isKilled(mutant))

const isSame = (left: Mutant) => (right: Mutant) => left.source === right.source && left.becomes === right.becomes

/** The mutants that are explained, each by itself. */
const mutantsIn = (explained: ReadonlyArray<Explained>): ReadonlyArray<Mutant> =>
  explained.flatMap(({ becomes, source }) => becomes.map((each) => ({ source, becomes: each })))

/** What is wrong with a pass, in sentences: survivors nobody explained, explanations without a survivor, a lower score. */
export const complaints = (
  file: string,
  mutants: ReadonlyArray<Judged>,
  explained: ReadonlyArray<Explained>,
  pinned: Score | undefined
): ReadonlyArray<string> => {
  const survivors = survivorsOf(mutants)
  const score = scoreOf(mutants)
  const known = mutantsIn(explained)
  const unexplained = survivors.filter((mutant) => !known.some(isSame(mutant)))
  const idle = known.filter((mutant) => !survivors.some(isSame(mutant)))
  const isLower = pinned !== undefined && score.killed * pinned.mutants < pinned.killed * score.mutants
  return [
    ...unexplained.map(
      ({ becomes, line, source, status }) =>
        `${file}:${line} ${status === "NoCoverage" ? "no test reaches" : "no test notices"}\n  - ${source}\n  + ${becomes}`
    ),
    ...idle.map(({ becomes }) => `${file}: explained, yet no survivor: ${becomes}`),
    ...(isLower
      ? [`${file}: ${score.killed} of ${score.mutants}, pinned are ${pinned.killed} of ${pinned.mutants}`]
      : [])
  ]
}
