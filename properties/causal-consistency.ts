/**
 * Causal consistency in its three strengths, refuted through bad patterns: CC (every operation has an explanation that
 * keeps causality), CCv (all explanations agree on the order of concurrent writes), CM (each session's explanations
 * agree with each other). CCv and CM each imply CC; neither implies the other.
 *
 * Source: Bouajjani, Enea, Guerraoui, Hamza, "On verifying causal consistency" (POPL 2017).
 */
import { type Monitor, Property } from "plait"
import { type BadPattern, badPattern, type CausalStrength, type PatternName } from "./history/causality.ts"
import { callsOf, type History, inWords, sessionHistory } from "./history/History.ts"

const names: { readonly [S in CausalStrength]: string } = {
  CC: "causal consistency (CC)",
  CCv: "causal convergence (CCv)",
  CM: "causal memory (CM)"
}

const meanings: { readonly [P in PatternName]: string } = {
  CyclicCO: "each of these would have to come before the others",
  WriteCOInitRead: "the read found nothing, although the write is in its causal past",
  ThinAirRead: "nobody wrote what was read",
  WriteCORead: "the read returned something older than a write in its causal past",
  CyclicCF: "no one order of the concurrent writes explains all that was read",
  WriteHBInitRead: "the read found nothing, although its session had to place the write before it",
  CyclicHB: "no one order of the writes explains what one session read"
}

const sentence = ({ calls, name }: BadPattern): string =>
  `${calls.map(inWords).join("; ")}: ${meanings[name]} (${name}).`

/**
 * Declares that the sessions' history is causally consistent in the given strength.
 *
 * **Details** None of the strength's bad patterns is in the history; its file, history/causality.ts, defines them.
 * Premise: a read has returned. Observes the sessions' calls, which are stored in the state. Cost of a check:
 * polynomial in the number of calls, once per distinct history.
 */
export const causalConsistency = (strength: CausalStrength): Monitor<unknown> =>
  Property.monitor<History>(names[strength], {
    observer: sessionHistory,
    premise: (history) => callsOf(history).some(({ kind }) => kind === "read"),
    rejects: (history) => {
      const pattern = badPattern(callsOf(history), strength)
      return pattern && sentence(pattern)
    }
  })
