/**
 * First sentences of doc comments and file headers. They begin with a noun or a verb in the third person and stand
 * alone: "The inbox with …", "Returns …", "True if …", never "What …" or "Whether …".
 */
import { type Comment, parseSync } from "oxc-parser"
import { at, type File, type Finding, isTypeScript } from "./tree.ts"

const interrogative =
  /^(?:what|whatever|whether|how|where|wherever|which|whichever|when|whenever|why|who|whose|whom|whoever)\b/i

/** The text of a comment without the stars in front of its lines. */
const proseOf = ({ value }: Comment): string => value.replaceAll(/^\s*\*+\s?/gm, "").trim()

/** Up to the first full stop, colon or question mark with a space after it, or the end of the paragraph. */
const firstSentence = (prose: string): string => /^[^]*?(?:[.?:](?=\s|$)|(?=\n\s*\n)|$)/.exec(prose)?.[0] ?? prose

/** True if the sentence is a question, or a clause that stands for a noun: "What it holds.", "If it is held." */
const isClause = (sentence: string): boolean =>
  interrogative.test(sentence) || sentence.endsWith("?") || /^if\b[^,]*$/i.test(sentence)

const isDoc = ({ type, value }: Comment): boolean => type === "Block" && value.startsWith("*")

/** Doc comments of src/, models/ and properties/ that begin with a clause, tests included, and file headers that do. */
export const clauseOpenings = (file: File): ReadonlyArray<Finding> => {
  if (!isTypeScript(file) || !/^(?:src|models|properties)\//.test(file.path)) return []
  const { comments } = parseSync(file.path, file.text)
  return comments
    .filter((comment, index) => isDoc(comment) || (index === 0 && /^\s*$/.test(file.text.slice(0, comment.start))))
    .map((comment) => ({ start: comment.start, opening: firstSentence(proseOf(comment)) }))
    .filter(({ opening }) => isClause(opening))
    .map(({ start, opening }) =>
      at(file, start, `begins with a clause: ${opening.split(/\s+/).slice(0, 4).join(" ")} …`)
    )
}
