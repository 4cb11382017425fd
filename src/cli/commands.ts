/**
 * The commands: a row for each, with its flags and the reason why it takes no others. The code of a command is in a
 * file of `commands/`. A new command needs that file, a row here and a line in `command-line.ts`, which loads the file.
 */
import type { FlagName } from "./flags.ts"

/** A command, as the parser, the help and the dispatch use it. */
export interface Command {
  /** Placeholders of the words after the name of the command. */
  readonly operands: string
  /** One line for the list of commands. */
  readonly about: string
  /** Further lines of the help of the command. */
  readonly details: ReadonlyArray<string>
  readonly flags: ReadonlyArray<FlagName>
  /** Reasons for the refusal of single flags that other commands take. */
  readonly refuses: { readonly [flag in FlagName]?: string }
  /** The reason for the refusal of all other flags. */
  readonly refusesOthers: string
}

const declare = <const C extends { readonly [name: string]: Command }>(table: C): C => table

const limits = ["max-states", "max-depth", "timeout", "memory"] as const
const search = [
  ...limits,
  "deep",
  "json",
  "out",
  "baseline",
  "check-determinism",
  "config",
  "progress-interval",
  "reporter",
  "threshold",
  "shard",
  "last-failed",
  "only-changed",
  "watch",
  "cache",
  "no-cache",
  "bail"
] as const

/** The commands, in the order of the help. */
export const commands = declare({
  check: {
    operands: "[filter…]",
    about: "explore the cases that match, and print every verdict and trace",
    details: [
      "A filter is a model, a case such as two-phase-commit/n=4 (omitted parameters have their defaults), or a part of the",
      "name of a case. Without a filter the whole suite is explored, and only unexpected results are printed in full."
    ],
    flags: ["set", "graph", ...search, "random", "update", "allow-incomplete", "verbose"],
    refuses: { seed: "an exhaustive search is not random; --random N and plait simulate take it" },
    refusesOthers: "it would have no effect"
  },
  verify: {
    operands: "[filter…]",
    about: "explore the whole suite and compare the results with the baseline",
    details: [
      "Every case must match the baseline: verdicts, lengths of traces, states, transitions, depth. A new case is added to",
      "the baseline; where the variable CI is set, it fails. A case of the baseline that no longer exists fails everywhere.",
      "Outside of CI a result is reused while its inputs are unchanged, and marked ≡; --no-cache explores every case."
    ],
    flags: [...search, "update", "allow-incomplete", "verbose"],
    refuses: {
      set: "it explores the cases of the suite with their own settings; plait check takes --set",
      random: "results of random walks cannot be pinned; plait simulate takes it",
      seed: "an exhaustive search is not random; plait simulate takes it"
    },
    refusesOthers: "it would have no effect"
  },
  matrix: {
    operands: "[filter…]",
    about: "print which design gives which guarantee",
    details: [
      "Without a filter the guarantee matrix is compared with reports/matrix.json; -u writes the result there."
    ],
    flags: [
      ...limits,
      "allow-incomplete",
      "set",
      "deep",
      "json",
      "markdown",
      "baseline",
      "update",
      "config",
      "progress-interval"
    ],
    refuses: {},
    refusesOthers: "it judges designs by complete searches"
  },
  report: {
    operands: "--html FILE [filter…]",
    about: "explore the cases that match, and write one HTML file with every verdict and trace",
    details: [
      "The file is self-contained: it needs no network, and its verdicts can be read without scripts. It shows what needs an",
      "action, the guarantee matrix, each trace with its space-time diagram and states, and the state graphs of small cases.",
      "Exit code 1: a result differs from the baseline."
    ],
    flags: [
      "html",
      "set",
      "random",
      "seed",
      ...limits,
      "allow-incomplete",
      "deep",
      "baseline",
      "config",
      "progress-interval"
    ],
    refuses: {
      json: "it writes HTML; plait check --json prints the same results as a document",
      out: "the traces are in the report; plait check takes it"
    },
    refusesOthers: "it would have no effect"
  },
  mutate: {
    operands: "[filter…]",
    about: "change a system in one place at a time (mutants), and print which properties fail",
    details: [
      "The name of a model selects one small case of it, a filter with a slash selects that case. Without a filter every",
      "model is mutated and compared with mutants.json beside the baseline; -u writes the result there. The search of a",
      "mutant ends at 100,000 states, or at --max-states."
    ],
    flags: ["set", ...limits, "json", "baseline", "update", "config", "progress-interval"],
    refuses: { "check-determinism": "a mutant is never pinned as a proof; plait check takes it" },
    refusesOthers: "it would have no effect"
  },
  simulate: {
    operands: "[filter…]",
    about: "take random walks through cases that are too large to explore; never a proof",
    details: [
      "A walk that decides a property is shortened to the fewest of its steps that still decide it. The same seed gives the",
      "same walks.",
      "Exit code 1: a violation that the baseline does not expect."
    ],
    flags: ["set", "max-depth", "random", "seed", "deep", "json", "out", "baseline", "config", "progress-interval"],
    refuses: {
      "max-states": "walks store no states; --random N limits the walks, --max-depth N their steps",
      timeout: "a time limit would make the walks depend on the machine; --random N limits them",
      memory: "walks store no states; --random N limits the walks, --max-depth N their steps",
      update: "results of random walks cannot be pinned",
      "allow-incomplete": "random walks are never complete"
    },
    refusesOthers: "it would have no effect"
  },
  replay: {
    operands: "<replay id | trace file>",
    about: "replay a trace by running the handlers again",
    details: [
      "Exit code 0: the trace still decides its property. 1: it does not, or a step is no longer possible.",
      "It reads every format that it prints: ITF, JSON, and the line “plait: …” in diagrams, logs and tests. An ITF file",
      "that Quint or Apalache wrote has states but no schedule: --model two-phase-commit/n=2 finds a run with those states."
    ],
    flags: ["format", "model", "json", "config"],
    refuses: {},
    refusesOthers: "it replays one recorded run and explores nothing"
  },
  "merge-reports": {
    operands: "<run.json…>",
    about: "merge the runs of shards, and report on them as one run",
    details: [
      "plait verify --shard I/N --reporter data=FILE writes a part. Exit code 1: a result of a part is unexpected, or the",
      "merged coverage misses a threshold. 3: a search of a part was incomplete."
    ],
    flags: ["reporter", "threshold", "baseline", "allow-incomplete"],
    refuses: { shard: "it merges parts" },
    refusesOthers: "it explores nothing"
  },
  list: {
    operands: "[filter…]",
    about: "models with their parameters, sources and cases",
    details: ["A filter is a model or a part of a model's name."],
    flags: ["json", "config"],
    refuses: {},
    refusesOthers: "it explores nothing"
  },
  init: {
    operands: "",
    about: "write a small protocol, its properties, a test and a configuration here, and run them",
    details: [
      'It overwrites no file. The folder needs a package.json with "type": "module", and plait installed. The test runs',
      "if vitest is installed too."
    ],
    flags: [],
    refuses: {},
    refusesOthers: "it always writes the same project"
  },
  completions: {
    operands: "<bash | zsh | fish>",
    about: "print a shell script that completes plait's commands, flags, models and cases",
    details: [
      'bash: eval "$(npx plait completions bash)" in ~/.bashrc · zsh: the same, after compinit, in ~/.zshrc',
      "fish: npx plait completions fish > ~/.config/fish/completions/plait.fish"
    ],
    flags: [],
    refuses: {},
    refusesOthers: "it explores nothing"
  }
})

/** The name of a command. */
export type CommandName = keyof typeof commands

/** Narrows a word to a command's name. */
export const isCommandName = (word: string | undefined): word is CommandName =>
  word !== undefined && Object.hasOwn(commands, word)
