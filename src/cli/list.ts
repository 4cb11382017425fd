/**
 * `plait list`: the models with their parameters, sources and cells.
 */
import { catalogue } from "../catalogue/index.ts"
import { cellId, type Entry } from "../suite/Suite.ts"
import type { Request } from "./arguments.ts"

const parameterLine = (name: string, parameter: Entry["parameters"][string]): string => {
  const values =
    parameter.kind === "integer" ? `${parameter.least} to ${parameter.most}` : parameter.values.map(String).join(" | ")
  return `    ${name} = ${parameter.default}  (${values}): ${parameter.about}`
}

/** Prints the list. */
export const list = async ({ json }: Request): Promise<number> => {
  const cells = (entry: Entry) => [...entry.settings, ...entry.deep].map((values) => cellId(entry, values))
  if (json) {
    const models = catalogue.map((entry) => {
      const { about, name, parameters, source } = entry
      return { name, about, source, parameters, cells: cells(entry) }
    })
    process.stdout.write(`${JSON.stringify({ schema: "plait/list@1", models })}\n`)
    return 0
  }
  for (const entry of catalogue) {
    const lines = Object.entries(entry.parameters).map(([name, parameter]) => parameterLine(name, parameter))
    process.stdout.write(
      [
        entry.name,
        `    ${entry.about}`,
        `    source: ${entry.source}`,
        ...lines,
        `    cells: ${cells(entry).join(" ")}`,
        ""
      ].join("\n")
    )
    process.stdout.write("\n")
  }
  return 0
}
