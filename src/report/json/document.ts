/**
 * A trace as one JSON document: the action and the changes of each step, and the schedule that `plait replay` reads.
 */
import type { TraceSummary } from "../../trace/TraceSummary.ts"

/** The document, indented. */
export const renderJson = ({ spaceTime, ...summary }: TraceSummary): string =>
  `${JSON.stringify({ schema: "plait/trace@2", ...summary, loop: summary.loop ?? null, messages: spaceTime?.arrows ?? [] }, undefined, 2)}\n`
