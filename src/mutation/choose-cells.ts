/**
 * Which cell of a model is mutated where only the model is named: among its settings without a declared fault that are
 * pinned as complete and small, one where the most claims are true, and of those the one with the fewest states. A cell
 * in which hardly anything is true has hardly anything to notice a mutant with.
 */
import type { Baseline, PinnedCell } from "../suite/Baseline.ts"
import { type Cell, cellsOf, type Entry } from "../suite/Suite.ts"
import { declaredBy } from "./Mutation.ts"

/** Distinct states of a chosen cell at the most: it is explored once per mutant. */
const MOST_STATES = 3000

/** The cell of a model to mutate; nothing where each of its cells has a fault or is too large. */
export const chosenCell = (entry: Entry, baseline: Baseline): Cell | undefined => {
  const declared = declaredBy(entry)
  const healthy = cellsOf([entry], false).filter(
    ({ values }) => declared === undefined || values[declared] === entry.parameters[declared]?.default
  )
  const pinned = healthy.flatMap((cell) => {
    const pin = baseline[cell.id]
    return pin === undefined ? [] : [{ cell, pin }]
  })
  // Nothing is pinned of a model that was never verified: its first setting is its author's choice.
  if (pinned.length === 0) return healthy[0]
  const small = pinned.filter(({ pin }) => pin.complete && pin.distinct <= MOST_STATES)
  return small.sort((a, b) => trueClaims(b.pin) - trueClaims(a.pin) || a.pin.distinct - b.pin.distinct)[0]?.cell
}

const trueClaims = ({ properties }: PinnedCell): number =>
  Object.values(properties).filter((outcome) => outcome === "holds" || outcome.startsWith("reached")).length
