/**
 * The limits of a request, in the units of the search.
 */
import type { Limits } from "../../search/Limits.ts"
import type { Request } from "../arguments.ts"

/** The limits that the request sets. All others have their defaults. */
export const limitsOf = ({ maxDepth, maxStates, memoryMebibytes, timeoutSeconds }: Request): Partial<Limits> => ({
  ...(maxStates === undefined ? {} : { states: maxStates }),
  ...(maxDepth === undefined ? {} : { depth: maxDepth }),
  ...(timeoutSeconds === undefined ? {} : { timeMillis: 1000 * timeoutSeconds }),
  ...(memoryMebibytes === undefined ? {} : { memoryBytes: memoryMebibytes * 2 ** 20 })
})
