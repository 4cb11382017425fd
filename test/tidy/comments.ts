/** A file says what it is about before anything else, and so does each thing it exports. */
import { type Comment, parseSync, type Statement } from "oxc-parser"
import { at, type File, type Finding, isProduct } from "./tree.ts"

/** Product files that do not open with a comment; a first line that names the interpreter may stand before it. */
export const withoutHeader = (file: File): ReadonlyArray<Finding> =>
  !isProduct(file) || /^(?:#!.*\n\s*)?(?:\/\*\*|\/\/)/.test(file.text)
    ? []
    : [at(file, 0, "opens without a comment that says what the file is about")]

/** Properties that do not say what they observe, or what that costs: whoever adds one to a suite has to know. */
export const withoutCost = (file: File): ReadonlyArray<Finding> => {
  if (!/^properties\/[^/]+(?<!\.test)\.ts$/.test(file.path)) return []
  const said = parseSync(file.path, file.text)
    .comments.filter(({ type, value }) => type === "Block" && value.startsWith("*"))
    .map(({ value }) => value)
    .join()
  return [/\bobserves?\b/i, /\bcosts?\b/i].every((word) => word.test(said))
    ? []
    : [at(file, 0, "does not say what it observes and what it costs")]
}

/** A declaration at the top of a file. */
interface Declared {
  readonly name: string
  readonly start: number
  readonly exported: boolean
}

const namesOf = (node: Statement): ReadonlyArray<string> => {
  if (node.type === "VariableDeclaration") {
    return node.declarations.map(({ id }) => (id.type === "Identifier" ? id.name : "(a pattern)"))
  }
  const id: unknown = Reflect.get(node, "id")
  const name: unknown = typeof id === "object" && id !== null ? Reflect.get(id, "name") : undefined
  return typeof name === "string" ? [name] : []
}

const declaredBy = (node: Statement): ReadonlyArray<Declared> => {
  if (node.type === "ExportDefaultDeclaration") return [{ name: "default", start: node.start, exported: true }]
  const exported = node.type === "ExportNamedDeclaration"
  const declaration = exported ? node.declaration : node
  return declaration === null ? [] : namesOf(declaration).map((name) => ({ name, start: node.start, exported }))
}

/** Names that are exported by a list, `export { a, b }`, and not passed on from another file. */
const listedBy = (node: Statement): ReadonlyArray<string> =>
  node.type === "ExportNamedDeclaration" && node.source === null
    ? node.specifiers.map(({ local }) => (local.type === "Identifier" ? local.name : local.value.toString()))
    : []

/**
 * Exported declarations without a doc comment directly above. One is enough for several declarations of one name:
 * overloads, and the type that goes with a schema. What is only passed on is documented where it is declared.
 */
export const withoutDoc = (file: File): ReadonlyArray<Finding> => {
  if (!isProduct(file)) return []
  const { program, comments } = parseSync(file.path, file.text)
  const listed = new Set(program.body.flatMap(listedBy))
  const isDoc = (comment: Comment) => comment.type === "Block" && comment.value.startsWith("*")
  const seen = new Set<string>()
  return program.body.flatMap(declaredBy).flatMap(({ name, start, exported }) => {
    if (!(exported || listed.has(name)) || seen.has(name)) return []
    seen.add(name)
    const above = comments.findLast(({ end }) => end <= start)
    const touches = above !== undefined && /^\s*$/.test(file.text.slice(above.end, start))
    return touches && isDoc(above) ? [] : [at(file, start, `${name} is exported without a doc comment above it`)]
  })
}
