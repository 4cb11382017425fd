/**
 * The version of plait, read from its package. The package is found by name, since this file lies deeper in the
 * published package than in the repository.
 */
import { readFileSync } from "node:fs"

const manifest = JSON.parse(readFileSync(new URL(import.meta.resolve("plait/package.json")), "utf8")) as {
  readonly version: string
}

/** The version, such as `0.1.0`. */
export const version: string = manifest.version
