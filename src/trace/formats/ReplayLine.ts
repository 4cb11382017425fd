/**
 * The line `plait: <replay identifier>` by which a diagram, a log or a generated test carries its schedule, so that
 * `plait replay` takes it back.
 */
import { decodeReplayId } from "../ReplayId.ts"

/** The first replay identifier that stands in such a line of a text, behind whatever makes it a comment there. */
export const findReplayLine = (text: string): ReturnType<typeof decodeReplayId> => {
  for (const [, id = ""] of text.matchAll(/^[\s%/#]*plait: (.+?)\s*$/gm)) {
    const found = decodeReplayId(id)
    if (found !== undefined) return found
  }
  return undefined
}
