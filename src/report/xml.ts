/**
 * Text inside XML: what has a meaning there is escaped, and what XML 1.0 cannot hold at all is replaced.
 */

// Control characters that no XML 1.0 document may contain, escaped or not.
const impossible = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/** Text as it stands in an element or an attribute. */
export const xmlText = (text: string): string =>
  text
    .replace(impossible, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")

/** Attributes in the order given. */
export const xmlAttributes = (attributes: { readonly [name: string]: string | number }): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${xmlText(String(value)).replaceAll("\n", "&#10;")}"`)
    .join("")
