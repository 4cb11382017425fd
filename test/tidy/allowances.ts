/**
 * Rules that the repository does not keep yet: how many findings each directory may still have. Lower an allowance when
 * its findings go; delete it at zero. `node test/tidy/counts.ts` prints the counts, with a directory its findings.
 */
import { clauseOpenings } from "./openings.ts"
import { bannedSynonyms } from "./synonyms.ts"
import type { File, Finding, Rule } from "./tree.ts"

/** A rule with the number of findings that are still allowed, by directory. */
export interface Allowed {
  readonly statement: string
  readonly rule: Rule
  readonly allowances: Readonly<Record<string, number>>
}

/** The rules that are not kept everywhere yet. */
export const allowed: ReadonlyArray<Allowed> = [
  {
    statement: "doc comments and headers begin with a noun or a verb",
    rule: clauseOpenings,
    allowances: {
      "src/engine": 3,
      "src/search": 14
    }
  },
  {
    statement: "the banned synonyms of the vocabulary are not used",
    rule: bannedSynonyms,
    allowances: {
      models: 8,
      pages: 11,
      properties: 2,
      "src/engine": 3,
      "src/search": 3,
      "src/suite": 6,
      "src/vitest": 1
    }
  }
]

/** The directory that a file counts for: a room of src/, a folder of the root, or all pages together. */
const directoryOf = (path: string): string =>
  path.endsWith(".md") ? "pages" : (/^(?:src\/)?[^/]+/.exec(path)?.[0] ?? path)

/** The findings of a rule, by directory, in the order of the paths. */
export const byDirectory = (
  rule: Rule,
  files: ReadonlyArray<File>
): ReadonlyArray<readonly [string, ReadonlyArray<Finding>]> => {
  const found = new Map<string, Array<Finding>>()
  for (const file of files) {
    const findings = rule(file)
    const directory = directoryOf(file.path)
    if (findings.length > 0) found.set(directory, [...(found.get(directory) ?? []), ...findings])
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

/** The findings in directories that have more of them than they are allowed. */
export const beyondAllowance =
  ({ rule, allowances }: Allowed) =>
  (files: ReadonlyArray<File>): ReadonlyArray<Finding> =>
    byDirectory(rule, files).flatMap(([directory, found]) => {
      const allowance = allowances[directory] ?? 0
      if (found.length <= allowance) return []
      return allowance === 0
        ? found
        : [`${directory}:1 has ${found.length} findings, ${allowance} are allowed`, ...found]
    })
