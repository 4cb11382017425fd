/**
 * Text as a Graphviz string: quotes and backslashes escaped, so that no value ends it or is read as an escape.
 */
import { visible } from "../visible.ts"

/** The lines in quotes, one under the other. */
export const quoted = (...lines: ReadonlyArray<string>): string =>
  `"${lines.map((line) => visible(line).replace(/["\\]/g, "\\$&")).join("\\n")}"`
