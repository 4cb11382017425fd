/**
 * Text for people. Characters that would move the cursor, colour a terminal, end a line or change the direction of the
 * following text are replaced by their numbers, such as `\u{202e}`. Names and values come from models and may contain
 * any characters.
 */

// Controls (C0, DEL, C1), marks of direction, separators of lines, marks without width, and halves of characters.
const unseen = /[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/gu

const numbered = (sign: string): string => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`

/** A name in one line. */
export const visible = (name: string): string => name.replace(unseen, numbered)

/** A sentence of several lines, in one. */
export const visibleSentence = (text: string): string => visible(text.replace(/\s*\n\s*/g, " "))

/** Text of several lines. */
export const visibleLines = (text: string): string =>
  text.replace(unseen, (sign) => (sign === "\n" || sign === "\t" ? sign : numbered(sign)))

/** Fields that hold sentences, whose lines stay; all others hold names. */
const sentences = new Set(["because", "why", "note", "text"])

/** Plain data with all its text made visible, names of fields included. Only texts that change are copied. */
export const visibleIn = <A>(data: A, field = ""): A => {
  if (typeof data === "string") return (sentences.has(field) ? visibleLines(data) : visible(data)) as A
  if (Array.isArray(data)) return data.map((each) => visibleIn<unknown>(each, field)) as A
  if (typeof data !== "object" || data === null || Object.getPrototypeOf(data) !== Object.prototype) return data
  return Object.fromEntries(Object.entries(data).map(([name, each]) => [visible(name), visibleIn(each, name)])) as A
}
