/**
 * The outcomes of a property in the terms of the report: a sign, a phrase and a class for each. No sign means more than
 * the search showed: a proof, a limit and random walks have three different signs.
 */
import type { PropertyReport } from "../../suite/CheckCase.ts"
import { visibleSentence } from "../visible.ts"
import { askedText, isCounted } from "../text/asked.ts"
import { html, type Markup } from "./markup.ts"
import type { ShownCase } from "./Report.ts"

/** The outcomes in the order of the legend. */
export const outcomes = {
  proved: { sign: "✓", phrase: "holds in every reachable state within the bounds (reachability property: reached)" },
  new: { sign: "✕", phrase: "not as expected: a new violation" },
  known: { sign: "✕", phrase: "violated, as the baseline expects" },
  limit: { sign: "◐", phrase: "not decided before a limit" },
  walks: { sign: "≈", phrase: "not decided by random walks" },
  drift: { sign: "Δ", phrase: "decided, but differs from the baseline" },
  vacuous: { sign: "○", phrase: "vacuous: its premise was never true" },
  none: { sign: "–", phrase: "not a property of the case" }
} as const

/** An outcome. */
export type ShownOutcome = keyof typeof outcomes

/** Narrows a word to an outcome. */
export const isOutcome = (word: string): word is ShownOutcome => Object.hasOwn(outcomes, word)

/** The outcome of a property in a case. */
export const outcomeIn = ({ drift, result, unexpected }: ShownCase, property: PropertyReport): ShownOutcome => {
  const { name, verdict } = property
  if (verdict === "inconclusive") return result.mode === "exhaustive" ? "limit" : "walks"
  const isBad = verdict === "violated" || verdict === "unreached" || verdict === "failed"
  if (unexpected.has(name)) return isBad ? "new" : "drift"
  if (verdict === "vacuous") return "vacuous"
  if (drift.some((sentence) => sentence.includes(`“${name}”`))) return "drift"
  return isBad ? "known" : "proved"
}

/** The sign of an outcome, with words for screen readers. The script of the page shows the words on hovering. */
export const signOf = (outcome: ShownOutcome, words: string, target: string | undefined): Markup => {
  const { sign } = outcomes[outcome]
  return target === undefined
    ? html`<span class="sign ${outcome}" role="img" aria-label="${words}">${sign}</span>`
    : html`<a class="sign ${outcome}" href="#${target}" aria-label="${words}">${sign}</a>`
}

const asExpected: { readonly [outcome in ShownOutcome]?: string } = {
  new: ", not as expected",
  known: ", as expected",
  drift: ", differs from the baseline"
}

/** The words, such as `violated in 4 steps, as expected`. The property is the head of the column. */
export const wordsFor = (property: PropertyReport, outcome: ShownOutcome): string => {
  const steps = property.counterexample === null ? "" : ` in ${property.counterexample.length} steps`
  const because = property.why === null ? "" : `: ${visibleSentence(property.why)}`
  const asked = isCounted(property) ? `, ${askedText(property)}` : ""
  return `${property.verdict}${steps}${because}${asked}${asExpected[outcome] ?? ""}`
}
