/**
 * What a test beside a model says of a case: every verdict, each handler call run twice. Where only failures matter,
 * with the steps of their traces, see failures.ts.
 */
import { Effect } from "effect"
import { catalogue } from "./catalogue.ts"
import { explore } from "../src/index.ts"
import { caseFromId } from "../src/suite/Suite.ts"

/** Verdicts by property; with the number of steps of the shortest trace, where there is one. */
export const verdictsOf = async (id: string): Promise<{ readonly [name: string]: string }> => {
  const suiteCase = caseFromId(catalogue, id)
  if (suiteCase === undefined) throw new RangeError(`no case ${id}`)
  const { properties, system } = suiteCase.entry.build(suiteCase.values)
  const found = await Effect.runPromise(explore(system, properties, { checkDeterminism: true }))
  return Object.fromEntries(
    found.properties.map(({ name, verdict }) => [
      name,
      "evidence" in verdict ? `${verdict._tag} in ${verdict.evidence.steps.length}` : verdict._tag
    ])
  )
}
