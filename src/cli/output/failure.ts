/**
 * A failure in words. Errors that plait expects have their own text. Any other error comes from the module of a model,
 * which is printed with its line, or is a bug in plait, which is printed with its stack.
 */
import { visible } from "../../report/visible.ts"
import { thrownText } from "../../engine/execution/ThrownText.ts"
import type { Case } from "../../suite/Suite.ts"
import { Declared } from "../run/declarations.ts"
import { placeIn } from "../run/location.ts"

const expected = new Set([
  "ConfigUnusable",
  "BaselineUnreadable",
  "TraceUnreadable",
  "ReportUnreadable",
  "FileUnwritable",
  "ProcessTouched"
])

/** The text for a value that ended a command or the check of a case. Getters that throw are caught. */
export const describeFailure = (thrown: unknown): string => {
  try {
    return describe(thrown)
  } catch {
    return `plait: a value that cannot be shown was thrown: ${thrownText(thrown)}`
  }
}

const describe = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return `plait: a value that is not an error was thrown: ${thrownText(thrown)}`
  if ("_tag" in thrown && thrown._tag === "ModelRefused") return describeRefusal(thrown)
  if ("_tag" in thrown && thrown._tag === "UsageError") return describeUsage(thrown)
  if ("_tag" in thrown && expected.has(String(thrown._tag))) return `plait: ${thrown.message}`
  if ("_tag" in thrown && thrown._tag === "ExplanationFailed") return describeExplanation(thrown)
  if ("code" in thrown && "path" in thrown) return `plait: cannot use ${String(thrown.path)}: ${thrown.message}`
  const place = placeIn(thrown)
  if (place !== undefined) return `plait: ${place} threw: ${thrown.message}\n${thrown.stack ?? ""}`
  return `plait: a bug in plait\n${thrown.stack ?? thrown.message}`
}

/** The problem, and in a second line the advice. Each may contain names with any characters. */
const describeUsage = (thrown: Error): string => {
  const { advice, problem } = thrown as Error & { readonly advice: string; readonly problem: string }
  return `plait: ${visible(problem)}${advice === "" ? "" : `\n  ${visible(advice)}`}`
}

/** The text of a failed explanation. The place in the project comes first, if the cause has one. */
const describeExplanation = ({ cause, message: said }: Error): string => {
  const message = visible(said)
  const place = placeOfCause(cause)
  if (place === undefined) return `plait: ${message}`
  return `plait: ${place} threw: ${(cause as Error).message}\n  so ${message}; the verdict stands`
}

/** The refusal, with each name in one line, and the place where the code of the model threw or where it is declared. */
const describeRefusal = (refused: Error): string => {
  const inOneLine = (name: string) => ({ value: visible(String(Reflect.get(refused, name))) })
  const names = { system: inOneLine("system"), where: inOneLine("where"), input: inOneLine("input") }
  const { cause, message } = Object.create(refused, names) as Error
  const thrownAt = placeOfCause(cause)
  if (thrownAt !== undefined) return `plait: ${message}\n  thrown at ${thrownAt}`
  const declaredAt = declarationOf(Reflect.get(refused, "written"))
  return `plait: ${message}${declaredAt === undefined ? "" : `\n  declared at ${declaredAt}`}`
}

/** The line that declares a function of an author, or the first function that an Effect holds. */
const declarationOf = (written: unknown): string | undefined => {
  if (written === undefined) return undefined
  const declared = new Declared()
  const place = declared.ofFunction(written)
  declared.close()
  return place === undefined ? undefined : `${place.file}:${place.line}`
}

/** The error that a property of a case threw, with its place: from the stack, or the declaration of the property. */
export const placedError = (suiteCase: Case, property: string, error: string, thrown: unknown): string => {
  const place = placeOfCause(thrown)
  if (place !== undefined) return `${error} (thrown at ${place})`
  const declared = new Declared()
  const [location] = declared.of(suiteCase).ofProperty(property)
  declared.close()
  return location === undefined
    ? error
    : `${error} (thrown by the property declared at ${location.file}:${location.line})`
}

/** The place of a value that the code of a model threw. It may be any value, with getters that throw. */
const placeOfCause = (cause: unknown): string | undefined => {
  try {
    return cause instanceof Error ? placeIn(cause) : undefined
  } catch {
    return undefined
  }
}
