/**
 * The long run of the agreement: `npm run trust`, or `npm run trust -- <systems> <seed>`. Exit 1 at the first
 * disagreement, which is printed as a test to paste; otherwise one line says how many systems agreed and were too large.
 */
import fc from "fast-check"
import { agreementOnCase, asTest } from "./agreement.ts"
import { randomCases } from "./arbitraries.ts"

const [systems = 10_000, seed = 1] = process.argv.slice(2).map(Number)
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
})

const details = await fc.check(check, { seed, numRuns: systems })
if (details.failed) {
  const { errorInstance } = details
  console.error(errorInstance instanceof Error ? errorInstance.message : String(errorInstance))
  process.exitCode = 1
} else {
  const { agreed, large, states, transitions, verdicts } = tally
  console.log(
    `seed ${seed}: ${agreed} systems agree (${states} states, ${transitions} transitions, ${verdicts} verdicts); ${large} were too large to compare`
  )
}
