/**
 * The guarantees by which designs are judged, from the strongest, with their implications.
 *
 * The implications among properties about histories are theorems for one and the same history; properties/ tests them
 * on random ones. Properties of the state of replicas are separate: none of them follows from a property of histories.
 */
import type { Guarantee } from "plait"

const terry = "Terry et al. 1994"
const popl = "Bouajjani et al. 2017"

/** The tables of the matrix: groups of designs with the same relevant guarantees. */
export const parts = {
  lastWriteWins: "Last write wins",
  spreading: "How writes get from node to node",
  stores: "Replicated stores under client sessions",
  dataTypes: "Replicated data types",
  lists: "Lists and trees"
} as const

const lists = "Attiya et al. 2016"

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
    name: "what is shown is what the specification says",
    properties: [
      "the value is the number of increments",
      "the value is increments less decrements",
      "the elements are those that were added",
      "the elements are those that were added and never removed",
      "an element is there if an addition of it is that no removal observed",
      "the elements are those last added later than last removed",
      "the values are those of the writes that no other write has seen",
      "a key holds the updates that no removal of it observed",
      "a key holds what was written last, if it was not removed later"
    ],
    label: "SPC",
    about: "a replica shows what its data type's specification makes of the updates applied and their causal order",
    source: "Burckhardt et al. 2014",
    implies: ["replicas with the same writes show the same"]
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
    properties: ["replicas are the same whenever no message is in flight"],
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
    properties: ["a removed element does not come back"],
    label: "NRS",
    about: "a replica that has applied a deletion does not show what it deleted",
    source: "DeCandia et al. 2007, section 4.4",
    implies: []
  },
  {
    name: "an element added again is there",
    label: "AGN",
    about: "what was added again after its removal is there, unless it was removed once more",
    source: "Shapiro et al. 2011, section 3.3.2",
    implies: []
  },
  {
    name: "merging obeys the laws of a lattice",
    properties: [
      "merging is commutative",
      "merging is associative",
      "merging is idempotent",
      "a state only moves up its lattice"
    ],
    label: "LAT",
    about: "merging is commutative, associative and idempotent, and no step takes a state down",
    source: "Shapiro et al. 2011",
    implies: []
  },
  {
    name: "every live node has what one of them has",
    properties: ["once the net is empty every node has the write", "what one node has every node gets and keeps"],
    label: "DLV",
    about: "a write that one live node has reaches them all",
    source: "Shapiro et al. 2011, eventual delivery",
    implies: ["when all nodes are up, all have what one has"]
  },
  {
    name: "when all nodes are up, all have what one has",
    label: "UPD",
    about: "delivery, judged where every node that crashed is back",
    source: "Shapiro et al. 2011, eventual delivery",
    implies: []
  },
  {
    name: "the network falls silent for good",
    properties: ["the net empties for good"],
    label: "END",
    about: "no message is passed on for ever",
    source: "Lamport 2002, ◇□ of an empty network",
    implies: []
  },
  {
    name: "a list holds what was inserted and not deleted",
    label: "CON",
    about: "a list has exactly the elements inserted and not deleted, each once",
    source: lists,
    implies: []
  },
  {
    name: "one order of all elements agrees with every list",
    label: "STR",
    about: "strong list specification: all lists ever read are of one order, deleted elements included",
    source: lists,
    implies: ["any two lists order their common elements alike"]
  },
  {
    name: "any two lists order their common elements alike",
    label: "WKL",
    about: "weak list specification: no two lists ever read have two elements the other way round",
    source: lists,
    implies: []
  },
  {
    name: "an inserted element stands where it was asked for",
    label: "INT",
    about: "at the user who inserts it an element stands where that user put it",
    source: lists,
    implies: []
  },
  {
    name: "what one author types is not interleaved with another's",
    label: "ILV",
    about: "what two users type at one place without knowing of each other stands one after the other",
    source: "Kleppmann et al. 2019",
    implies: []
  },
  {
    name: "nothing is its own ancestor",
    label: "ACY",
    about: "the tree has no cycle",
    source: "Kleppmann et al. 2021",
    implies: []
  },
  {
    name: "everything hangs in the tree once",
    label: "ONE",
    about: "nothing of the tree is missing, and nothing hangs in two places",
    source: "Kleppmann et al. 2021",
    implies: []
  }
]
