/**
 * Colour for a terminal, as a function that the caller supplies. Every coloured text has a sign beside it, so that
 * colour alone carries no information and `plain` loses none.
 */
import type { PropertyReport } from "../../suite/CheckCase.ts"

/** The styles of a text: a good, bad or open outcome, or text of less weight. */
export type Style = "good" | "bad" | "open" | "faint"

/** Wraps text in a style's colour. */
export type Paint = (style: Style, text: string) => string

/** No colour at all. */
export const plain: Paint = (_style, text) => text

/** The sign of each verdict. */
export const signs: { readonly [verdict in PropertyReport["verdict"]]: string } = {
  holds: "✓",
  reached: "✓",
  violated: "✗",
  unreached: "✗",
  vacuous: "○",
  inconclusive: "◐",
  failed: "!"
}

/** The style of each verdict. An expected violation is red like every other; the word beside it says "expected". */
export const styles: { readonly [verdict in PropertyReport["verdict"]]: Style } = {
  holds: "good",
  reached: "good",
  violated: "bad",
  unreached: "bad",
  vacuous: "open",
  inconclusive: "open",
  failed: "bad"
}
