/**
 * Clocks that tick, and properties alone and in company: the engine's verdicts and shortest lengths on random systems
 * are those of a reference explorer in which real time is an exact moment that passes before steps, every offset is fixed
 * at the start, and a message arrives once its latency is over.
 */
import fc from "fast-check"
import { expect, test } from "vitest"
import { engine } from "./agreement.ts"
import { randomCases } from "./arbitraries.ts"
import { claimsOf } from "./RandomClaims.ts"
import { systemOf } from "./RandomSystem.ts"
import { referenceFigures } from "./ReferenceExplorer.ts"

const limit = 1_500

/** Verdicts without the number of states, which is another one where moments are exact. */
const words = (verdicts: ReadonlyArray<string>) => verdicts.map((verdict) => verdict.replace(/ of \d+$/, ""))

const withClocks = randomCases.filter(({ claims, system }) => system.clocks !== null && claims.length > 0)

const compared = Number(process.env["TICKING_SYSTEMS"] ?? 25)

test("clocks that tick give the verdicts and lengths of clocks that are read as a choice, in company and alone", async () => {
  let agreed = 0
  const check = fc.asyncProperty(withClocks, async ({ claims, observers, system: random }) => {
    const system = systemOf(random)
    const properties = claimsOf(claims, observers)
    const ticked = referenceFigures(system, properties, limit, true)
    fc.pre(ticked !== undefined)
    const together = await engine(system, properties, 4 * limit)
    expect(words(together.verdicts)).toEqual(words(ticked?.verdicts ?? []))
    for (const [index, property] of properties.entries()) {
      const alone = await engine(system, [property], 4 * limit)
      expect(words(alone.verdicts)).toEqual(words([together.verdicts[index] ?? ""]))
    }
    agreed++
  })
  const { errorInstance, failed } = await fc.check(check, { seed: 3, numRuns: compared })
  expect([failed, failed ? String(errorInstance) : ""]).toEqual([false, ""])
  expect(agreed).toBe(compared)
})
