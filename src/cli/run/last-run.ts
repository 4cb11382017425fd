/**
 * The cases with unexpected results in their last run, for `--last-failed`. A run updates only its own cases; the
 * entries of other cases stay. A case with an incomplete search counts as unexpected.
 */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { CaseResult } from "../../suite/CheckCase.ts"
import { UsageError } from "../../suite/UsageError.ts"
import { SCRATCH, writeScratch } from "../output/files.ts"

const PATH = join(SCRATCH, "last-run.json")
const SCHEMA = "plait/last-run@1"

/** The identifiers of the cases with unexpected results. Throws `UsageError` if no run is recorded. */
export const lastFailed = (): ReadonlySet<string> => {
  const known = read()
  if (known !== undefined) return new Set(known)
  throw new UsageError({
    problem: `--last-failed needs an earlier run: ${PATH} ${existsSync(PATH) ? "cannot be read" : "does not exist"}`,
    advice: "plait verify explores the cases and writes it"
  })
}

const read = (): ReadonlyArray<string> | undefined => {
  if (!existsSync(PATH)) return undefined
  try {
    const { failed, schema } = JSON.parse(readFileSync(PATH, "utf8")) as { readonly [name: string]: unknown }
    return schema === SCHEMA && Array.isArray(failed) ? failed.map(String) : undefined
  } catch {
    return undefined
  }
}

/** Records the results of a run. A run without unexpected results creates no file, except that of `verify`. */
export const noteRun = (
  results: ReadonlyArray<CaseResult>,
  isFailed: (result: CaseResult) => boolean,
  isVerify: boolean
): void => {
  const known = read()
  const failed = new Set(known)
  for (const result of results) {
    if (isFailed(result)) failed.add(result.id)
    else failed.delete(result.id)
  }
  if (known === undefined && failed.size === 0 && !isVerify) return
  writeScratch(PATH, `${JSON.stringify({ schema: SCHEMA, failed: [...failed].sort() }, undefined, 1)}\n`)
}
