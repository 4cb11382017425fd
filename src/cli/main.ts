#!/usr/bin/env node
/**
 * Where plait's command line begins: one line for a Node that is too old, whose loading of anything else would end in an
 * error about a file of plait's; the command line for any other.
 */
import { refusalOfNode } from "./node-version.ts"

const refusal = refusalOfNode(process.version)
if (refusal === undefined) {
  if (import.meta.url.endsWith(".ts")) await import("./self-reference.ts")
  await import("./command-line.ts")
} else {
  process.stderr.write(`${refusal}\n`)
  process.exitCode = 2
}
