/**
 * Words that ARCHITECTURE.md, section "Vocabulary", replaces by one term: one thing has one name, in code and in prose.
 * Identifiers are split into their words. Each word is written so that it does not match itself.
 */
import { type CallExpression, parseSync, Visitor } from "oxc-parser"
import { at, type File, type Finding, isTypeScript } from "./tree.ts"

/** The banned words, each with the term that takes its place. */
const terms: ReadonlyArray<readonly [pattern: RegExp, term: string]> = [
  [/^st[u]ck$/, "deadlocked"],
  [/^cl[a]im(?:s|ed|ing)?$/, "property"],
  [/^c[e]lls?$/, "case"],
  [/^d[e]eds?$/, "command"],
  [/^fl[i]ghts?$/, "envelope"],
  [/^comp[a]nions?$/, "node metadata"],
  [/^asl[e]ep$/, "never falsified"]
]

/** True if the words before give the word another meaning: in flight, table case, spreadsheet cell. */
const isMeant = (word: string, before: string): boolean =>
  (word.startsWith("fl") && /\bin[\s-]?$/i.test(before)) ||
  (word.startsWith("c") && /(?:table|spreadsheet)[\s-]?$/i.test(before))

/** The model of a table of rows and columns, whose topic the word is. */
const isAboutTables = ({ path }: File) => path.startsWith("models/multi-leader/")

const banned = (file: File, text: string, offset: number): ReadonlyArray<Finding> =>
  [...text.matchAll(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g)].flatMap((match) => {
    const word = match[0].toLowerCase()
    const term = terms.find(([pattern]) => pattern.test(word))?.[1]
    const before = text.slice(Math.max(0, match.index - 12), match.index)
    if (term === undefined || isMeant(word, before) || (term === "case" && isAboutTables(file))) return []
    return [at(file, offset + match.index, `"${word}" is called ${term}: ARCHITECTURE.md, "Vocabulary"`)]
  })

/** The name that a chain of calls begins with: `it` in `it.each(table)(title, body)`. */
const rootOf = (node: unknown): string | undefined => {
  if (typeof node !== "object" || node === null) return undefined
  const inner: unknown = Reflect.get(node, "callee") ?? Reflect.get(node, "object") ?? Reflect.get(node, "tag")
  const name: unknown = Reflect.get(node, "name")
  return inner === undefined ? (typeof name === "string" ? name : undefined) : rootOf(inner)
}

/** The titles of the tests of a file, with the offsets at which they stand. */
const titlesOf = (file: File): ReadonlyArray<{ readonly start: number; readonly end: number }> => {
  const found: Array<{ readonly start: number; readonly end: number }> = []
  const title = (node: CallExpression) => {
    const [first] = node.arguments
    const isTitle = first?.type === "TemplateLiteral" || (first?.type === "Literal" && typeof first.value === "string")
    if (isTitle && ["it", "test", "describe", "layer"].includes(rootOf(node.callee) ?? "")) found.push(first)
  }
  new Visitor({ CallExpression: title }).visit(parseSync(file.path, file.text).program)
  return found
}

/** The text without the section that lists the banned words beside their terms; offsets stay. */
const withoutVocabulary = ({ path, text }: File): string =>
  path === "ARCHITECTURE.md"
    ? text.replace(/^## Vocabulary$[^]*?(?=^## |(?![^]))/m, (section) => section.replaceAll(/\S/g, " "))
    : text

/**
 * Banned words in the pages, in src/, models/ and properties/, and in the titles of the tests of test/. CHANGELOG.md
 * names what was renamed, and is left alone.
 */
export const bannedSynonyms = (file: File): ReadonlyArray<Finding> => {
  if (/^(?:docs|src|models|properties)\/|^(?!CHANGELOG)\w+\.md$/.test(file.path)) {
    return banned(file, withoutVocabulary(file), 0)
  }
  if (!file.path.startsWith("test/") || !isTypeScript(file)) return []
  return titlesOf(file).flatMap(({ start, end }) => banned(file, file.text.slice(start, end), start))
}
