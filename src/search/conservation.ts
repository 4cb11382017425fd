/**
 * Laws that every search obeys, checked at the end of each: a figure that breaks one must not be printed.
 */
import type { Exploration } from "./Exploration.ts"

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, each) => total + each, 0)

/**
 * Checks the counts: Σ taken + initial (and initial outside the constraints) = generated, Σ fresh + initial = distinct,
 * and after a complete search Σ levels = distinct. A step to an initial state that is not the first path to it is
 * generated and never fresh. Throws if a law is broken.
 */
export const conserved = (found: Omit<Exploration, "properties">): void => {
  const laws: ReadonlyArray<readonly [law: string, left: number, right: number]> = [
    [
      "taken and initial are generated",
      sum(found.actions.map(({ taken }) => taken)) + found.initial + found.outside.initial,
      found.generated
    ],
    ["fresh and initial are distinct", sum(found.actions.map(({ fresh }) => fresh)) + found.initial, found.distinct],
    ["levels are distinct", found.complete ? sum(found.levels) : found.distinct, found.distinct]
  ]
  for (const [law, left, right] of laws) {
    if (left !== right) throw new Error(`plait's fault: in ${found.system} ${law}: ${left} is not ${right}`)
  }
}
