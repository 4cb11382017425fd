/** The imports of a file, read from its syntax: values, types, inline types, re-exports and dynamic imports. */
import { posix } from "node:path"
import { parseSync, Visitor } from "oxc-parser"
import type { File } from "./tree.ts"

/** One import: where it stands, the file or package it names, and whether it vanishes with the types. */
export interface Import {
  readonly offset: number
  readonly specifier: string
  readonly typeOnly: boolean
}

const onlyTypes = (specifiers: ReadonlyArray<object>, kind: "importKind" | "exportKind") =>
  specifiers.length > 0 && specifiers.every((each) => Reflect.get(each, kind) === "type")

/** The imports of a file, in the order of its syntax tree. */
export const importsOf = (file: File): ReadonlyArray<Import> => {
  const found: Array<Import> = []
  const add = (node: { readonly start: number }, specifier: unknown, typeOnly: boolean) => {
    if (typeof specifier === "string") found.push({ offset: node.start, specifier, typeOnly })
  }
  new Visitor({
    ImportDeclaration: (node) =>
      add(node, node.source.value, node.importKind === "type" || onlyTypes(node.specifiers, "importKind")),
    ExportNamedDeclaration: (node) =>
      add(node, node.source?.value, node.exportKind === "type" || onlyTypes(node.specifiers, "exportKind")),
    ExportAllDeclaration: (node) => add(node, node.source.value, node.exportKind === "type"),
    ImportExpression: (node) => add(node, Reflect.get(node.source, "value"), false),
    TSImportType: (node) => add(node, node.source.value, true)
  }).visit(parseSync(file.path, file.text).program)
  return found
}

/** The path from the root that a relative specifier names; `undefined` for a package. */
export const relativeTarget = (file: File, specifier: string): string | undefined =>
  specifier.startsWith(".") ? posix.join(posix.dirname(file.path), specifier) : undefined
