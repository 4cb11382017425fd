/**
 * The engine against the reference explorer on many random systems, with a tally.
 */
import fc from "fast-check"
import { agreementOnCase, asTest } from "./agreement.ts"
import { randomCases } from "./arbitraries.ts"

/** What came of it. */
export interface RandomTally {
  readonly seed: number
  readonly agreed: number
  /** Too large to compare. */
  readonly large: number
  readonly states: number
  readonly transitions: number
  readonly verdicts: number
  /** The first disagreement, as a test to paste. */
  readonly disagreement: string | undefined
}

/** Compares `systems` random systems; `onProgress` is told after every five hundred. */
export const randomAgreement = async (
  systems: number,
  seed: number,
  onProgress: (done: number) => void = () => {}
): Promise<RandomTally> => {
  const tally = { agreed: 0, large: 0, states: 0, transitions: 0, verdicts: 0 }
  const check = fc.asyncProperty(randomCases, async (random) => {
    const agreement = await agreementOnCase(random)
    if (agreement._tag === "differed") throw new Error(asTest(random, agreement))
    if (agreement._tag === "too large") tally.large++
    else {
      const { distinct, generated, verdicts } = agreement.figures
      tally.agreed++
      tally.states += distinct
      tally.transitions += generated
      tally.verdicts += verdicts.length
    }
    if ((tally.agreed + tally.large) % 500 === 0) onProgress(tally.agreed + tally.large)
  })
  const { errorInstance, failed } = await fc.check(check, { seed, numRuns: systems })
  const said = errorInstance instanceof Error ? errorInstance.message : String(errorInstance)
  return { seed, ...tally, disagreement: failed ? said : undefined }
}
