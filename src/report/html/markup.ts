/**
 * HTML that its values cannot break: every text is escaped where it enters a template, and only markup made by a
 * template enters unescaped. Markup stays a tree of templates and their values until its text is requested, so that
 * equal pieces can be found and stored once (sharing.ts).
 */

import { visible, visibleLines } from "../visible.ts"

/** A placeholder for the anchor of the surrounding trace, which is known only later. */
export const HERE = Symbol("the anchor of the trace around it")

/** The values of a template: text and numbers are escaped, markup is not, `undefined` gives no text. */
export type Hole = string | number | Markup | ReadonlyArray<Hole> | typeof HERE | undefined

/** A piece of finished markup: the fixed parts of its template, and the values between them. */
export class Markup {
  readonly parts: ReadonlyArray<string>
  readonly holes: ReadonlyArray<Hole>

  constructor(parts: ReadonlyArray<string>, holes: ReadonlyArray<Hole>) {
    this.parts = parts
    this.holes = holes
  }

  /** The text, with the anchor of a trace in the placeholders. */
  text(here = ""): string {
    const filled = (hole: Hole): string => {
      if (hole === undefined) return ""
      if (hole === HERE) return escaped(here)
      if (hole instanceof Markup) return hole.text(here)
      return typeof hole === "object" ? hole.map(filled).join("") : escaped(String(hole))
    }
    return this.parts.map((part, index) => part + filled(this.holes[index])).join("")
  }
}

const entities: { readonly [sign: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
}

/** Visible text, with every character that has a meaning in markup as an entity. */
export const escaped = (text: string): string => withEntities(visible(text))

const withEntities = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? "")

/** The parts of each template as the page has them. Each use of a template gets the same list. */
const printed = new WeakMap<TemplateStringsArray, ReadonlyArray<string>>()

const printedParts = (parts: TemplateStringsArray): ReadonlyArray<string> => {
  const known = printed.get(parts)
  if (known !== undefined) return known
  const fresh = parts.map((part) => part.replace(/\s*\n\s*/g, " "))
  printed.set(parts, fresh)
  return fresh
}

/** A template of markup. Line breaks in a template become one space in the page. */
export const html = (parts: TemplateStringsArray, ...holes: ReadonlyArray<Hole>): Markup =>
  new Markup(printedParts(parts), holes)

/** Text that keeps its lines. */
export const inLines = (text: string): Markup => new Markup([withEntities(visibleLines(text))], [])

/** Text that is markup already. Only for the style and script of plait. */
export const verbatim = (text: string): Markup => new Markup([text], [])
