/**
 * Colours of terminal output. FORCE_COLOR decides first, then NO_COLOR, then TERM=dumb, then whether the stream is a
 * terminal. (no-color.org, force-color.org; an empty variable counts as not set.)
 */
import { styleText } from "node:util"
import { type Paint, plain, type Style } from "../../report/text/paint.ts"

const formats = { good: "green", bad: "red", open: "yellow", faint: "dim" } as const satisfies {
  [style in Style]: string
}

/** True if output to a stream is coloured. */
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

/** The painter of standard output. */
export const paintOfOutput = (): Paint => (isColoured(process.stdout.isTTY, process.env) ? coloured : plain)
