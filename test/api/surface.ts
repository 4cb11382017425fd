/**
 * The public surface, read from the sources: every name that an entry of the package exports, with the doc comment above
 * its declaration and its signature. What is passed on by `export … from` is followed to where it is declared.
 */
import { readFileSync } from "node:fs"
import { posix } from "node:path"
import { type Comment, type Expression, parseSync, type Program, type Statement } from "oxc-parser"

/** A declaration of a public name. */
export interface Declared {
  /** Such as `Topology`, or `Topology.ring` for a member. */
  readonly name: string
  readonly file: string
  readonly isType: boolean
  /** The doc comment without its stars. */
  readonly doc: string
  readonly signature: string
  readonly members: ReadonlyArray<Declared>
}

interface Source {
  readonly file: string
  readonly text: string
  readonly program: Program
  readonly comments: ReadonlyArray<Comment>
}

const root = new URL("../..", import.meta.url)
const sources = new Map<string, Source>()

const open = (file: string): Source => {
  const known = sources.get(file)
  if (known !== undefined) return known
  const text = readFileSync(new URL(file, root), "utf8")
  const source = { file, text, ...parsed(file, text) }
  sources.set(file, source)
  return source
}

const parsed = (file: string, text: string) => {
  const { comments, program } = parseSync(file, text)
  return { comments, program }
}

const beside = (file: string, specifier: string): string => posix.join(posix.dirname(file), specifier)

/** The doc comment that touches a place from above. */
const docAbove = ({ comments, text }: Source, start: number): string => {
  const above = comments.findLast(({ end }) => end <= start)
  if (above === undefined || !above.value.startsWith("*") || text.slice(above.end, start).trim() !== "") return ""
  return above.value
    .slice(1)
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, ""))
    .join("\n")
    .trim()
}

/** Everything a file declares or passes on under a name; one name may be a value and a type. */
const declarationsOf = (file: string, name: string, as = name): ReadonlyArray<Declared> =>
  open(file).program.body.flatMap((statement) => declaredIn(open(file), statement, name, as))

const declaredIn = (source: Source, statement: Statement, name: string, as: string): ReadonlyArray<Declared> => {
  if (statement.type === "ExportAllDeclaration") {
    return declarationsOf(beside(source.file, statement.source.value), name, as)
  }
  if (statement.type === "ImportDeclaration") {
    const found = statement.specifiers.some(({ local }) => local.name === name)
    const { value } = statement.source
    return found && value.startsWith(".") ? declarationsOf(beside(source.file, value), name, as) : []
  }
  if (statement.type === "ExportNamedDeclaration" && statement.source !== null) {
    const { value } = statement.source
    const passed = statement.specifiers.find(({ exported }) => nameOf(exported) === name)
    return passed === undefined ? [] : declarationsOf(beside(source.file, value), nameOf(passed.local), as)
  }
  const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement
  if (declaration === null) return []
  const text = ({ end, start }: { readonly start: number; readonly end: number }) => source.text.slice(start, end)
  const base = { name: as, file: source.file, doc: docAbove(source, statement.start), members: [] }
  switch (declaration.type) {
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return declaration.id.name === name ? [{ ...base, isType: true, signature: text(declaration) }] : []
    case "ClassDeclaration": {
      if (declaration.id?.name !== name) return []
      const members = declaration.body.body.flatMap((member): ReadonlyArray<Declared> => {
        if (member.type !== "PropertyDefinition" || !member.static || member.value === null) return []
        const key = text(member.key)
        const annotation = member.typeAnnotation
        const signature = annotation ? `${key}${text(annotation)}` : signatureOf(source, key, member.value)
        const doc = docAbove(source, member.start)
        return [{ name: `${as}.${key}`, file: source.file, isType: false, doc, signature, members: [] }]
      })
      return [{ ...base, isType: false, signature: `class ${name}`, members }]
    }
    case "VariableDeclaration": {
      const declarator = declaration.declarations.find(({ id }) => id.type === "Identifier" && id.name === name)
      if (declarator === undefined || declarator.init === null) return []
      const annotated = "typeAnnotation" in declarator.id && declarator.id.typeAnnotation
      const signature = annotated ? text(declarator.id) : signatureOf(source, name, declarator.init)
      return [{ ...base, isType: false, signature, members: membersOf(source, as, declarator.init) }]
    }
    default:
      return []
  }
}

const nameOf = (node: object): string => String(Reflect.get(node, "name") ?? Reflect.get(node, "value"))

/** A function's name, parameters and result; of anything else its name. */
const signatureOf = ({ text }: Source, name: string, value: Expression): string => {
  if (value.type === "ArrowFunctionExpression") {
    return `${name}${text.slice(value.start, value.body.start).replace(/\s*=>\s*\(?\s*$/, "")}`
  }
  const [inner] = value.type === "CallExpression" ? value.arguments : []
  if (inner?.type === "FunctionExpression" && inner.body !== null) {
    return `${name}${text
      .slice(inner.start, inner.body.start)
      .replace(/^function\*?\s*/, "")
      .trim()}`
  }
  return name
}

/** The members of a constant that gathers declarations of its file, such as `{ ring, star }`. */
const membersOf = (source: Source, as: string, value: Expression): ReadonlyArray<Declared> => {
  if (value.type !== "ObjectExpression") return []
  return value.properties.flatMap((property) => {
    if (property.type !== "Property" || property.value.type !== "Identifier") return []
    const key = nameOf(property.key)
    return declarationsOf(source.file, property.value.name, `${as}.${key}`).filter(({ isType }) => !isType)
  })
}

/** The names that a file exports, in its order. */
const exportedBy = (file: string): ReadonlyArray<string> =>
  open(file).program.body.flatMap((statement) => {
    if (statement.type === "ExportAllDeclaration") return exportedBy(beside(file, statement.source.value))
    if (statement.type !== "ExportNamedDeclaration") return []
    return statement.specifiers.map(({ exported }) => nameOf(exported))
  })

/** What an entry of the package exports. */
export const surfaceOf = (entry: string): ReadonlyArray<Declared> =>
  [...new Set(exportedBy(entry))].flatMap((name) => declarationsOf(entry, name))
