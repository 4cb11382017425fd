/**
 * HTML that cannot be broken by what is put into it: every text is escaped where it enters a template, and only markup
 * made by a template enters unescaped.
 */

/** A piece of finished markup. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** What a template takes: text and numbers are escaped, markup is not, nothing is nothing. */
export type Hole = string | number | Markup | ReadonlyArray<Hole> | undefined

const entities: { readonly [sign: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
}

/** Unicode has pictures of the first 32 control characters. */
const pictureOf = (code: number): string => (code < 32 ? String.fromCharCode(0x2400 + code) : "\ufffd")

/** Text with every sign that markup gives a meaning to as an entity, and control characters as their pictures. */
export const escaped = (text: string): string =>
  text
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? "")
    .replace(/\p{Cc}/gu, (sign) => (sign === "\n" || sign === "\t" ? sign : pictureOf(sign.charCodeAt(0))))

const filled = (hole: Hole): string => {
  if (hole === undefined) return ""
  if (hole instanceof Markup) return hole.text
  if (typeof hole === "string" || typeof hole === "number") return escaped(String(hole))
  return hole.map(filled).join("")
}

/** A template of markup. Where a template is broken into lines for its reader, the page has one space. */
export const html = (parts: TemplateStringsArray, ...holes: ReadonlyArray<Hole>): Markup =>
  new Markup(parts.map((part, index) => part.replace(/\s*\n\s*/g, " ") + filled(holes[index])).join(""))
