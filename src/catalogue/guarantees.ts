/**
 * The guarantees by which designs are judged, from the strongest, with what implies what.
 *
 * The implications among claims about histories are theorems for one and the same history; properties/ tests them on
 * random ones. Claims about what replicas hold stand beside them: none of them follows from a claim about histories.
 */
import type { Guarantee } from "../suite/Matrix.ts"

const terry = "Terry et al. 1994"
const popl = "Bouajjani et al. 2017"

/** All guarantees, in the order of the matrix's columns. */
export const guarantees: ReadonlyArray<Guarantee> = [
  {
    name: "linearizability",
    label: "LIN",
    about: "operations look as if executed one at a time, in an order that real time allows",
    source: "Herlihy and Wing 1990",
    implies: ["sequential consistency"]
  },
  {
    name: "sequential consistency",
    label: "SEQ",
    about: "operations look as if executed one at a time, each session's in its own order",
    source: "Lamport 1979",
    implies: ["causal memory (CM)", "causal convergence (CCv)"]
  },
  {
    name: "causal memory (CM)",
    label: "CM",
    about: "each session sees writes in one order of its own that keeps causality",
    source: `Ahamad et al. 1995; ${popl}`,
    implies: ["causal consistency (CC)"]
  },
  {
    name: "causal convergence (CCv)",
    label: "CCv",
    about: "causality is kept, and all agree on the order of concurrent writes",
    source: `Burckhardt 2014; ${popl}`,
    implies: ["causal consistency (CC)"]
  },
  {
    name: "causal consistency (CC)",
    label: "CC",
    about: "no read contradicts its own causal past",
    source: popl,
    implies: ["read your writes", "monotonic reads", "monotonic writes", "writes follow reads"]
  },
  {
    name: "read your writes",
    label: "RYW",
    about: "a client's read reflects what the client has written",
    source: terry,
    implies: []
  },
  {
    name: "monotonic reads",
    label: "MR",
    about: "what a client has seen, it does not see undone",
    source: terry,
    implies: []
  },
  {
    name: "monotonic writes",
    label: "MW",
    about: "who sees a client's write does not miss its earlier ones",
    source: terry,
    implies: []
  },
  {
    name: "writes follow reads",
    label: "WFR",
    about: "who sees an answer sees what it answers",
    source: terry,
    implies: []
  },
  {
    name: "replicas with the same writes show the same",
    label: "SEC",
    about: "two replicas that have applied the same writes show the same, in every state",
    source: "Shapiro et al. 2011",
    implies: []
  },
  {
    name: "replicas converge",
    label: "CNV",
    about: "when nothing is left to happen all live replicas show the same",
    source: "Shapiro et al. 2011; Wei, Huang, Lu 2019",
    implies: []
  },
  {
    name: "no acknowledged write is lost",
    label: "NLW",
    about: "an acknowledged write survives, or one that followed from it does",
    source: "Kingsbury 2013",
    implies: []
  },
  {
    name: "no update is lost",
    label: "NLU",
    about: "of two acknowledged updates of one version neither is gone in the end",
    source: "Berenson et al. 1995, phenomenon P4",
    implies: []
  },
  {
    name: "no write loses to one that it followed from",
    label: "NCI",
    about: "a replica that has applied a write does not show one of its causes instead",
    source: "Kingsbury 2013",
    implies: []
  },
  {
    name: "no write wins over one that began after it was over",
    label: "RTO",
    about: "of two writes one after the other in real time, the earlier does not win in the end",
    source: "Herlihy and Wing 1990; Corbett et al. 2012",
    implies: []
  },
  {
    name: "no write is visible without all that happened before it",
    label: "PFX",
    about: "consistent prefix: no replica shows an effect before its cause",
    source: "Kleppmann 2017, figure 5-9",
    implies: []
  },
  {
    name: "no row mixes the cells of two writes",
    label: "ROW",
    about: "every row that is shown was written by some client as a whole",
    source: "ScyllaDB Python driver documentation",
    implies: []
  },
  {
    name: "no deleted item comes back",
    label: "NRS",
    about: "a replica that has applied a deletion does not show what it deleted",
    source: "DeCandia et al. 2007, section 4.4",
    implies: []
  }
]
