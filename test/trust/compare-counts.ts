/**
 * Explores what a published count is of, and compares.
 */
import { Effect } from "effect"
import { handSetClocks } from "../../models/reference/stateright-lww-register.ts"
import { twoPhaseCommit } from "../../models/reference/two-phase-commit.ts"
import { catalogue } from "../catalogue.ts"
import { explore } from "../../src/search/Explorer.ts"
import type { System } from "../../src/model/index.ts"
import { caseFromId } from "../../src/suite/Suite.ts"
import { reachableClasses } from "../reachable.ts"
import type { PublishedCount } from "./published-counts.ts"

/** Distinct states, generated states and depth; what is not known, or not comparable, is left out. */
export interface Counts {
  readonly distinct: number
  readonly generated?: number
  readonly depth?: number
}

/** A published count beside the one found. */
export interface ComparedCount {
  readonly published: PublishedCount
  readonly found: Counts
  readonly isSame: boolean
}

type ViewOf<S> = S extends System<infer View> ? View : never

/** One name for all states that differ only in which resource manager is which. */
const renamed = ({ manager, messages, prepared, resource }: ViewOf<ReturnType<typeof twoPhaseCommit>>): string => {
  const each = resource.map((state, r) => `${state} ${prepared.has(r)} ${messages.has(`prepared ${r}`)}`)
  return [manager, messages.has("commit"), messages.has("abort"), ...each.sort()].join("; ")
}

/** Systems that nothing bounds but the depth of a search, so that they are no cases. */
const unbounded: { readonly [name: string]: System<unknown> } = {
  "stateright-lww-register/replicas=2": handSetClocks(2) as System<unknown>
}

/** The states within some steps. Throws if another limit ends the search. */
const countWithin = async (system: System<unknown>, depth: number): Promise<Counts> => {
  const limits = { depth, memoryBytes: 8 * 2 ** 30, timeMillis: 1_800_000 }
  const found = await Effect.runPromise(explore(system, [], { limits }))
  if (found.stopReason !== "depth limit") throw new RangeError(`${found.stopReason} ended the search`)
  return { distinct: found.distinct, generated: found.generated, depth: found.depth }
}

/** Explores the row's case anew. Throws if it is refused, if a limit ends the search, or if there is no such case. */
export const countAgain = async (row: PublishedCount): Promise<Counts> => {
  const open = unbounded[row.caseId]
  if (open !== undefined && row.within !== undefined) return countWithin(open, row.within)
  const suiteCase = caseFromId(catalogue, row.caseId)
  if (suiteCase === undefined) throw new RangeError(`no case ${row.caseId}`)
  if (row.counting === "classes up to renaming") {
    return { distinct: reachableClasses(twoPhaseCommit(Number(suiteCase.values["n"]), false), renamed).size }
  }
  const { properties, system } = suiteCase.entry.build(suiteCase.values)
  const limits = { memoryBytes: 8 * 2 ** 30, timeMillis: 1_800_000 }
  const found = await Effect.runPromise(explore(system, row.history === true ? properties : [], { limits }))
  if (!found.complete) throw new RangeError(`${row.caseId}: ${found.stopReason} ended the search`)
  const left = row.counting === "initial states not generated" ? found.initial : 0
  return { distinct: found.distinct, generated: found.generated - left, depth: found.depth }
}

/** The row beside what is found now. */
export const compareCount = async (published: PublishedCount): Promise<ComparedCount> => {
  const found = await countAgain(published)
  const figures = ["distinct", "generated", "depth"] as const
  const isSame = figures.every((figure) => published[figure] === undefined || published[figure] === found[figure])
  return { published, found, isSame }
}
