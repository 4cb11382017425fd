#!/usr/bin/env node
/**
 * The start of the command line. A Node that is too old gets one line, since loading anything else would end in an
 * error about a file of plait. Any other Node loads the command line.
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
