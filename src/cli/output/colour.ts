/**
 * Whether and how a terminal is coloured: FORCE_COLOR decides, then NO_COLOR, then TERM=dumb, then whether it is a
 * terminal at all. (no-color.org, force-color.org; a variable that is empty says nothing.)
 */
import { styleText } from "node:util"
import { type Paint, plain, type Style } from "../../report/text/paint.ts"

const formats = { good: "green", bad: "red", open: "yellow", faint: "dim" } as const satisfies {
  [style in Style]: string
}

/** Whether to colour what is written to a stream. */
export const isColoured = (
  isTerminal: boolean,
  environment: { readonly [name: string]: string | undefined }
): boolean => {
  const { FORCE_COLOR: forced = "", NO_COLOR: refused = "", TERM: terminal } = environment
  if (forced !== "") return forced !== "0" && forced !== "false"
  if (refused !== "" || terminal === "dumb") return false
  return isTerminal
}

const coloured: Paint = (style, text) => styleText(formats[style], text, { validateStream: false })

/** How standard output is painted. */
export const paintOfOutput = (): Paint => (isColoured(process.stdout.isTTY, process.env) ? coloured : plain)
