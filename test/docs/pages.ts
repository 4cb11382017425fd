/** The pages that people read, and their contents. */
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"

const root = join(import.meta.dirname, "..", "..")

/** Paths of the pages from the root. */
export const pages: ReadonlyArray<string> = globSync(["*.md", "docs/**/*.md", "examples/*/README.md"], {
  cwd: root
}).toSorted()

/** The text of a page. */
export const textOf = (page: string): string => readFileSync(join(root, page), "utf8")

const withoutBlocks = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, "")

/** The headings of a page with the names that GitHub gives to them. */
const headingsOf = (text: string): ReadonlyArray<{ level: number; title: string; anchor: string }> => {
  const seen = new Map<string, number>()
  return [...withoutBlocks(text).matchAll(/^(#+) (.+)$/gm)].map(([, signs = "", title = ""]) => {
    const name = title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- _]/gu, "")
      .replaceAll(" ", "-")
    const before = seen.get(name) ?? 0
    seen.set(name, before + 1)
    return { level: signs.length, title, anchor: before === 0 ? name : `${name}-${before}` }
  })
}

const contents = /(<!-- contents -->\n)[\s\S]*?(<!-- end of contents -->)/

/** The page with its list of contents written anew, if it has one: a link to each heading of the second level. */
export const withFreshContents = (text: string): string =>
  text.replace(contents, (_all, start: string, end: string) => {
    const entries = headingsOf(text).filter(({ level }) => level === 2)
    return `${start}${entries.map(({ anchor, title }) => `- [${title}](#${anchor})\n`).join("")}${end}`
  })
