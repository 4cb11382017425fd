/**
 * Links between the pages of the repository, and from a page to the code. A relative link leads to a file or folder
 * that git has, its anchor to a heading of the page there. Where the text of a link to code is a name, such as
 * `Search.expand`, the file holds every part of that name: a page that explains code follows a rename.
 */
import { posix } from "node:path"
import { at, type File, type Finding } from "./tree.ts"

/** A link of a page: its text, its address and where it stands. */
interface Link {
  readonly text: string
  readonly address: string
  readonly offset: number
}

const isPage = ({ path }: File): boolean => path.endsWith(".md")

/** The page with blocks of code left blank, so that every offset stays the same. */
const withoutBlocks = (text: string): string =>
  text.replace(/^( *)(```+|~~~+)[^\n]*\n[\s\S]*?^\1\2 *$|<!--[\s\S]*?-->/gm, (block) => block.replace(/[^\n]/g, " "))

const linkPattern = /(?<!!)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+)(?:\s+"[^"]*")?\)/g

/** Spans of code are no links, but the text of a link may be one. */
const isInSpan = (text: string, offset: number): boolean => {
  const line = text.slice(text.lastIndexOf("\n", offset) + 1, offset)
  return (line.split("`").length - 1) % 2 === 1
}

const linksOf = ({ text }: File): ReadonlyArray<Link> => {
  const prose = withoutBlocks(text)
  return [...prose.matchAll(linkPattern)]
    .map((match) => ({ text: match[1] ?? "", address: match[2] ?? "", offset: match.index }))
    .filter(({ address, offset }) => !/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(address) && !isInSpan(prose, offset))
}

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, "")
    .replaceAll(" ", "-")

/** The anchors of a page; the second heading of a text ends in -1, and so on. */
const anchorsOf = ({ text }: File): ReadonlySet<string> => {
  const found = new Set<string>()
  const times = new Map<string, number>()
  for (const [, heading = ""] of withoutBlocks(text).matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const anchor = anchorOf(heading)
    const before = times.get(anchor) ?? 0
    times.set(anchor, before + 1)
    found.add(before === 0 ? anchor : `${anchor}-${before}`)
  }
  for (const [, id = ""] of text.matchAll(/<a (?:id|name)="([^"]+)"/g)) found.add(id)
  return found
}

/** The words of a text that is one name of code, such as `Search.expand` or `checkerOf(…)`; none of any other text. */
const wordsOfName = (text: string): ReadonlyArray<string> =>
  /^`[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*(?:\([^`]*\))?`$/.test(text)
    ? text.slice(1, -1).replace(/\(.*/s, "").split(".")
    : []

const holds = ({ text }: File, word: string): boolean =>
  new RegExp(`(?<![\\w$])${word.replaceAll("$", "\\$")}(?![\\w$])`).test(text)

const problemOf = (page: File, { address, text }: Link, tree: ReadonlyMap<string, File>): string | undefined => {
  const [path = "", anchor] = address.split("#")
  const target = path === "" ? page.path : posix.normalize(posix.join(posix.dirname(page.path), decodeURI(path)))
  const file = tree.get(target)
  if (file === undefined) {
    const folder = target.replace(/\/?$/, "/")
    const isFolder = target === "." || [...tree.keys()].some((each) => each.startsWith(folder))
    return isFolder && anchor === undefined ? undefined : `leads nowhere: ${address}`
  }
  if (isPage(file)) {
    return anchor === undefined || anchorsOf(file).has(anchor) ? undefined : `leads to no heading: ${address}`
  }
  if (anchor !== undefined) return `leads to a line of code, which moves: ${address}`
  const isPath = target.endsWith(text.replaceAll("`", ""))
  const missing = isPath ? undefined : wordsOfName(text).find((word) => !holds(file, word))
  return missing === undefined ? undefined : `names ${missing}, which ${target} does not hold`
}

/** Relative links of a page that lead nowhere, or name code that is not in the file they lead to. */
export const brokenLinks =
  (files: ReadonlyArray<File>) =>
  (page: File): ReadonlyArray<Finding> => {
    if (!isPage(page)) return []
    const tree = new Map(files.map((file) => [file.path, file]))
    return linksOf(page).flatMap((link) => {
      const problem = problemOf(page, link, tree)
      return problem === undefined ? [] : [at(page, link.offset, problem)]
    })
  }
