/** Commands in the documents: each script exists, and plait's parser accepts each command line of plait. */
import { readFileSync } from "node:fs"
import { parseArguments } from "../../src/cli/arguments.ts"

const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  readonly scripts: { readonly [name: string]: string }
}

/** Scripts of a project that `plait init` wrote, and of examples/own-protocol. */
const ofProjects = new Set(["verify", "test", "check", "types"])

const problem = (command: string): string | undefined => {
  const script = /^npm run (?:-s )?([\w:-]+)/.exec(command)?.[1]
  if (script !== undefined && scripts[script] === undefined && !ofProjects.has(script)) return `no script ${script}`
  const line = /^(?:npx plait|npm run -s plait --|plait)(?: (.*))?$/.exec(command)
  if (line === null) return undefined
  try {
    parseArguments(
      (line[1] ?? "")
        .split(/\s+/)
        .filter((word) => word !== "")
        .map((word) => word.replaceAll("'", ""))
    )
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.split("\n")[0] : String(error)
  }
}

/** Lines whose commands do not exist, each with its problem. */
export const brokenShellLines = (lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.flatMap((line) =>
    line
      .replace(/(?:^|\s)#.*$/, "")
      .split("&&")
      .map((command) => command.trim())
      .flatMap((command) => {
        const found = problem(command)
        return found === undefined ? [] : [`${command}: ${found}`]
      })
  )

/** Commands of plait and scripts of npm that a page names in spans of code; a flag at the end is given a value. */
export const commandsInProse = (page: string): ReadonlyArray<string> =>
  [...page.replace(/^```[\s\S]*?^```/gm, "").matchAll(/`((?:npx plait|plait|npm run) [^`]+)`/g)].map(
    ([, command = ""]) => command.replace(/--[\w-]+$/, "$& 1")
  )
