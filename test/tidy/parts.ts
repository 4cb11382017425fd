/** The parts of `npm run check`: for each a command, and its output read as findings, `path:line message`. */
import { relative } from "node:path"
import type { Finding } from "./tree.ts"

/** A tool that checks the whole tree. */
export interface Part {
  readonly name: string
  readonly command: string
  readonly options: ReadonlyArray<string>
  /** The finding in a line of the output; `undefined` for a line that is none. */
  readonly read: (line: string, root: string) => Finding | undefined
}

/** `src/a.ts(3,7): error TS1: message`, as compilers print it; the path may be absolute. */
const compilerLine = (line: string, root: string): Finding | undefined => {
  const [, path, at, message] = /^(\S[^(]*)\((\d+),\d+\): (.+)$/.exec(line) ?? []
  if (path === undefined) return undefined
  return `${path.startsWith(root) ? relative(root, path) : path}:${at} ${message}`
}

/** `src/a.ts:3:7: message`, as linters print it. */
const linterLine = (line: string): Finding | undefined => {
  const [, path, at, message] = /^(\S[^:]*):(\d+):\d+: (.+)$/.exec(line) ?? []
  return path === undefined ? undefined : `${path}:${at} ${message}`
}

/** The tools, in the order in which their findings are printed. The rules of test/tidy come after them. */
export const parts: ReadonlyArray<Part> = [
  { name: "types", command: "tsc", options: ["--noEmit", "--pretty", "false"], read: compilerLine },
  { name: "lint", command: "oxlint", options: ["--deny-warnings", "--format", "unix"], read: linterLine },
  {
    name: "effect",
    command: "effect-tsgo",
    options: ["diagnostics", "--project", "tsconfig.json", "--format", "text"],
    read: compilerLine
  },
  {
    name: "format",
    command: "oxfmt",
    options: ["--list-different"],
    read: (line) => (line === "" ? undefined : `${line}:1 is not formatted: npm run format`)
  }
]

/**
 * The findings in the output of a part that failed. Output without a finding is returned as it is: the tool itself
 * broke. An indented line continues the finding above it.
 */
export const findingsIn = (part: Part, output: string, root: string): ReadonlyArray<string> => {
  const found: Array<string> = []
  for (const line of output.split("\n")) {
    const finding = part.read(line, root)
    if (finding !== undefined) found.push(finding)
    else if (found.length > 0 && /^\s+\S/.test(line)) found.push(line)
  }
  return found.length > 0 ? found : [output.trimEnd()]
}
