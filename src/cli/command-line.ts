/**
 * The command line of plait: reads the request, loads the command, runs it, and ends with the documented exit code.
 */
import { enableCompileCache } from "node:module"
import { parseArguments, type Request } from "./arguments.ts"
import type { CommandName } from "./commands.ts"
import { UsageError } from "../suite/UsageError.ts"
import { endNow, endProcess, faultText, faults, guardProcess, noteFault, settled } from "./run/own-process.ts"

// Compiling plait and effect takes most of a short run. Node's cache halves it. Line coverage is measured without it.
if (process.env["NODE_V8_COVERAGE"] === undefined) enableCompileCache()

// A reader that closes the pipe early, such as `head`, is no failure: further output is dropped. A full disk is one.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return
    if (stream === process.stdout) process.stderr.write(`plait: cannot write standard output: ${error.message}\n`)
    endNow(2)
  })
}

guardProcess()

/** Loads the code of a command when it is about to run. */
const loads: { readonly [name in CommandName]: () => Promise<(request: Request) => Promise<number>> } = {
  check: async () => (await import("./commands/check.ts")).check,
  verify: async () => (await import("./commands/check.ts")).check,
  matrix: async () => (await import("./commands/matrix.ts")).matrix,
  report: async () => (await import("./commands/html-report.ts")).htmlReport,
  mutate: async () => (await import("./commands/mutate.ts")).mutate,
  simulate: async () => (await import("./commands/simulate.ts")).simulate,
  replay: async () => (await import("./commands/replay.ts")).replay,
  "merge-reports": async () => (await import("./commands/merge-reports.ts")).mergeReports,
  list: async () => (await import("./commands/list.ts")).list,
  init: async () => (await import("./commands/init.ts")).init,
  completions: async () => (await import("./commands/completions.ts")).completions
}

const run = async (request: Request): Promise<number> => {
  const command = await loads[request.command]()
  try {
    return await command(request)
  } catch (error) {
    // "plait lst": the word is neither a model nor a command, but close to the name of a command.
    const isUnknown = error instanceof UsageError && error.problem.endsWith(`"${request.words[0]}"`)
    if (!isUnknown || request.meant === undefined) throw error
    throw new UsageError({ problem: error.problem, advice: `${error.advice} or the command plait ${request.meant}?` })
  }
}

const answer = async (): Promise<number> => {
  const question = parseArguments(process.argv.slice(2))
  switch (question._tag) {
    case "help": {
      const { help, helpOf } = await import("./help.ts")
      process.stdout.write(`${question.command === undefined ? help() : helpOf(question.command)}\n`)
      return 0
    }
    case "version": {
      const { version } = await import("./version.ts")
      process.stdout.write(`${version}\n`)
      return 0
    }
    case "request":
      return run(question.request)
  }
}

const found = await answer().catch((thrown: unknown) => {
  noteFault(thrown)
  return 2
})
if (faults().length > 0) await settled()
for (const fault of faults()) process.stderr.write(`${faultText(fault)}\n`)
await endProcess(faults().length > 0 ? 2 : found)
