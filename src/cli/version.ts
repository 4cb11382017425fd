/**
 * plait's version, from its package: by name, since the command line stands deeper in the published package than here.
 */
import { readFileSync } from "node:fs"

const manifest = JSON.parse(readFileSync(new URL(import.meta.resolve("plait/package.json")), "utf8")) as {
  readonly version: string
}

/** Such as `0.1.0`. */
export const version: string = manifest.version
