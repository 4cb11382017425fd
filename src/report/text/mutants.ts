/**
 * Mutation for a terminal: per cell a line per mutant with its fate and who noticed it, then a line per claim with how
 * many it noticed, then the score. Percentages round down, and 0 of 0 is n/a.
 */
import type { ClaimResult, MutantResult, MutationResult, Score } from "../../mutation/Mutation.ts"
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

/** What the signs mean. */
export const mutantsLegend = [
  "✓ killed: a claim that is true of the cell is not of the mutant (refused: the engine will not run it)",
  "✗ survived: no claim noticed   ◐ a limit came first   = equivalent?: the same states as without the fault",
  "asleep: no mutant makes the claim false. It may guard against faults that no operator makes, or say nothing."
].join("\n")

/** A score as text, such as `7 of 9 (77%)`. */
export const scoreText = ({ killed, of }: Score): string =>
  of === 0 ? "n/a (nothing to kill)" : `${group(killed)} of ${group(of)} (${Math.floor((100 * killed) / of)}%)`

/** One cell. */
export const renderMutants = (result: MutationResult, paint: Paint = plain): string => {
  const { claims, distinct, id, mutants, score } = visibleIn(result)
  return [
    `${id}: ${group(distinct)} states`,
    ...mutants.map((mutant) => mutantLine(mutant, paint)),
    "  what each claim noticed:",
    ...claims.map((claim) => claimLine(claim, mutants.length, paint)),
    `  score: ${scoreText(score)}`
  ].join("\n")
}

const mutantLine = ({ fate, killedBy, name, why }: MutantResult, paint: Paint): string => {
  const { sign, style } = fates[fate]
  const by = killedBy.map(({ outcome, property }) => `\n      ${property}: ${outcome}`).join("")
  const reason = why === null ? "" : ` (${why})`
  return `  ${paint(style, sign)} ${name}: ${paint(style, fate)}${reason}${by}`
}

const claimLine = ({ judged, kills, name, silenced, verdict }: ClaimResult, mutants: number, paint: Paint): string => {
  if (!judged) return `    – ${name}: not asked (${verdict} without any mutant)`
  const silence = silenced === 0 ? "" : `, silenced by ${group(silenced)}`
  if (kills === 0)
    return `    ${paint("bad", "✗")} ${name}: ${paint("bad", mutants === 0 ? "n/a" : "asleep")}${silence}`
  return `    ${paint("good", "✓")} ${name}: false of ${group(kills)} of ${group(mutants)}${silence}`
}
