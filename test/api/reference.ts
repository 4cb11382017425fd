/**
 * The API reference: what each entry of the package exports, values before types, in the words of the doc comments.
 */
import type { Declared } from "./surface.ts"

/** An entry of the package and what it exports. */
export interface Entry {
  /** What is imported, such as `plait/vitest`. */
  readonly specifier: string
  readonly surface: ReadonlyArray<Declared>
}

const block = (code: string): string => `\`\`\`ts\n${code}\n\`\`\``

const prose = (doc: string): string => doc.replace(/^@example\s*/gm, "Example:\n\n")

const section = (level: number, { doc, file, members, name, signature }: Declared): ReadonlyArray<string> => [
  `${"#".repeat(level)} ${name}`,
  ...(signature === name || members.length > 0 ? [] : [block(signature)]),
  ...(doc === "" ? [] : [prose(doc)]),
  ...(level === 4 ? [`Declared in [${file}](../${file}).`] : []),
  ...members.flatMap((member) => section(level + 1, { ...member, signature: member.signature }))
]

/** The page. */
export const reference = (entries: ReadonlyArray<Entry>): string =>
  [
    "# API reference",
    "Written from the doc comments by `npm run docs`. Every example is compiled and run by a test.",
    ...entries.flatMap(({ specifier, surface }) => {
      const values = surface.filter(({ isType }) => !isType)
      const types = surface.filter(({ isType }) => isType)
      return [
        `## ${specifier}`,
        "### Values",
        ...values.flatMap((each) => section(4, each)),
        ...(types.length === 0 ? [] : ["### Types"]),
        ...types.flatMap((each) => section(4, each))
      ]
    })
  ].join("\n\n") + "\n"
