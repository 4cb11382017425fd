/**
 * Atomic commit: no resource manager has committed while another has aborted.
 *
 *   ¬∃ i, j: resource(i) = committed ∧ resource(j) = aborted
 *
 * Source: `TCConsistent` of TCommit.tla; Gray and Lamport, "Consensus on transaction commit" (2006).
 *
 * Observes nothing and costs no states; judged once per distinct combination of the managers' states.
 */
import { Property } from "plait"

/** The state of every resource manager, read by the properties. */
export interface Resources {
  readonly resource: ReadonlyArray<string>
}

const at = (resource: ReadonlyArray<string>, state: string): string =>
  resource.flatMap((each, index) => (each === state ? [index] : [])).join(", ")

/** No two resource managers decide differently. */
export const noSplitDecision = Property.invariant<Resources>("no resource manager commits what another aborted", {
  holds: ({ resource }) => !(resource.includes("committed") && resource.includes("aborted")),
  explain: ({ resource }) =>
    `resource manager ${at(resource, "committed")} has committed, however ${at(resource, "aborted")} has aborted.`
})

/** Guard against vacuity: a run exists in which all commit. */
export const everyoneDecided = Property.reachable<Resources>("all resource managers commit", {
  holds: ({ resource }) => resource.every((state) => state === "committed")
})
