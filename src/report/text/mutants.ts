/**
 * Mutation for a terminal: for each case a line for each mutant with its fate and the properties that detect it, then a
 * line for each property with the number of mutants that it detects, then the score. Percentages are rounded down, and
 * 0 of 0 is n/a.
 */
import type { MutatedProperty, MutantResult, MutationResult, Score } from "../../mutation/Mutation.ts"
import { visibleIn } from "../visible.ts"
import { type Paint, plain, type Style } from "./paint.ts"
import { group } from "./table.ts"

const fates: { readonly [fate in MutantResult["fate"]]: { readonly sign: string; readonly style: Style } } = {
  killed: { sign: "✓", style: "good" },
  refused: { sign: "✓", style: "good" },
  "equivalent?": { sign: "=", style: "faint" },
  undecided: { sign: "◐", style: "open" },
  survived: { sign: "✗", style: "bad" }
}

/** The meaning of the signs. */
export const mutantsLegend = [
  "✓ killed: a property that holds in the case fails in the mutant (refused: the engine rejects the mutant)",
  "✗ survived: no property fails   ◐ a limit ended the search   = equivalent?: the same states as the model",
  "never falsified: no mutant makes the property false. It may guard against mutants that no operator makes, or be always true."
].join("\n")

/** A score as text, such as `7 of 9 (77%)`. */
export const scoreText = ({ killed, of }: Score): string =>
  of === 0 ? "n/a (nothing to kill)" : `${group(killed)} of ${group(of)} (${Math.floor((100 * killed) / of)}%)`

/** One case. */
export const renderMutants = (result: MutationResult, paint: Paint = plain): string => {
  const { properties, distinct, id, mutants, score } = visibleIn(result)
  return [
    `${id}: ${group(distinct)} states`,
    ...mutants.map((mutant) => mutantLine(mutant, paint)),
    "  mutants that each property detects:",
    ...properties.map((property) => propertyLine(property, mutants.length, paint)),
    `  score: ${scoreText(score)}`
  ].join("\n")
}

const mutantLine = ({ fate, killedBy, name, why }: MutantResult, paint: Paint): string => {
  const { sign, style } = fates[fate]
  const by = killedBy.map(({ outcome, property }) => `\n      ${property}: ${outcome}`).join("")
  const reason = why === null ? "" : ` (${why})`
  return `  ${paint(style, sign)} ${name}: ${paint(style, fate)}${reason}${by}`
}

const propertyLine = (
  { judged, kills, name, silenced, verdict }: MutatedProperty,
  mutants: number,
  paint: Paint
): string => {
  if (!judged) return `    – ${name}: not judged (${verdict} without any mutant)`
  const silence = silenced === 0 ? "" : `, vacuous in ${group(silenced)}`
  if (kills === 0)
    return `    ${paint("bad", "✗")} ${name}: ${paint("bad", mutants === 0 ? "n/a" : "never falsified")}${silence}`
  return `    ${paint("good", "✓")} ${name}: false in ${group(kills)} of ${group(mutants)}${silence}`
}
