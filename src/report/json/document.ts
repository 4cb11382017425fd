/**
 * A trace as one JSON document: what was done in each step, what it changed, and the schedule that `plait replay` takes.
 */
import type { Story } from "../../trace/Story.ts"

/** The document, indented. */
export const renderJson = ({ spaceTime, ...story }: Story): string =>
  `${JSON.stringify({ schema: "plait/trace@1", ...story, loop: story.loop ?? null, messages: spaceTime?.arrows ?? [] }, undefined, 2)}\n`
