/** Functions are short: one fits a screen. */
import { type Function as FunctionNode, type ArrowFunctionExpression, parseSync, Visitor } from "oxc-parser"
import { at, type File, type Finding, isProduct } from "./tree.ts"

/** The most lines the body of a function may span, nested functions included. */
export const functionLimit = 60

/** A function with a body: its name and the lines of the body. */
interface Measured {
  readonly name: string
  readonly offset: number
  readonly lines: number
}

const identifier = (node: unknown): string | undefined => {
  const name: unknown = typeof node === "object" && node !== null ? Reflect.get(node, "name") : undefined
  return typeof name === "string" ? name : undefined
}

const measuredIn = (file: File): ReadonlyArray<Measured> => {
  const found: Array<Measured> = []
  const named = new Map<number, string>()
  const name = (value: { readonly start: number } | null, id: unknown) => {
    const known = identifier(id)
    if (value !== null && known !== undefined) named.set(value.start, known)
  }
  const measure = (node: FunctionNode | ArrowFunctionExpression) => {
    const { body } = node
    if (body === null) return
    const lines = file.text.slice(body.start, body.end).split("\n").length
    const own = identifier(node.id) ?? named.get(node.start) ?? "a function"
    found.push({ name: own, offset: node.start, lines })
  }
  new Visitor({
    VariableDeclarator: (node) => name(node.init, node.id),
    Property: (node) => name(node.value, node.key),
    MethodDefinition: (node) => name(node.value, node.key),
    PropertyDefinition: (node) => name(node.value, node.key),
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure
  }).visit(parseSync(file.path, file.text).program)
  return found
}

/** Functions of src/ that are longer than the limit, except those that are named, as "path name", in `allowed`. */
export const longFunctions =
  (allowed: ReadonlyArray<string> = []) =>
  (file: File): ReadonlyArray<Finding> => {
    if (!isProduct(file) || !file.path.startsWith("src/")) return []
    return measuredIn(file)
      .filter(({ name, lines }) => lines > functionLimit && !allowed.includes(`${file.path} ${name}`))
      .map(({ name, offset, lines }) =>
        at(file, offset, `${name} has ${lines} lines, ${functionLimit} is the limit of a function`)
      )
  }
