/**
 * The line `plait: <replay identifier>` that a diagram, a log or a generated test contains, so that `plait replay` can
 * read it.
 */
import { decodeReplayId } from "../ReplayId.ts"

/** The first replay identifier in such a line of a text, after any prefix that makes it a comment there. */
export const findReplayLine = (text: string): ReturnType<typeof decodeReplayId> => {
  for (const [, id = ""] of text.matchAll(/^[\s%/#]*plait: (.+?)\s*$/gm)) {
    const found = decodeReplayId(id)
    if (found !== undefined) return found
  }
  return undefined
}
