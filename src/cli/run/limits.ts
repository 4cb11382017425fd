/**
 * The limits that a request sets, in the search's units.
 */
import type { Limits } from "../../search/Limits.ts"
import type { Request } from "../arguments.ts"

/** What the request limits; the rest keeps its default. */
export const limitsOf = ({ maxDepth, maxStates, memoryMebibytes, timeoutSeconds }: Request): Partial<Limits> => ({
  ...(maxStates === undefined ? {} : { states: maxStates }),
  ...(maxDepth === undefined ? {} : { depth: maxDepth }),
  ...(timeoutSeconds === undefined ? {} : { timeMillis: 1000 * timeoutSeconds }),
  ...(memoryMebibytes === undefined ? {} : { memoryBytes: memoryMebibytes * 2 ** 20 })
})
