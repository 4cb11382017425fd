/**
 * What each flag of each command changes: the table behind "a flag is never read and ignored". A row is a command, a flag,
 * the words without and with it, and something observed that differs between the two.
 */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { folder, plait, type Ran } from "./command.ts"

const config = new URL("small.config.ts", import.meta.url).pathname
const twoPhase = new URL("../fixtures/two-phase.itf.json", import.meta.url).pathname

/** A run that is over, with the folder that it was made in. */
export interface Observed extends Ran {
  readonly file: (name: string) => string | undefined
}

/** A row. */
export interface FlagCase {
  readonly command: string
  readonly flag: string
  readonly without: ReadonlyArray<string>
  readonly with: ReadonlyArray<string>
  readonly look: (observed: Observed) => unknown
  /** What is seen without the flag and with it. */
  readonly seen: readonly [unknown, unknown]
}

/** Runs plait in a folder of its own, as under CI: nothing is written that no flag asked for. */
export const observed = async (words: ReadonlyArray<string>): Promise<Observed> => {
  const cwd = folder()
  const ran = await plait(words, { cwd, env: { CI: "1" } })
  const file = (name: string) => (existsSync(join(cwd, name)) ? readFileSync(join(cwd, name), "utf8") : undefined)
  return { ...ran, file }
}

/** What the rows read: pins, pins that are not true, and the data of runs that were compared with each. */
export const kept = folder()
const pins = join(kept, "pins.json")
const untrue = join(kept, "untrue.json")
/** Pins of searches that a limit ended: only there an incomplete search is no drift of verify. */
const unproved = join(kept, "unproved.json")
const run = join(kept, "run.json")
const drifted = join(kept, "drifted.json")
const cut = join(kept, "cut.json")

/** Writes what the rows read: the words of the runs that do, and what makes pins untrue. */
export const preparation = {
  pinning: ["check", "small", "-u", "--config", config, "--baseline", pins, "--reporter", `data=${run}`],
  drifting: ["check", "small", "--config", config, "--baseline", untrue, "--reporter", `data=${drifted}`],
  cutting: ["check", "small", "--config", config, "--max-states", "2", "--reporter", `data=${cut}`],
  pins,
  untrue,
  unproved,
  disprove: (text: string): string => text.replaceAll('"complete":true', '"complete":false'),
  falsify: (text: string): string => text.replaceAll('"distinct":5', '"distinct":7')
}

const says = (text: string) => (seen: Observed) => seen.stdout.includes(text)
const writes = (name: string) => (seen: Observed) => seen.file(name) !== undefined
const told = (name: string, text: string) => (seen: Observed) => seen.file(name)?.includes(text)
const status = (seen: Observed) => seen.status
const isDocument = (seen: Observed) => seen.stdout.startsWith("{")

/** Rows of a command whose words without the flag are `base`, and with it `base` and some more. */
const rows = (
  command: string,
  base: ReadonlyArray<string>,
  table: {
    readonly [flag: string]: readonly [
      more: ReadonlyArray<string>,
      look: FlagCase["look"],
      bare: unknown,
      flagged: unknown
    ]
  }
): ReadonlyArray<FlagCase> =>
  Object.entries(table).map(([flag, [more, look, ...seen]]) => ({
    command,
    flag,
    without: [command, ...base],
    with: [command, ...base, ...more],
    look,
    seen
  }))

const limits = (look: (reason: string) => FlagCase["look"]) =>
  ({
    "max-states": [["--max-states", "2"], look("state limit"), false, true],
    "max-depth": [["--max-depth", "1"], look("depth limit"), false, true],
    timeout: [["--timeout", "0"], look("time limit"), false, true],
    memory: [["--memory", "1"], look("memory limit"), false, true]
  }) as const

const small = ["small", "--config", config]

/** Progress is told every so often if nothing else is asked for, which a slow machine may take for this, too. */
const progressOf = (command: string, base: ReadonlyArray<string>): FlagCase => {
  const every = (seconds: string) => [command, ...base, "--progress-interval", seconds]
  const look = (seen: Observed) => seen.stderr.includes(" states")
  return { command, flag: "progress-interval", without: every("100000"), with: every("0"), look, seen: [false, true] }
}

const ofSearches = (command: string): ReadonlyArray<FlagCase> => [
  progressOf(command, small),
  ...rows(command, small, {
    ...limits((reason) => says(`incomplete: ${reason}`)),
    deep: [["--deep"], says("small/most=5"), false, true],
    json: [["--json"], isDocument, false, true],
    out: [["--out", "traces"], writes("traces/small-most=3--a-node-counts-to-the-end.itf.json"), false, true],
    reporter: [["--reporter", "junit=junit.xml"], writes("junit.xml"), false, true],
    threshold: [["--threshold", "actions=100"], says("actions: 4 of 6 covered"), false, true],
    shard: [["--shard", "1/2"], says("small/most=4"), true, false],
    baseline: [["--baseline", untrue], says("small/most=3: states 7 → 5"), false, true],
    update: [["-u", "--baseline", "new.json"], writes("new.json"), false, true]
  }),
  ...rows(command, ["small", "--config", config, "--baseline", unproved, "--max-states", "2"], {
    "allow-incomplete": [["--allow-incomplete"], status, 3, 0]
  }),
  ...rows(command, ["race", "--baseline", "none.json"], {
    bail: [["--bail"], says("stopped at the first violation (--bail) in case 1 of "), false, true]
  }),
  ...rows(command, ["drifting", "--config", config], {
    "check-determinism": [["--check-determinism"], (seen) => seen.stderr.includes("is not deterministic"), false, true]
  }),
  ...rows(command, ["small"], { config: [["--config", config], says("small/most=3"), false, true] }),
  ...rows(command, ["--config", config], { verbose: [["--verbose"], says("a node counts to the end"), false, true] })
]

/** Every row. */
export const flagCases: ReadonlyArray<FlagCase> = [
  ...ofSearches("check"),
  ...rows("check", small, {
    set: [["--set", "most=2"], says("small/most=2"), false, true],
    random: [["--random", "3"], says("7 walks"), false, true]
  }),
  // A graph takes one case.
  ...rows("check", ["small/most=3", "--config", config], {
    graph: [["--graph", "dot"], says('label="all 5 states of small/most=3"'), false, true]
  }),
  ...ofSearches("verify"),
  progressOf("matrix", small),
  ...rows("matrix", small, {
    ...limits(() => says("to 3     ◐")),
    set: [["--set", "most=2"], says("to 2 "), false, true],
    deep: [["--deep"], says("to 5 "), false, true],
    json: [["--json"], isDocument, false, true],
    markdown: [["--markdown"], says("| "), false, true]
  }),
  ...rows("matrix", [...small, "--max-states", "2"], { "allow-incomplete": [["--allow-incomplete"], status, 3, 0] }),
  ...rows("matrix", ["small"], { config: [["--config", config], says("to 3 "), false, true] }),
  ...rows("matrix", ["--config", config], {
    baseline: [["--baseline", "kept/pins.json", "-u"], writes("kept/matrix.json"), false, true]
  }),
  ...rows("matrix", ["--config", config, "--baseline", "kept/pins.json"], {
    update: [["-u"], writes("kept/matrix.md"), false, true]
  }),
  progressOf("report", [...small, "--html", "page.html"]),
  ...rows("report", [...small, "--html", "page.html"], {
    ...limits((reason) => told("page.html", reason)),
    set: [["--set", "most=2"], told("page.html", "small/most=2"), false, true],
    deep: [["--deep"], told("page.html", "small/most=5"), false, true],
    baseline: [["--baseline", untrue], told("page.html", "states 7 → 5"), false, true]
  }),
  ...rows("report", [...small, "--html", "page.html"], {
    random: [["--random", "3"], told("page.html", "≈ 7 random walks"), false, true]
  }),
  ...rows("report", [...small, "--html", "page.html", "--random", "3"], {
    seed: [["--seed", "2"], told("page.html", "random walks, seed 2"), false, true]
  }),
  ...rows("report", [...small, "--html", "page.html", "--max-states", "2"], {
    "allow-incomplete": [["--allow-incomplete"], status, 3, 0]
  }),
  ...rows("report", ["small", "--html", "page.html"], {
    config: [["--config", config], writes("page.html"), false, true]
  }),
  ...rows("report", small, { html: [["--html", "page.html"], writes("page.html"), false, true] }),
  progressOf("mutate", small),
  ...rows("mutate", small, {
    ...limits(() => (seen) => !seen.stdout.includes("score: 5 of 7")),
    set: [["--set", "most=2"], says("small/most=2: "), false, true],
    json: [["--json"], isDocument, false, true],
    baseline: [["--baseline", "kept/pins.json", "-u"], writes("kept/mutants.json"), false, true]
  }),
  ...rows("mutate", [...small, "--baseline", "kept/pins.json"], {
    update: [["-u"], writes("kept/mutants.json"), false, true]
  }),
  ...rows("mutate", ["small"], { config: [["--config", config], says("small/most=3: "), false, true] }),
  progressOf("simulate", [...small, "--random", "5"]),
  ...rows("simulate", [...small, "--random", "5"], {
    "max-depth": [["--max-depth", "1"], says("reached in 4"), true, false],
    set: [["--set", "most=2"], says("small/most=2: "), false, true],
    seed: [["--seed", "2"], says("(seed 2, "), false, true],
    deep: [["--deep"], says("small/most=5"), false, true],
    json: [["--json"], isDocument, false, true],
    out: [["--out", "traces"], writes("traces/small-most=3--a-node-counts-to-the-end.itf.json"), false, true],
    baseline: [["--baseline", pins], says("5 of 5 states"), false, true]
  }),
  ...rows("simulate", small, { random: [["--random", "5"], says(": 11 walks"), false, true] }),
  ...rows("simulate", ["small", "--random", "5"], {
    config: [["--config", config], says("small/most=3"), false, true]
  }),
  ...rows("replay", ["small/most=3@0.0.0.0.0", "--config", config], {
    json: [["--json"], isDocument, false, true],
    format: [["--format", "mermaid"], says("sequenceDiagram"), false, true]
  }),
  ...rows("replay", ["small/most=3@0.0.0.0.0"], { config: [["--config", config], status, 2, 0] }),
  ...rows("replay", [twoPhase], { model: [["--model", "two-phase-commit/n=2"], status, 2, 0] }),
  ...rows("merge-reports", [run], {
    reporter: [["--reporter", "junit=junit.xml"], writes("junit.xml"), false, true],
    threshold: [["--threshold", "actions=100"], status, 0, 1]
  }),
  ...rows("merge-reports", [cut], { "allow-incomplete": [["--allow-incomplete"], status, 3, 0] }),
  ...rows("merge-reports", [drifted, "--reporter", "gitlab=quality.json"], {
    baseline: [["--baseline", "here.json"], told("quality.json", "here.json"), false, true]
  }),
  ...rows("list", ["small", "--config", config], { json: [["--json"], isDocument, false, true] }),
  ...rows("list", ["small"], { config: [["--config", config], says("small/most=3"), false, true] })
]

/** Flags that another test shows at work. */
export const shownElsewhere: { readonly [flag: string]: string } = {
  watch: "src/cli/commands/watch.test.ts",
  cache: "src/cli/run/case-cache.test.ts",
  "no-cache": "src/cli/run/case-cache.test.ts",
  "last-failed": "src/cli/run/selection.test.ts",
  "only-changed": "src/cli/run/selection.test.ts"
}
