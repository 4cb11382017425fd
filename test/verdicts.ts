/**
 * What a test beside a model says of a cell: every verdict, each handler call run twice. Where only failures matter,
 * with the steps of their traces, see failures.ts.
 */
import { Effect } from "effect"
import { catalogue } from "./catalogue.ts"
import { explore } from "../src/index.ts"
import { cellFromId } from "../src/suite/Suite.ts"

/** Verdicts by property; with the number of steps of the shortest trace, where there is one. */
export const verdictsOf = async (id: string): Promise<{ readonly [name: string]: string }> => {
  const cell = cellFromId(catalogue, id)
  if (cell === undefined) throw new RangeError(`no cell ${id}`)
  const { properties, system } = cell.entry.build(cell.values)
  const found = await Effect.runPromise(explore(system, properties, { checkDeterminism: true }))
  return Object.fromEntries(
    found.properties.map(({ name, verdict }) => [
      name,
      "evidence" in verdict ? `${verdict._tag} in ${verdict.evidence.steps.length}` : verdict._tag
    ])
  )
}
