/**
 * Which cases were not as expected when they were last explored, for `--last-failed`. A run speaks only of its own cases:
 * what another one found of the others stays. A case whose search was
 * not complete is among them.
 */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { CaseResult } from "../../suite/CheckCase.ts"
import { UsageError } from "../../suite/UsageError.ts"
import { SCRATCH, writeScratch } from "../output/files.ts"

const PATH = join(SCRATCH, "last-run.json")
const SCHEMA = "plait/last-run@1"

/** The identifiers of the cases that were not as expected. Throws `UsageError` where nothing is known of any run. */
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

/** Notes what a run found. A run in which all was well leaves no file behind where there was none, except `verify`'s. */
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
