/**
 * Everything that `npm run trust` does, or the quick part of it.
 */
import { allPins, share, total } from "../mutation/pins.ts"
import { mutatedFiles } from "../mutation/rooms.ts"
import type { Score } from "../mutation/survivors.ts"
import { type ComparedCount, compareCount } from "./compare-counts.ts"
import { trustTable, type TrustLine } from "./page.ts"
import { publishedCounts } from "./published-counts.ts"
import { randomAgreement, type RandomTally, sorts } from "./random-agreement.ts"
import {
  figuresOfSuite,
  mutationFigures,
  type MutationFigures,
  pinnedCases,
  runMutation,
  runSuite,
  type SuiteFigures
} from "./suite-figures.ts"
import { tested, untested } from "./tested.ts"

/** What to run. */
export interface TrustOptions {
  /** Only the small rows; the matrix and the mutants as they are pinned, without exploring any. */
  readonly quick: boolean
  /** Whether to put every fault into the checker itself, which takes hours; otherwise the pinned score is printed. */
  readonly mutation: boolean
  /** Random systems to compare. */
  readonly systems: number
  readonly seed: number
  readonly onProgress: (what: string) => void
}

/** The table, and what disagrees, in words. */
export interface TrustReport {
  readonly table: string
  readonly disagreements: ReadonlyArray<string>
}

const n = (value: number) => value.toLocaleString("en")

/** Runs it. */
export const runTrust = async ({ mutation, onProgress, quick, seed, systems }: TrustOptions): Promise<TrustReport> => {
  const compared: Array<ComparedCount> = []
  for (const row of publishedCounts.filter(({ slow }) => !(quick && slow))) {
    onProgress(`published counts: ${row.caseId}`)
    compared.push(await compareCount(row))
  }
  const random = await randomLines(systems, seed, onProgress)
  const protocols = quick ? pinnedMutation() : await freshMutation(onProgress)
  const suite = quick ? pinnedSuite() : await freshSuite(onProgress)
  const tests = quick ? { lines: untested, disagreements: [] } : await tested()
  const faults = await faultLines(mutation, onProgress)
  const different = compared.filter(({ isSame }) => !isSame)
  const counts: TrustLine = {
    what: "published counts",
    found: `${compared.length - different.length} of ${compared.length} reproduced`,
    isAsExpected: different.length === 0
  }
  const lines = [counts, ...random.lines, ...tests.lines, protocols.line, ...faults.lines, ...suite.lines]
  const disagreements = [
    ...different.map(({ found, published }) => `${published.caseId}: found ${JSON.stringify(found)}`),
    ...random.disagreements,
    ...tests.disagreements,
    ...protocols.disagreements,
    ...faults.disagreements,
    ...suite.disagreements
  ]
  return { table: trustTable(compared, lines), disagreements }
}

type Draw = (count: number, seed: number, onProgress: (done: number) => void) => Promise<RandomTally>

/** Sorts of random systems, the words for them, and how many of each are drawn for a system of the first. */
const drawn: ReadonlyArray<{ readonly what: string; readonly share: number; readonly draw: Draw }> = [
  { what: "random systems, second explorer", share: 1, draw: (...of) => randomAgreement(sorts.nodes, ...of) },
  { what: "random whole-state models", share: 1 / 2, draw: (...of) => randomAgreement(sorts.variables, ...of) },
  { what: "random properties about runs", share: 1 / 5, draw: (...of) => randomAgreement(sorts.runs, ...of) }
]

const randomLines = async (systems: number, seed: number, onProgress: (what: string) => void) => {
  const tallies: Array<RandomTally & { readonly what: string }> = []
  for (const { draw, share, what } of drawn) {
    const tally = await draw(Math.ceil(systems * share), seed, (done) => onProgress(`${what}: ${n(done)}`))
    tallies.push({ ...tally, what })
  }
  const sum = (figure: "states" | "transitions" | "verdicts") => n(tallies.reduce((all, each) => all + each[figure], 0))
  const loops = tallies.reduce((all, { byVerdict }) => all + (byVerdict.get("violated after") ?? 0), 0)
  const lines: ReadonlyArray<TrustLine> = [
    ...tallies.map(({ agreed, disagreement, large, what }) => ({
      what,
      found: `${n(agreed)} agree, ${n(large)} others are too large (seed ${seed})`,
      isAsExpected: disagreement === undefined
    })),
    {
      what: "  what they agree in",
      found: `${sum("states")} states, ${sum("transitions")} generated, ${sum("verdicts")} verdicts`
    },
    { what: "  runs that violate a property", found: `${n(loops)}, each fair, and the shortest way to one` }
  ]
  return { lines, disagreements: tallies.flatMap(({ disagreement }) => disagreement ?? []) }
}

const mutationLine = ({ neverFalsified, killed, of }: MutationFigures, isAsExpected?: boolean): TrustLine => ({
  what: "mutants of the protocols",
  found: `${n(killed)} of ${n(of)} killed (${Math.floor((100 * killed) / of)} %), ${neverFalsified} properties never falsified`,
  ...(isAsExpected === undefined ? {} : { isAsExpected })
})

const pinnedMutation = () => ({ line: mutationLine(mutationFigures()), disagreements: [] })

const freshMutation = async (onProgress: (what: string) => void) => {
  const { drift, figures } = await runMutation((done, of) => onProgress(`mutants: ${done} of ${of} systems`))
  return { line: mutationLine(figures, drift.length === 0), disagreements: drift }
}

const scoreLine = (scores: Readonly<Record<string, Score>>, isAsExpected?: boolean): TrustLine => {
  const score = total(Object.values(scores))
  const found = `${n(score.killed)} of ${n(score.mutants)} killed (${share(score)}) in ${Object.keys(scores).length} files`
  return { what: "mutants of the checker", found, ...(isAsExpected === undefined ? {} : { isAsExpected }) }
}

const faultLines = async (mutation: boolean, onProgress: (what: string) => void) => {
  if (!mutation) return { lines: [scoreLine(allPins())], disagreements: [] }
  // StrykerJS is loaded only where it runs.
  const { passOver } = await import("../mutation/run.ts")
  const { scores, wrong } = await passOver(mutatedFiles(), {
    fresh: true,
    onFile: (file) => onProgress(`mutants of ${file}`)
  })
  return { lines: [scoreLine(scores, wrong.length === 0)], disagreements: wrong }
}

const suiteLines = (figures: SuiteFigures, isAsExpected?: boolean): ReadonlyArray<TrustLine> => {
  const { cases, states, traces, verdicts, violated } = figures
  const found = `${n(cases)} cases, ${n(states)} states, ${n(verdicts)} verdicts`
  return [
    { what: "matrix", found, ...(isAsExpected === undefined ? {} : { isAsExpected }) },
    { what: "  violated, as expected", found: n(violated) },
    { what: "  traces taken again", found: n(traces) }
  ]
}

const pinnedSuite = () => ({ lines: suiteLines(figuresOfSuite(pinnedCases())), disagreements: [] })

const freshSuite = async (onProgress: (what: string) => void) => {
  const { drift, figures } = await runSuite((done, of) => onProgress(`matrix: ${done} of ${of} cases`))
  return { lines: suiteLines(figures, drift.length === 0), disagreements: drift }
}
