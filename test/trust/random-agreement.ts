/**
 * The engine against the reference explorer on many random systems of one sort, with a tally.
 */
import fc from "fast-check"
import { type Agreement, agreementOnCase, agreementOnVariables, asTest } from "./agreement.ts"
import { randomCases } from "./arbitraries.ts"
import { livelyCases } from "./lively-arbitraries.ts"
import { agreementOnBounded, randomBoundedCases } from "./RandomBounds.ts"
import { randomVariablesCases } from "./variable-arbitraries.ts"

/** What came of it. */
export interface RandomTally {
  readonly seed: number
  readonly agreed: number
  /** Left out because they are too large to compare; others were drawn in their place. */
  readonly large: number
  readonly states: number
  readonly transitions: number
  readonly verdicts: number
  /** How many verdicts of each kind, such as `holds` or, of a run that goes on for ever, `violated after`. */
  readonly byVerdict: ReadonlyMap<string, number>
  /** The first disagreement, as a test to paste. */
  readonly disagreement: string | undefined
}

/** A sort of random system: how it is drawn, and compared. */
interface Sort<Case extends object> {
  readonly cases: fc.Arbitrary<Case>
  readonly agreementOn: (random: Case) => Promise<Agreement>
  /** The function that a pasted test calls. */
  readonly name: string
}

const sort = <Case extends object>(of: Sort<Case>) => of

/** Nodes with every mechanism; whole-state models; nodes whose runs need not end, with properties about runs. */
export const sorts = {
  nodes: sort({ cases: randomCases, agreementOn: (random) => agreementOnCase(random), name: "agreementOnCase" }),
  variables: sort({
    cases: randomVariablesCases,
    agreementOn: (random) => agreementOnVariables(random),
    name: "agreementOnVariables"
  }),
  bounded: sort({
    cases: randomBoundedCases,
    agreementOn: (random) => agreementOnBounded(random),
    name: "agreementOnBounded"
  }),
  runs: sort({ cases: livelyCases, agreementOn: (random) => agreementOnCase(random), name: "agreementOnCase" })
} as const

/** Compares so many random systems; `onProgress` is told after every five hundred. */
export const randomAgreement = async <Case extends object>(
  { agreementOn, cases, name }: Sort<Case>,
  systems: number,
  seed: number,
  onProgress: (done: number) => void = () => {}
): Promise<RandomTally> => {
  const tally = { agreed: 0, large: 0, states: 0, transitions: 0, verdicts: 0 }
  const byVerdict = new Map<string, number>()
  const check = fc.asyncProperty(cases, async (random) => {
    const agreement = await agreementOn(random)
    if (agreement._tag === "differed") throw new Error(asTest(random, agreement, name))
    if (agreement._tag === "too large") {
      tally.large++
      // Another one is drawn in its place.
      return fc.pre(false)
    }
    const { distinct, generated, verdicts } = agreement.figures
    tally.agreed++
    tally.states += distinct
    tally.transitions += generated
    tally.verdicts += verdicts.length
    for (const kind of verdicts.map(kindOf)) byVerdict.set(kind, (byVerdict.get(kind) ?? 0) + 1)
    if (tally.agreed % 500 === 0) onProgress(tally.agreed)
  })
  const { errorInstance, failed } = await fc.check(check, { seed, numRuns: systems })
  const said = errorInstance instanceof Error ? errorInstance.message : String(errorInstance)
  return { seed, ...tally, byVerdict, disagreement: failed ? said : undefined }
}

const kindOf = (verdict: string): string => /^violated after|^\w+/.exec(verdict)?.[0] ?? verdict
