/**
 * Reads a command line: the command, its flags, and the errors in them. A flag that has no effect on a command is
 * refused, never ignored.
 */
import { parseArgs } from "node:util"
import { closest } from "../suite/closest.ts"
import { UsageError } from "../suite/UsageError.ts"
import { type Command, type CommandName, commands, isCommandName } from "./commands.ts"
import { type Flag, type FlagName, flags, isFlagName } from "./flags.ts"

/** The request that a command line makes. */
export interface Request {
  readonly command: CommandName
  /** A command with a name close to the first word, if that word names no command. */
  readonly meant: CommandName | undefined
  /** Filters, or the trace to replay. */
  readonly words: ReadonlyArray<string>
  readonly sets: ReadonlyArray<string>
  readonly maxStates: number | undefined
  readonly maxDepth: number | undefined
  readonly timeoutSeconds: number | undefined
  readonly memoryMebibytes: number | undefined
  /** Seed of random walks. */
  readonly seed: number | undefined
  /** Number of random walks for each property. */
  readonly random: number | undefined
  /** The path of the baseline, if one was given. */
  readonly baseline: string | undefined
  /** The path of the configuration, if one was given. */
  readonly config: string | undefined
  /** Folder for trace files. Without it no trace files are written. */
  readonly out: string | undefined
  /** The case of a trace that another tool wrote. */
  readonly model: string | undefined
  /** File for the HTML report. */
  readonly html: string | undefined
  /** Format of the printed state graph. */
  readonly graph: string | undefined
  /** Format of the printed trace. */
  readonly format: string | undefined
  readonly progressIntervalSeconds: number | undefined
  /** Reporters, such as `junit` or `lcov=out/lcov.info`. */
  readonly reporters: ReadonlyArray<string>
  /** Thresholds, such as `actions=100`. */
  readonly threshold: string | undefined
  /** A shard, such as `2/5`. */
  readonly shard: string | undefined
  readonly update: boolean
  /** True if the run stops at the first unexpected violation. */
  readonly bail: boolean
  readonly deep: boolean
  readonly json: boolean
  /** Prints every verdict, also expected ones. */
  readonly verbose: boolean
  /** Prints Markdown (only of the guarantee matrix). */
  readonly markdown: boolean
  /** True if an incomplete search does not fail the run. Its properties stay undecided. */
  readonly allowIncomplete: boolean
  readonly checkDeterminism: boolean
  /** True if results are reused, false if not; `undefined` if no flag decides. */
  readonly cache: boolean | undefined
  readonly lastFailed: boolean
  /** The commit from which changes of modules are counted. */
  readonly onlyChanged: string | undefined
  readonly watch: boolean
}

/** A request, or a question about plait itself: its help or its version. */
export type Question =
  | { readonly _tag: "request"; readonly request: Request }
  | { readonly _tag: "help"; readonly command: CommandName | undefined }
  | { readonly _tag: "version" }

/** Reads a command line. Throws `UsageError`. */
export const parseArguments = (words: ReadonlyArray<string>): Question => {
  refuseUnknown(words)
  const { positionals, values } = parse(words)
  const [first] = positionals
  const named = isCommandName(first) ? first : undefined
  if (values.help === true) return { _tag: "help", command: named }
  if (values.version === true) return { _tag: "version" }
  const command = named ?? "check"
  // `check --random N` is another way to write `simulate --random N`.
  const run = command === "check" && values.random !== undefined ? "simulate" : command
  for (const flag of Object.keys(values)) if (isFlagName(flag)) refuseForeign(run, flag)
  for (const pair of excluding) refuseBoth(Object.keys(values), pair)
  const number = (flag: FlagName): number | undefined => wholeNumber(flag, values[flag])
  const request: Request = {
    command: run,
    meant: named === undefined && first !== undefined ? meantCommand(first) : undefined,
    words: named === undefined ? positionals : positionals.slice(1),
    sets: values.set ?? [],
    maxStates: number("max-states"),
    maxDepth: number("max-depth"),
    timeoutSeconds: number("timeout"),
    memoryMebibytes: number("memory"),
    seed: number("seed"),
    random: number("random"),
    baseline: values.baseline,
    config: values.config,
    out: values.out,
    format: values.format,
    html: values.html,
    graph: values.graph,
    model: values.model,
    progressIntervalSeconds: number("progress-interval"),
    reporters: values.reporter ?? [],
    threshold: values.threshold,
    shard: values.shard,
    update: values.update ?? false,
    bail: values.bail ?? false,
    deep: values.deep ?? false,
    json: values.json ?? false,
    verbose: values.verbose ?? false,
    markdown: values.markdown ?? false,
    allowIncomplete: values["allow-incomplete"] ?? false,
    checkDeterminism: values["check-determinism"] ?? false,
    cache: values["no-cache"] === true ? false : values.cache,
    lastFailed: values["last-failed"] ?? false,
    onlyChanged: values["only-changed"],
    watch: values.watch ?? false
  }
  return { _tag: "request", request }
}

const refuseUnknown = (words: ReadonlyArray<string>): void => {
  for (const word of words) {
    if (word === "--") return
    const name = /^--([^=]+)/.exec(word)?.[1]
    if (name === undefined || isFlagName(name)) continue
    if (name === "fail-on-incomplete") {
      throw new UsageError({
        problem: "--fail-on-incomplete was removed: an incomplete search exits with 3",
        advice: "leave it out; --allow-incomplete lets an incomplete search pass"
      })
    }
    const near = closest(name, Object.keys(flags))
    throw new UsageError({
      problem: `there is no flag --${name}`,
      advice: near === undefined ? "plait COMMAND --help lists the flags of a command" : `did you mean --${near}?`
    })
  }
}

const refuseForeign = (name: CommandName, flag: FlagName): void => {
  const command: Command = commands[name]
  if (command.flags.includes(flag)) return
  throw new UsageError({
    problem: `plait ${name} does not take --${flag}: ${command.refuses[flag] ?? command.refusesOthers}`,
    advice: `plait ${name} --help lists its flags`
  })
}

/** Pairs of flags that exclude each other, with the reason. */
const excluding: ReadonlyArray<readonly [FlagName, FlagName, string]> = [
  ["cache", "no-cache", "give only one of them"],
  ["cache", "check-determinism", "a cached result runs no handlers that could be compared"],
  ["bail", "update", "only complete results can be accepted"],
  ["watch", "json", "each run would print a document of its own"],
  ["watch", "update", "the results of every change would be accepted unread"],
  ["watch", "reporter", "a report covers one run"],
  ["watch", "only-changed", "after the first run, --watch explores only the cases that a change affects"]
]

const refuseBoth = (given: ReadonlyArray<string>, [left, right, why]: readonly [FlagName, FlagName, string]): void => {
  if (!given.includes(left) || !given.includes(right)) return
  throw new UsageError({ problem: `--${left} and --${right} do not go together`, advice: why })
}

const refuseRepeated = (names: ReadonlyArray<FlagName>): void => {
  const twice = names.find((name, index) => {
    const { multiple = false, type }: Flag = flags[name]
    return type === "string" && !multiple && names.indexOf(name) !== index
  })
  if (twice !== undefined) throw new UsageError({ problem: `--${twice} is given twice`, advice: "give it once" })
}

const wholeNumber = (flag: FlagName, text: unknown): number | undefined => {
  if (typeof text !== "string") return undefined
  const { least = 0 }: Flag = flags[flag]
  const value = Number(text)
  if (text.trim() !== "" && Number.isSafeInteger(value) && value >= least) return value
  throw new UsageError({
    problem: `--${flag} ${text} is not possible`,
    advice: `--${flag} takes a whole number of at least ${least}`
  })
}

const meantCommand = (word: string): CommandName | undefined => {
  const near = closest(word, Object.keys(commands))
  return isCommandName(near) ? near : undefined
}

/** Adds the implied value to each flag that is given without one. */
const implied = (words: ReadonlyArray<string>): Array<string> => {
  const end = words.includes("--") ? words.indexOf("--") : words.length
  return words.map((word, index) => {
    const name = word.slice(2)
    if (index >= end || !word.startsWith("--") || !isFlagName(name)) return word
    const { implied: value }: Flag = flags[name]
    return value === undefined ? word : `${word}=${value}`
  })
}

const parse = (words: ReadonlyArray<string>) => {
  try {
    const parsed = parseArgs({
      args: implied(words),
      options: flags,
      allowPositionals: true,
      strict: true,
      tokens: true
    })
    refuseRepeated(parsed.tokens.flatMap((token) => (token.kind === "option" ? [token.name] : [])))
    return parsed
  } catch (error) {
    if (error instanceof UsageError) throw error
    const [problem = ""] = (error instanceof Error ? error.message : String(error)).split("\n")
    throw new UsageError({ problem, advice: "plait --help" })
  }
}
