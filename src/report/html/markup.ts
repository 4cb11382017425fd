/**
 * HTML that cannot be broken by what is put into it: every text is escaped where it enters a template, and only markup
 * made by a template enters unescaped. Markup stays a tree of templates and what fills them until it is asked for its
 * text, so that equal pieces can be found and kept once (sharing.ts).
 */

import { visible, visibleLines } from "../visible.ts"

/** Where markup is put: the anchor of the trace around it, known only once that is. */
export const HERE = Symbol("the anchor of the trace around it")

/** What a template takes: text and numbers are escaped, markup is not, nothing is nothing. */
export type Hole = string | number | Markup | ReadonlyArray<Hole> | typeof HERE | undefined

/** A piece of finished markup: the fixed parts of its template, and between them what fills it. */
export class Markup {
  readonly parts: ReadonlyArray<string>
  readonly holes: ReadonlyArray<Hole>

  constructor(parts: ReadonlyArray<string>, holes: ReadonlyArray<Hole>) {
    this.parts = parts
    this.holes = holes
  }

  /** The text, at a trace's anchor where it has one. */
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

/** Visible text with every sign that markup gives a meaning to as an entity. */
export const escaped = (text: string): string => withEntities(visible(text))

const withEntities = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? "")

/** The parts of each template as the page has them; the same list for each use of a template. */
const printed = new WeakMap<TemplateStringsArray, ReadonlyArray<string>>()

const printedParts = (parts: TemplateStringsArray): ReadonlyArray<string> => {
  const known = printed.get(parts)
  if (known !== undefined) return known
  const fresh = parts.map((part) => part.replace(/\s*\n\s*/g, " "))
  printed.set(parts, fresh)
  return fresh
}

/** A template of markup. Where a template is broken into lines for its reader, the page has one space. */
export const html = (parts: TemplateStringsArray, ...holes: ReadonlyArray<Hole>): Markup =>
  new Markup(printedParts(parts), holes)

/** Text that keeps its lines. */
export const inLines = (text: string): Markup => new Markup([withEntities(visibleLines(text))], [])

/** Text that is markup already. Only for plait's own style and script. */
export const verbatim = (text: string): Markup => new Markup([text], [])
