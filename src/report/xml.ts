/**
 * Text inside XML. Characters with a meaning in XML are escaped, and characters that XML 1.0 cannot contain are
 * replaced.
 */

// Control characters that no XML 1.0 document may contain, escaped or not.
const impossible = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/** The text for an element or an attribute. */
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
