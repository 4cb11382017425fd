/**
 * `plait list`: prints the models with their parameters, sources and cases.
 */
import { caseIdOf, type Entry, selectEntries } from "../../suite/Suite.ts"
import type { Guarantee } from "../../suite/Matrix.ts"
import type { Request } from "../arguments.ts"
import { openProject } from "../config.ts"
import { visible } from "../../report/visible.ts"

const parameterLine = (name: string, parameter: Entry["parameters"][string]): string => {
  const values =
    parameter.kind === "integer" ? `${parameter.least} to ${parameter.most}` : parameter.values.map(String).join(" | ")
  return `    ${name} = ${parameter.default}  (${values}): ${parameter.about}`
}

const guaranteeLines = ({ about, implies, label, name, source }: Guarantee): ReadonlyArray<string> => [
  `    ${label.padEnd(4)} ${name}: ${about}`,
  `         ${source}${implies.length === 0 ? "" : `; implies ${implies.join(", ")}`}`
]

/** Prints the list. */
export const list = async (request: Request): Promise<number> => {
  const { entries, guarantees = (await import("../../../models/stores/guarantees.ts")).guarantees } =
    await openProject(request)
  const listed = selectEntries(entries, request.words)
  const cases = (entry: Entry) => [...entry.settings, ...entry.deep].map((values) => caseIdOf(entry, values))
  if (request.json) {
    const models = listed.map((entry) => {
      const { about, name, parameters, source } = entry
      return { name, about, source, parameters, cases: cases(entry) }
    })
    process.stdout.write(`${JSON.stringify({ schema: "plait/list@2", models, guarantees })}\n`)
    return 0
  }
  const blocks = listed.map((entry) =>
    [
      entry.name,
      `    ${entry.about}`,
      `    source: ${entry.source}`,
      ...Object.entries(entry.parameters).map(([name, parameter]) => parameterLine(name, parameter)),
      "    cases:",
      ...cases(entry).map((id) => `      ${id}`)
    ]
      .map(visible)
      .join("\n")
  )
  if (request.words.length === 0)
    blocks.push(["guarantees", ...guarantees.flatMap(guaranteeLines).map(visible)].join("\n"))
  process.stdout.write(`${blocks.join("\n\n")}\n`)
  return 0
}
