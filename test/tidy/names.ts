/** Names of exported types: one name stands for one thing in the whole of src/. */
import { parseSync, type Statement } from "oxc-parser"
import { at, type File, type Finding, isProduct } from "./tree.ts"

/** An exported declaration of a type, an interface or a class. */
interface Declared {
  readonly name: string
  readonly file: File
  readonly offset: number
}

const isType = (type: string) =>
  type === "TSTypeAliasDeclaration" || type === "TSInterfaceDeclaration" || type === "ClassDeclaration"

const nameOf = (node: object): string | undefined => {
  if (!isType(String(Reflect.get(node, "type")))) return undefined
  const id: unknown = Reflect.get(node, "id")
  const name: unknown = typeof id === "object" && id !== null ? Reflect.get(id, "name") : undefined
  return typeof name === "string" ? name : undefined
}

/** Names in lists, `export { type a }`; a name that comes from another file is declared there. */
const listedBy = (node: Statement): ReadonlyArray<string> =>
  node.type === "ExportNamedDeclaration" && node.source === null
    ? node.specifiers.map(({ local }) => (local.type === "Identifier" ? local.name : local.value.toString()))
    : []

const declaredIn = (file: File): ReadonlyArray<Declared> => {
  const { body } = parseSync(file.path, file.text).program
  const listed = new Set(body.flatMap(listedBy))
  const found = new Map<string, Declared>()
  for (const node of body) {
    const exported = node.type === "ExportNamedDeclaration"
    const declaration = exported ? node.declaration : node
    const name = declaration === null ? undefined : nameOf(declaration)
    if (name === undefined || found.has(name) || !(exported || listed.has(name))) continue
    found.set(name, { name, file, offset: node.start })
  }
  return [...found.values()]
}

/** Exported types of src/ that share their name with an exported type of another file. Re-exports do not count. */
export const sharedTypeNames =
  (allowed: ReadonlyArray<string> = []) =>
  (files: ReadonlyArray<File>): ReadonlyArray<Finding> => {
    const sources = files.filter((file) => isProduct(file) && file.path.startsWith("src/"))
    const declared = sources.flatMap(declaredIn).filter(({ name }) => !allowed.includes(name))
    return Object.values(Object.groupBy(declared, ({ name }) => name)).flatMap((same = []) =>
      same.slice(1).map(({ name, file, offset }) => at(file, offset, `${name} is also a type of ${same[0]?.file.path}`))
    )
  }
