/**
 * Every flag of plait: what it takes and what it does, once, for the parser, the help and the refusals. Which command
 * takes which flag is said in commands.ts.
 */

/** A flag as the parser and the help need it. */
export interface Flag {
  readonly type: "string" | "boolean"
  /** What stands after it in the help; a whole number where `least` is given. */
  readonly takes?: string
  /** The least whole number that it takes. */
  readonly least?: number
  readonly multiple?: boolean
  /** What it has where nothing stands after it; a value then stands after a `=`. */
  readonly implied?: string
  readonly short?: string
  readonly about: string
}

const declare = <const F extends { readonly [name: string]: Flag }>(table: F): F => table

/** The flags in the order of the help. */
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
  bail: { type: "boolean", about: "stop at the first property that is violated and not expected to be" },
  random: { type: "string", takes: "N", least: 1, about: "N random walks for each property (1000)" },
  seed: { type: "string", takes: "N", least: 0, about: "seed of the random walks (1)" },
  deep: { type: "boolean", about: "also the cases that take over a minute" },
  verbose: {
    type: "boolean",
    about: "a line for every verdict, also of the whole matrix, with the states it was asked in"
  },
  json: { type: "boolean", about: "one JSON document on standard output, everything else on standard error" },
  markdown: { type: "boolean", about: "print Markdown" },
  format: {
    type: "string",
    takes: "FORMAT",
    about: "print the trace as mermaid, shiviz, graphviz, json, itf or vitest"
  },
  model: { type: "string", takes: "CASE", about: "the case that a trace of Quint or Apalache is a run of" },
  graph: {
    type: "string",
    takes: "FORMAT",
    about: "instead of checking, print all states of one small case as dot or mermaid"
  },
  html: { type: "string", takes: "FILE", about: "write the report there; index.html in it if it is a folder" },
  out: { type: "string", takes: "FOLDER", about: "write each trace there as an ITF file" },
  baseline: { type: "string", takes: "FILE", about: "what is expected (the config's, or reports/baseline.json)" },
  update: { type: "boolean", short: "u", about: "accept what is found into the baseline" },
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
    about: "least coverage, else exit 1: of actions, guards, premises, situations"
  },
  shard: {
    type: "string",
    takes: "I/N",
    about: "only the I-th of N parts of the cases; plait merge-reports joins them"
  },
  "last-failed": { type: "boolean", about: "only the cases that were not as expected when last explored" },
  "only-changed": {
    type: "string",
    takes: "REF",
    implied: "HEAD",
    about: "only the cases whose modules changed since a git commit, in the working tree too"
  },
  watch: { type: "boolean", about: "stay, and explore again what a change of a module affects" },
  cache: { type: "boolean", about: "reuse a case's result while nothing that it depends on has changed" },
  "no-cache": { type: "boolean", about: "explore every case, whatever is kept" },
  "allow-incomplete": { type: "boolean", about: "let a search pass that a limit ended (exit 3 otherwise)" },
  "check-determinism": { type: "boolean", about: "run each handler call twice and compare" },
  config: { type: "string", takes: "FILE", about: "your models (plait.config.ts in this folder, if there is one)" },
  "progress-interval": {
    type: "string",
    takes: "SECONDS",
    least: 0,
    about: "seconds between two lines of progress where standard error is no terminal (10)"
  },
  help: { type: "boolean", short: "h", about: "this text" },
  version: { type: "boolean", about: "plait's version" }
})

/** A flag's name, without its dashes. */
export type FlagName = keyof typeof flags

/** Narrows a word to a flag's name. */
export const isFlagName = (word: string): word is FlagName => Object.hasOwn(flags, word)
