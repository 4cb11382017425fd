/**
 * Words that do not belong in the repository. Each pattern is written so that it does not match itself.
 */
import { at, type File, type Finding } from "./tree.ts"

const matches = (file: File, pattern: RegExp, says: string): ReadonlyArray<Finding> =>
  [...file.text.matchAll(pattern)].map((match) => at(file, match.index, `${says}: ${match[0].trim()}`))

const isLock = (file: File) => file.path === "package-lock.json"
const isCode = (file: File) => /\.(?:ts|mts|js|mjs)$/.test(file.path)

/** Absolute paths of somebody's machine; a path after a host name is a page's address. */
export const machinePaths = (file: File): ReadonlyArray<Finding> =>
  matches(file, /(?<![\w.$})\]>*-])\/(?:work|tmp|root|home|Users)\/[\w.-]*/g, "a path of one machine")

/** Package registries: which one serves a package is the reader's choice. */
export const registries = (file: File): ReadonlyArray<Finding> =>
  matches(file, /https?:\/\/[\w.-]*registry[\w.-]*|--registr[y]\b|"resolve[d]":/g, "a package registry")

/** Work put off in a comment: nobody is told of it there. */
export const postponed = (file: File): ReadonlyArray<Finding> =>
  isLock(file) ? [] : matches(file, /\b(?:T[O]DO|F[I]XME|X[X]X|H[A]CK)\b/g, "work put off")

/** Tests that are left out of a run, or leave the others out. */
export const leftOut = (file: File): ReadonlyArray<Finding> =>
  isCode(file)
    ? matches(file, /\b(?:it|test|describe|suite|effect|live|layer|prop)\.(?:only|skip|todo)\b/g, "a test left out")
    : []

/** The type checker silenced for a line or a file; an expected error is stated, since it must then be there. */
export const silencedTypes = (file: File): ReadonlyArray<Finding> =>
  isCode(file) ? matches(file, /@ts-(?:ignore|nocheck)\b/g, "the type checker silenced") : []

/** The linter silenced without a reason after two dashes. */
export const silencedLint = (file: File): ReadonlyArray<Finding> =>
  isCode(file) ? matches(file, /\b(?:ox|es)lint-disable(?!.* -- \S).*/g, "the linter silenced without a reason") : []
