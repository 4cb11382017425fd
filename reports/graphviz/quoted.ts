/**
 * Text as a Graphviz string: quotes and backslashes escaped, so that no value ends it or is read as an escape; control
 * characters, which the format cannot hold, as spaces.
 */

/** The text in quotes. */
export const quoted = (text: string): string =>
  `"${text
    .replace(/["\\]/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replace(/\p{Cc}/gu, " ")}"`
