/** A trace read from a file in any format that contains its schedule, recognised by content and not by name. */
import { parseTrace, TraceUnreadable } from "./Itf.ts"
import { decodeReplayId } from "../ReplayId.ts"
import { findReplayLine } from "./ReplayLine.ts"
import type { Schedule } from "../Trace.ts"

/** A trace to replay. */
export interface Recorded {
  readonly caseId: string
  readonly schedule: Schedule
  /** The property it decided, if recorded. */
  readonly property: string | undefined
  /** The labels of its steps, if recorded. */
  readonly labels: ReadonlyArray<string>
}

/** Reads the text of a file in any format that carries a schedule. Throws `TraceUnreadable`. */
export const readRecorded = (path: string, text: string): Recorded => {
  if (!text.trimStart().startsWith("{")) {
    const found = findReplayLine(text)
    if (found !== undefined) return { ...found, property: undefined, labels: [] }
    throw new TraceUnreadable({ path, problem: "it has no line “plait: …” with a replay identifier" })
  }
  return fromDocument(text) ?? parseTrace(path, text)
}

/** The schedule of a document as `--format json` prints it. */
const fromDocument = (text: string): Recorded | undefined => {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof document !== "object" || document === null || !("schema" in document)) return undefined
  if (document.schema !== "plait/trace@2" || !("replay" in document)) return undefined
  const found = decodeReplayId(String(document.replay))
  if (found === undefined) return undefined
  const property = "property" in document ? String(document.property) : undefined
  return { ...found, property, labels: [] }
}
