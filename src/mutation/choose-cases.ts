/**
 * Choice of the case to mutate if only the model is named: among its settings that declare no mutant and are pinned as
 * complete and small, one in which the most properties are true, and of those the one with the fewest states. A case
 * with few true properties has few that could notice a mutant.
 */
import type { Baseline, PinnedCase } from "../suite/Baseline.ts"
import { type Case, casesOf, type Entry } from "../suite/Suite.ts"
import { mutantParameters } from "./Mutation.ts"

/** Most distinct states of a chosen case, which is explored once per mutant. */
const MOST_STATES = 3000

/** The case of a model to mutate; `undefined` if each of its cases is a declared mutant or too large. */
export const chosenCase = (entry: Entry, baseline: Baseline): Case | undefined => {
  const declared = mutantParameters(entry)
  const healthy = casesOf([entry], false).filter(({ values }) =>
    declared.every((name) => values[name] === entry.parameters[name]?.default)
  )
  const pinned = healthy.flatMap((suiteCase) => {
    const pin = baseline[suiteCase.id]
    return pin === undefined ? [] : [{ suiteCase, pin }]
  })
  // A model that was never verified has no pins: its first setting is its author's choice.
  if (pinned.length === 0) return healthy[0]
  const small = pinned.filter(({ pin }) => pin.complete && pin.distinct <= MOST_STATES)
  return small.sort((a, b) => trueProperties(b.pin) - trueProperties(a.pin) || a.pin.distinct - b.pin.distinct)[0]
    ?.suiteCase
}

const trueProperties = ({ properties }: PinnedCase): number =>
  Object.values(properties).filter((outcome) => outcome === "holds" || outcome.startsWith("reached")).length
