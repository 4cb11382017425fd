/**
 * What a test beside a model says of a case: which of its properties fail, each with the steps of its shortest trace. Of
 * what a message carries only the updates are told, so that the steps can be read as a story.
 */
import { Effect } from "effect"
import { catalogue } from "./catalogue.ts"
import { checkCase } from "../src/suite/CheckCase.ts"
import { selectCases } from "../src/suite/Suite.ts"

const told = (text: string): string => {
  const fields = JSON.parse(text) as { readonly updates?: ReadonlyArray<string> }
  return fields.updates === undefined ? Object.values(fields).join(" ") : `{${fields.updates.join(", ")}}`
}

/** Such as `n0 is asked to Add x` and `n1 receives Merge {n0.1 add x} from n0`. */
const brief = (label: string): string => label.replace(/\{.*\}/, told)

/** The claims that a case, named as on the command line, was judged to fail, by name. */
export const failuresOf = Effect.fnUntraced(function* (filter: string) {
  const [suiteCase] = selectCases(catalogue, [filter], [])
  if (suiteCase === undefined) return yield* Effect.die(`no case is named ${filter}`)
  const { result } = yield* checkCase(suiteCase)
  const failed = result.properties.filter(({ verdict }) => verdict !== "holds" && verdict !== "reached")
  return Object.fromEntries(
    failed.map(({ counterexample, name, verdict }): [string, ReadonlyArray<string>] => [
      name,
      counterexample === null ? [verdict] : counterexample.schedule.map(brief)
    ])
  )
})

/** The claims that a case was judged to fail, each with the number of steps of its shortest trace. */
export const stepsToFail = (filter: string) =>
  Effect.map(failuresOf(filter), (failures) =>
    Object.fromEntries(Object.entries(failures).map(([name, steps]) => [name, steps.length]))
  )
