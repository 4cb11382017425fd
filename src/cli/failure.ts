/**
 * A failure in words: what plait knows how to say about, it says; anything else is plait's own fault and shows where.
 */

const expected = new Set(["UsageError", "ModelRefused", "BaselineUnreadable", "TraceUnreadable"])

/** What to print for something that ended a command. */
export const describeFailure = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return `plait: ${String(thrown)}`
  if ("_tag" in thrown && expected.has(String(thrown._tag))) return `plait: ${thrown.message}`
  if ("code" in thrown && "path" in thrown) return `plait: cannot use ${String(thrown.path)}: ${thrown.message}`
  return `plait: a fault of plait or of a model's module\n${thrown.stack ?? thrown.message}`
}
