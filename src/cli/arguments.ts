/**
 * The words of a command line: commands, flags, and what is wrong with them.
 */
import { parseArgs } from "node:util"
import { closest } from "../suite/closest.ts"
import { UsageError } from "../suite/Suite.ts"

const flags = {
  set: { type: "string", multiple: true },
  "max-states": { type: "string" },
  "max-depth": { type: "string" },
  timeout: { type: "string" },
  memory: { type: "string" },
  baseline: { type: "string" },
  out: { type: "string" },
  seed: { type: "string" },
  random: { type: "string" },
  update: { type: "boolean", short: "u" },
  deep: { type: "boolean" },
  markdown: { type: "boolean" },
  json: { type: "boolean" },
  "fail-on-incomplete": { type: "boolean" },
  "check-determinism": { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" }
} as const

const commands = ["check", "verify", "matrix", "simulate", "replay", "list"] as const

/** A command of plait. */
export type Command = (typeof commands)[number]

/** What was asked. */
export interface Request {
  readonly command: Command
  /** Filters, or what to replay. */
  readonly words: ReadonlyArray<string>
  readonly sets: ReadonlyArray<string>
  readonly maxStates: number | undefined
  readonly maxDepth: number | undefined
  readonly timeoutSeconds: number | undefined
  readonly memoryMebibytes: number | undefined
  /** Seed of random walks. */
  readonly seed: number | undefined
  /** Number of random walks in place of an exhaustive search. */
  readonly random: number | undefined
  readonly baseline: string
  /** Folder for trace files; none are written without it. */
  readonly out: string | undefined
  readonly update: boolean
  readonly deep: boolean
  readonly json: boolean
  /** Print Markdown; of the matrix only. */
  readonly markdown: boolean
  readonly failOnIncomplete: boolean
  readonly checkDeterminism: boolean
  readonly help: boolean
  readonly version: boolean
}

/** What `--help` prints. */
export const help = `plait: checks replication protocols by trying every interleaving inside a bound

  plait [check] [filter…]    explore the cells that match: a model, a cell such as two-phase-commit/n=3, a part of one
  plait verify               explore the whole matrix and compare it with the baseline
  plait matrix               which design gives which guarantee; --markdown, --json
  plait simulate [filter…]   random walks; --random N of them (1000), --seed N (1); never a proof
  plait replay <id | file>   take a trace again, through freshly run handlers
  plait list                 models, parameters, sources

  --set name=value           set a parameter of the named models (repeatable)
  --max-states N  --max-depth N  --timeout SECONDS  --memory MEBIBYTES     limits; hitting one is never a pass
  --json                     one JSON document on standard output, everything else on standard error
  --baseline FILE            default reports/baseline.json        -u, --update    accept what is found
  --out FOLDER               write each trace there as an ITF file
  --deep                     also the cells that take over a minute
  --fail-on-incomplete       exit 3 if a limit ended a search     --check-determinism   run each handler call twice

Exit code: 0 as expected · 1 an expectation is not met · 2 usage, or a model that cannot run · 3 incomplete · 130 interrupted
A pass means: true in every state that can be reached within the bounds of the cell. It says nothing about larger bounds.`

const isCommand = (word: string | undefined): word is Command => commands.some((command) => command === word)

const wholeNumber = (flag: string, text: string | undefined, least: number): number | undefined => {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() !== "" && Number.isInteger(value) && value >= least) return value
  throw new UsageError({
    problem: `--${flag} ${text} is not possible`,
    advice: `--${flag} takes a whole number of at least ${least}`
  })
}

/** Reads a command line. Throws `UsageError`. */
export const parseRequest = (words: ReadonlyArray<string>): Request => {
  for (const word of words) {
    const name = /^--([^=]+)/.exec(word)?.[1]
    if (name === undefined || name in flags) continue
    const near = closest(name, Object.keys(flags))
    throw new UsageError({
      problem: `there is no flag --${name}`,
      advice: near === undefined ? "plait --help lists them" : `did you mean --${near}?`
    })
  }
  const { positionals, values } = parse(words)
  const [first, ...rest] = positionals
  const command = isCommand(first) ? first : "check"
  return {
    command,
    words: isCommand(first) ? rest : positionals,
    sets: values.set ?? [],
    maxStates: wholeNumber("max-states", values["max-states"], 1),
    maxDepth: wholeNumber("max-depth", values["max-depth"], 0),
    timeoutSeconds: wholeNumber("timeout", values.timeout, 0),
    memoryMebibytes: wholeNumber("memory", values.memory, 1),
    seed: wholeNumber("seed", values.seed, 0),
    random: wholeNumber("random", values.random, 1),
    baseline: values.baseline ?? "reports/baseline.json",
    out: values.out,
    update: values.update ?? false,
    deep: values.deep ?? false,
    json: values.json ?? false,
    markdown: values.markdown ?? false,
    failOnIncomplete: values["fail-on-incomplete"] ?? false,
    checkDeterminism: values["check-determinism"] ?? false,
    help: values.help ?? false,
    version: values.version ?? false
  }
}

const parse = (words: ReadonlyArray<string>) => {
  try {
    return parseArgs({ args: [...words], options: flags, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError({ problem: error instanceof Error ? error.message : String(error), advice: "plait --help" })
  }
}
