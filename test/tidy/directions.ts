/**
 * Which room may import which, as data. A room always sees itself; whatever its row does not name is forbidden, type
 * imports included. Tests are free, save that only the command line, test/ and bench/ see the command line.
 */
import { importsOf, relativeTarget } from "./imports.ts"
import { at, type File, type Finding, isTest, isTypeScript } from "./tree.ts"

/** A row of the table: what the files of one room may import. */
export interface Direction {
  readonly room: string
  readonly statement: string
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
    statement: "a protocol and its suite import the public API by its name and nothing else of plait",
    sees: [],
    packages: ["effect", "plait"]
  },
  {
    room: "properties/",
    statement: "a reusable property imports the public API by its name and nothing else of plait",
    sees: [],
    packages: ["effect", "plait"]
  },
  {
    room: "src/report/",
    statement: "a report format sees the types of the data it prints, never what produced it",
    sees: ["src/coverage/"],
    seesTypesOf: ["src/property/", "src/trace/", "src/suite/", "src/mutation/"],
    packages: ["effect", "node:crypto", "sarif", "@vitest/istanbul-lib-coverage", "@vitest/istanbul-lib-report"]
  },
  {
    room: "src/model/",
    statement: "the model API knows nothing of properties or search",
    sees: [],
    packages: ["effect"]
  },
  {
    room: "src/property/",
    statement: "a property knows states, steps and observations, and nothing of search",
    sees: ["src/model/"],
    packages: ["effect"]
  },
  {
    room: "src/coverage/",
    statement: "coverage is data and knows nothing of what fills it",
    sees: [],
    packages: ["effect"]
  },
  {
    room: "src/engine/",
    statement: "the engine knows models and properties, and no search strategy",
    sees: ["src/model/", "src/property/", "src/coverage/"],
    packages: ["effect", "node:inspector", "node:util", "node:vm"]
  },
  {
    room: "src/search/",
    statement: "a search sees the engine and hands out traces, and knows no suite and no command line",
    sees: [...search, "src/trace/"],
    packages: ["effect", "fast-check", "node:v8", "node:vm"]
  },
  {
    room: "src/trace/",
    statement: "a trace is made by the engine from a schedule, and knows neither search nor suite",
    sees: search,
    packages: ["effect"]
  },
  {
    room: "src/suite/",
    statement: "a suite runs cases, and knows neither the command line nor any report format",
    sees: [...search, "src/search/", "src/trace/"],
    packages: ["effect"]
  },
  {
    room: "src/mutation/",
    statement:
      "mutation explores faulty systems with a suite's properties, and knows neither the command line nor any report format",
    sees: [...search, "src/search/", "src/suite/"],
    packages: ["effect"]
  },
  {
    room: "src/vitest/",
    statement: "the vitest integration is an edge: it sees what the command line sees, without it",
    sees: [...search, "src/search/", "src/trace/", "src/suite/", "src/report/text/", "src/report/visible.ts"],
    packages: ["effect", "vitest"]
  },
  {
    room: "src/index.ts",
    statement: "the public API shows every room but the edges",
    sees: [...search, "src/search/", "src/trace/", "src/suite/"],
    packages: []
  },
  {
    room: "plait.config.ts",
    statement: "plait is its own user: its configuration gathers the models as a user's does",
    sees: ["models/"],
    packages: ["plait"]
  },
  {
    room: "src/cli/",
    statement: "the command line is the composition root and sees everything",
    sees: everything,
    packages: ["effect", "node:"]
  }
]

const names = (allowed: ReadonlyArray<string>, target: string) =>
  allowed.some((each) => (each.endsWith("/") ? target.startsWith(each) : target === each))

const namesPackage = (allowed: ReadonlyArray<string>, specifier: string) =>
  allowed.some((each) =>
    each.endsWith(":") ? specifier.startsWith(each) : specifier === each || specifier.startsWith(`${each}/`)
  )

/** Imports of a product file that its room's row does not allow. */
export const againstDirection =
  (direction: Direction) =>
  (file: File): ReadonlyArray<Finding> => {
    if (!isTypeScript(file) || isTest(file) || !names([direction.room], file.path)) return []
    return importsOf(file)
      .filter(({ specifier, typeOnly }) => {
        const path = relativeTarget(file, specifier)
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
    .filter(({ specifier }) => names(["src/cli/"], relativeTarget(file, specifier) ?? ""))
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
