/**
 * Which room may import which, as data. A room always sees itself; whatever its row does not name is forbidden, type
 * imports included. Tests are free, save that only the command line, test/ and bench/ see the command line.
 */
import { posix } from "node:path"
import { parseSync, Visitor } from "oxc-parser"
import { at, type File, type Finding, isTest, isTypeScript } from "./tree.ts"

/** A row of the table: what the files of one room may import. */
export interface Direction {
  readonly room: string
  readonly claim: string
  /** Rooms ("src/engine/") and single files ("src/model/index.ts") that may be imported. */
  readonly sees: ReadonlyArray<string>
  /** Rooms and files of which only types may be imported. */
  readonly seesTypesOf?: ReadonlyArray<string>
  /** Packages, each with its sub-paths; "node:" is every built-in module. */
  readonly packages: ReadonlyArray<string>
}

const everything = ["src/", "models/", "properties/", "plait.config.ts"]
const search = ["src/model/", "src/property/", "src/coverage/", "src/engine/"]

/** The directions between the rooms, from what knows least to what knows most. */
export const directions: ReadonlyArray<Direction> = [
  {
    room: "models/",
    claim: "a protocol and its suite import the public API by its name and nothing else of plait",
    sees: [],
    packages: ["effect", "plait"]
  },
  {
    room: "properties/",
    claim: "a reusable property imports the public API by its name and nothing else of plait",
    sees: [],
    packages: ["effect", "plait"]
  },
  {
    room: "src/report/",
    claim: "a report format sees the types of the data it prints, never what produced it",
    sees: ["src/coverage/"],
    seesTypesOf: ["src/property/", "src/trace/", "src/suite/", "src/mutation/"],
    packages: ["effect", "node:crypto", "sarif", "@vitest/istanbul-lib-coverage", "@vitest/istanbul-lib-report"]
  },
  {
    room: "src/model/",
    claim: "the model API knows nothing of properties or search",
    sees: [],
    packages: ["effect"]
  },
  {
    room: "src/property/",
    claim: "a property knows states, steps and observations, and nothing of search",
    sees: ["src/model/"],
    packages: ["effect"]
  },
  {
    room: "src/coverage/",
    claim: "coverage is data and knows nothing of what fills it",
    sees: [],
    packages: ["effect"]
  },
  {
    room: "src/engine/",
    claim: "the engine knows models and properties, and no search strategy",
    sees: ["src/model/", "src/property/", "src/coverage/"],
    packages: ["effect", "node:inspector", "node:util", "node:vm"]
  },
  {
    room: "src/search/",
    claim: "a search sees the engine and hands out traces, and knows no suite and no command line",
    sees: [...search, "src/trace/"],
    packages: ["effect", "fast-check", "node:v8", "node:vm"]
  },
  {
    room: "src/trace/",
    claim: "a trace is made by the engine from a schedule, and knows neither search nor suite",
    sees: search,
    packages: ["effect"]
  },
  {
    room: "src/suite/",
    claim: "a suite runs cells, and knows neither the command line nor any report format",
    sees: [...search, "src/search/", "src/trace/"],
    packages: ["effect"]
  },
  {
    room: "src/mutation/",
    claim:
      "mutation explores faulty systems with a suite's claims, and knows neither the command line nor any report format",
    sees: [...search, "src/search/", "src/suite/"],
    packages: ["effect"]
  },
  {
    room: "src/vitest/",
    claim: "the vitest integration is an edge: it sees what the command line sees, without it",
    sees: [...search, "src/search/", "src/trace/", "src/suite/", "src/report/text/", "src/report/visible.ts"],
    packages: ["effect", "vitest"]
  },
  {
    room: "src/index.ts",
    claim: "the public API shows every room but the edges",
    sees: [...search, "src/search/", "src/trace/", "src/suite/"],
    packages: []
  },
  {
    room: "plait.config.ts",
    claim: "plait is its own user: its configuration gathers the models as a user's does",
    sees: ["models/"],
    packages: ["plait"]
  },
  {
    room: "src/cli/",
    claim: "the command line is the composition root and sees everything",
    sees: everything,
    packages: ["effect", "node:"]
  }
]

/** What a file imports: where, what, and whether the import vanishes with the types. */
interface Import {
  readonly offset: number
  readonly specifier: string
  readonly typeOnly: boolean
}

const onlyTypes = (specifiers: ReadonlyArray<object>, kind: "importKind" | "exportKind") =>
  specifiers.length > 0 && specifiers.every((each) => Reflect.get(each, kind) === "type")

const importsOf = (file: File): ReadonlyArray<Import> => {
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

const names = (allowed: ReadonlyArray<string>, target: string) =>
  allowed.some((each) => (each.endsWith("/") ? target.startsWith(each) : target === each))

const namesPackage = (allowed: ReadonlyArray<string>, specifier: string) =>
  allowed.some((each) =>
    each.endsWith(":") ? specifier.startsWith(each) : specifier === each || specifier.startsWith(`${each}/`)
  )

const target = (file: File, specifier: string) =>
  specifier.startsWith(".") ? posix.join(posix.dirname(file.path), specifier) : undefined

/** Imports of a product file that its room's row does not allow. */
export const againstDirection =
  (direction: Direction) =>
  (file: File): ReadonlyArray<Finding> => {
    if (!isTypeScript(file) || isTest(file) || !names([direction.room], file.path)) return []
    return importsOf(file)
      .filter(({ specifier, typeOnly }) => {
        const path = target(file, specifier)
        if (path === undefined) return !namesPackage(direction.packages, specifier)
        if (names([direction.room, ...direction.sees], path)) return false
        return !(typeOnly && names(direction.seesTypesOf ?? [], path))
      })
      .map(({ offset, specifier, typeOnly }) =>
        at(file, offset, `${direction.room} may not import ${typeOnly ? "a type from " : ""}${specifier}`)
      )
  }

/** Imports of the command line from anywhere but itself, test/ and bench/. */
export const intoCommandLine = (file: File): ReadonlyArray<Finding> => {
  if (!isTypeScript(file) || names(["src/cli/", "test/", "bench/"], file.path)) return []
  return importsOf(file)
    .filter(({ specifier }) => names(["src/cli/"], target(file, specifier) ?? ""))
    .map(({ offset, specifier }) => at(file, offset, `nothing may import the command line: ${specifier}`))
}

/** Product files in a room that has no row, and so no rule. */
export const withoutRoom = (file: File): ReadonlyArray<Finding> => {
  const isRoomed = names(
    directions.map(({ room }) => room),
    file.path
  )
  if (!isTypeScript(file) || !names(everything, file.path) || isRoomed) return []
  return [at(file, 0, "this room has no row in test/tidy/directions.ts")]
}
