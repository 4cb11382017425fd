/**
 * Which case of a model is mutated where only the model is named: among its settings without a declared fault that are
 * pinned as complete and small, one where the most properties are true, and of those the one with the fewest states. A case
 * in which hardly anything is true has hardly anything to notice a mutant with.
 */
import type { Baseline, PinnedCase } from "../suite/Baseline.ts"
import { type Case, casesOf, type Entry } from "../suite/Suite.ts"
import { declaredBy } from "./Mutation.ts"

/** Distinct states of a chosen case at the most: it is explored once per mutant. */
const MOST_STATES = 3000

/** The case of a model to mutate; nothing where each of its cases has a fault or is too large. */
export const chosenCase = (entry: Entry, baseline: Baseline): Case | undefined => {
  const declared = declaredBy(entry)
  const healthy = casesOf([entry], false).filter(
    ({ values }) => declared === undefined || values[declared] === entry.parameters[declared]?.default
  )
  const pinned = healthy.flatMap((suiteCase) => {
    const pin = baseline[suiteCase.id]
    return pin === undefined ? [] : [{ suiteCase, pin }]
  })
  // Nothing is pinned of a model that was never verified: its first setting is its author's choice.
  if (pinned.length === 0) return healthy[0]
  const small = pinned.filter(({ pin }) => pin.complete && pin.distinct <= MOST_STATES)
  return small.sort((a, b) => trueProperties(b.pin) - trueProperties(a.pin) || a.pin.distinct - b.pin.distinct)[0]
    ?.suiteCase
}

const trueProperties = ({ properties }: PinnedCase): number =>
  Object.values(properties).filter((outcome) => outcome === "holds" || outcome.startsWith("reached")).length
