/**
 * All flags of plait: the value that each takes and its effect, in one table for the parser, the help and the refusals.
 * The file commands.ts lists the flags of each command.
 */

/** A flag, as the parser and the help use it. */
export interface Flag {
  readonly type: "string" | "boolean"
  /** The placeholder of the value in the help. With `least` the value is a whole number. */
  readonly takes?: string
  /** The least whole number that the flag takes. */
  readonly least?: number
  readonly multiple?: boolean
  /** The value of the flag if none is given. A value is then written after a `=`. */
  readonly implied?: string
  readonly short?: string
  readonly about: string
}

const declare = <const F extends { readonly [name: string]: Flag }>(table: F): F => table

/** The flags, in the order of the help. */
export const flags = declare({
  set: {
    type: "string",
    takes: "NAME=VALUE",
    multiple: true,
    about: "set a parameter of the named models; repeatable"
  },
  "max-states": {
    type: "string",
    takes: "N",
    least: 1,
    about: "limit: distinct states; hitting a limit is never a pass"
  },
  "max-depth": {
    type: "string",
    takes: "N",
    least: 0,
    about: "limit: steps from the start (of a walk: its length, 200)"
  },
  timeout: { type: "string", takes: "SECONDS", least: 0, about: "limit: time for each case (600)" },
  memory: { type: "string", takes: "MEBIBYTES", least: 1, about: "limit: resident size of the process (4096)" },
  bail: { type: "boolean", about: "stop at the first unexpected violation" },
  random: { type: "string", takes: "N", least: 1, about: "N random walks for each property (1000)" },
  seed: { type: "string", takes: "N", least: 0, about: "seed of the random walks (1)" },
  deep: { type: "boolean", about: "include the cases that take over a minute" },
  verbose: {
    type: "boolean",
    about: "a line for every verdict, with the number of states in which it was checked"
  },
  json: { type: "boolean", about: "print one JSON document on standard output, everything else on standard error" },
  markdown: { type: "boolean", about: "print Markdown" },
  format: {
    type: "string",
    takes: "FORMAT",
    about: "print the trace as mermaid, shiviz, graphviz, json, itf or vitest"
  },
  model: { type: "string", takes: "CASE", about: "the case of a trace that Quint or Apalache wrote" },
  graph: {
    type: "string",
    takes: "FORMAT",
    about: "instead of checking, print all states of one small case as dot or mermaid"
  },
  html: {
    type: "string",
    takes: "FILE",
    about: "write the report to this file; to index.html in it if it is a folder"
  },
  out: { type: "string", takes: "FOLDER", about: "write each trace to this folder as an ITF file" },
  baseline: {
    type: "string",
    takes: "FILE",
    about: "expected results (default: the configuration's, or reports/baseline.json)"
  },
  update: { type: "boolean", short: "u", about: "accept the results: write them to the baseline" },
  reporter: {
    type: "string",
    takes: "NAME[=PATH]",
    multiple: true,
    about:
      "write a report: coverage, html, lcov, cobertura, junit, sarif, github, github-summary, gitlab, data; repeatable"
  },
  threshold: {
    type: "string",
    takes: "METRIC=PERCENT,…",
    about: "exit 1 below this coverage of actions, guards, premises or reachability"
  },
  shard: {
    type: "string",
    takes: "I/N",
    about: "only the I-th of N parts of the cases; plait merge-reports merges them"
  },
  "last-failed": { type: "boolean", about: "only the cases with unexpected results in their last run" },
  "only-changed": {
    type: "string",
    takes: "REF",
    implied: "HEAD",
    about: "only the cases whose modules changed since a git commit, uncommitted changes included"
  },
  watch: { type: "boolean", about: "keep running; when a module changes, explore the affected cases again" },
  cache: { type: "boolean", about: "reuse the result of a case while its inputs are unchanged" },
  "no-cache": { type: "boolean", about: "explore every case, without cached results" },
  "allow-incomplete": { type: "boolean", about: "accept searches that a limit ended (otherwise exit 3)" },
  "check-determinism": { type: "boolean", about: "run each handler call twice and compare" },
  config: {
    type: "string",
    takes: "FILE",
    about: "configuration with your models (default: plait.config.ts in this folder)"
  },
  "progress-interval": {
    type: "string",
    takes: "SECONDS",
    least: 0,
    about: "seconds between lines of progress if standard error is no terminal (10)"
  },
  help: { type: "boolean", short: "h", about: "print this text" },
  version: { type: "boolean", about: "print the version of plait" }
})

/** The name of a flag, without its dashes. */
export type FlagName = keyof typeof flags

/** Narrows a word to a flag's name. */
export const isFlagName = (word: string): word is FlagName => Object.hasOwn(flags, word)
