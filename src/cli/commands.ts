/**
 * The commands: a row each, with the flags it takes and the reason why it takes no others. The code of a command stands
 * in a file of `commands/`. A new command needs that file, a row here and a line in `command-line.ts`, which loads it.
 */
import type { FlagName } from "./flags.ts"

/** A command as the parser, the help and the dispatch need it. */
export interface Command {
  /** What stands after the command's name. */
  readonly operands: string
  /** One line for the list of commands. */
  readonly about: string
  /** Further lines for its own help. */
  readonly details: ReadonlyArray<string>
  readonly flags: ReadonlyArray<FlagName>
  /** Why a flag that another command takes is refused here. */
  readonly refuses: { readonly [flag in FlagName]?: string }
  /** Why any other flag is refused here. */
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

/** The commands in the order of the help. */
export const commands = declare({
  check: {
    operands: "[filter…]",
    about: "explore the cases that match, and print every verdict and trace",
    details: [
      "A filter is a model, a case such as two-phase-commit/n=4 (parameters that it leaves out have their default), or a",
      "part of a case's name. Without one the whole matrix is explored, and only what is not as expected is told at length."
    ],
    flags: ["set", "graph", ...search, "random", "update", "allow-incomplete", "verbose"],
    refuses: { seed: "an exhaustive search draws nothing; --random N and plait simulate do" },
    refusesOthers: "it has no use for it"
  },
  verify: {
    operands: "[filter…]",
    about: "explore the whole matrix and compare it with the baseline",
    details: [
      "Every case has to come out as it is pinned: verdicts, traces' lengths, states, transitions, depth. A new case is",
      "written to the baseline, except where the environment has CI: there it fails, as does a case that is no more.",
      "Outside of CI a result is reused while nothing that it depends on has changed, and marked ≡; --no-cache explores all."
    ],
    flags: [...search, "update", "allow-incomplete", "verbose"],
    refuses: {
      set: "it explores the cases of the matrix as they are; plait check takes --set",
      random: "random walks pin nothing; plait simulate takes it",
      seed: "an exhaustive search draws nothing; plait simulate takes it"
    },
    refusesOthers: "it has no use for it"
  },
  matrix: {
    operands: "[filter…]",
    about: "which design gives which guarantee",
    details: ["Without a filter the whole matrix is compared with reports/matrix.json; -u keeps what is found."],
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
    refusesOthers: "it judges plait's own designs, each search complete"
  },
  report: {
    operands: "--html FILE [filter…]",
    about: "explore the cases that match, and write one HTML file with every verdict and trace",
    details: [
      "The file needs nothing else: no network, no script to be read. It has the matrix, what needs an action, each trace with",
      "its space-time diagram and states, and the whole state graph of small cells. Exit code 1: not as the baseline says."
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
    refusesOthers: "it has no use for it"
  },
  mutate: {
    operands: "[filter…]",
    about: "put faults into a system, one after another, and tell which properties notice",
    details: [
      "A model's name stands for one small case of it, a filter with a slash for that cell. Without a filter every model is",
      "mutated and compared with mutants.json beside the baseline; -u keeps what is found. A mutant's search ends at",
      "100,000 states unless --max-states says otherwise."
    ],
    flags: ["set", ...limits, "json", "baseline", "update", "config", "progress-interval"],
    refuses: { "check-determinism": "a mutant is never pinned as a proof; plait check takes it" },
    refusesOthers: "it has no use for it"
  },
  simulate: {
    operands: "[filter…]",
    about: "random walks, for what is too large to exhaust; never a proof",
    details: [
      "A walk that decides a property is shortened to the fewest of its steps that do. The same seed gives the same walks.",
      "Exit code 1: a violation that the baseline does not expect."
    ],
    flags: ["set", "max-depth", "random", "seed", "deep", "json", "out", "baseline", "config", "progress-interval"],
    refuses: {
      "max-states": "walks keep no states to limit; --random N limits the walks, --max-depth N their steps",
      timeout: "a time limit would make the walks depend on the machine; --random N limits them",
      memory: "walks keep no states to limit; --random N limits the walks, --max-depth N their steps",
      update: "random walks pin nothing",
      "allow-incomplete": "random walks are never complete"
    },
    refusesOthers: "it has no use for it"
  },
  replay: {
    operands: "<replay id | trace file>",
    about: "take a trace again, through freshly run handlers",
    details: [
      "Exit code 0: the trace still decides its property. 1: it does not, or a step cannot be taken any more.",
      "It reads back every format that it prints: ITF, JSON, and the line “plait: …” in diagrams, logs and tests. An ITF file",
      "that Quint or Apalache wrote has states and no schedule: --model two-phase-commit/n=2 finds a run with those states."
    ],
    flags: ["format", "model", "json", "config"],
    refuses: {},
    refusesOthers: "it takes one recorded run of one case, and searches nothing"
  },
  "merge-reports": {
    operands: "<run.json…>",
    about: "join the runs of shards, and report on them as one",
    details: [
      "Each part was written by plait verify --shard I/N --reporter data=FILE. Exit code: 1 where a part had one, or a",
      "threshold is missed by all of them together; 3 where a search of a part was not complete."
    ],
    flags: ["reporter", "threshold", "baseline", "allow-incomplete"],
    refuses: { shard: "it joins parts" },
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
      'It overwrites nothing. The folder has a package.json that says "type": "module", and plait installed; the test',
      "is run where vitest is installed too."
    ],
    flags: [],
    refuses: {},
    refusesOthers: "it writes a project to start from, and there is nothing to choose"
  },
  completions: {
    operands: "<bash | zsh | fish>",
    about: "print what makes a shell complete plait's commands, flags, models and cases",
    details: [
      'bash: eval "$(npx plait completions bash)" in ~/.bashrc · zsh: the same, after compinit, in ~/.zshrc',
      "fish: npx plait completions fish > ~/.config/fish/completions/plait.fish"
    ],
    flags: [],
    refuses: {},
    refusesOthers: "it explores nothing"
  }
})

/** A command's name. */
export type CommandName = keyof typeof commands

/** Narrows a word to a command's name. */
export const isCommandName = (word: string | undefined): word is CommandName =>
  word !== undefined && Object.hasOwn(commands, word)
