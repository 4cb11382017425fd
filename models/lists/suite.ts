/**
 * Replicated sequences and trees: the intentions of insertion and move, with and without a server, correct and mutated.
 */
import { fugueModel, fugueShown } from "./fugue.ts"
import { jupiterModel, type JupiterView } from "./jupiter.ts"
import { initialList, peerList, type PeerState, peerTransformationModel } from "./peer-transformation.ts"
import { authorOf, type ListState } from "./replicated-list.ts"
import { rgaModel, rgaShown } from "./rga.ts"
import { treeMoveModel, treeShown, type TreeState } from "./tree-move.ts"
import { channelConvergence, convergence, strongConvergence } from "plait/properties/convergence"
import {
  insertedWhereAsked,
  listsAgreePairwise,
  listsFollowOneOrder,
  noInterleaving,
  readsAgreePairwise,
  readsFollowOneOrder
} from "plait/properties/list-intention"
import { listsHoldWhatIsDue } from "plait/properties/list-contents"
import { hangsOnce, noOwnAncestor } from "plait/properties/tree"
import { entry, type Entry, type NodesView, Property } from "plait"
import { parts } from "../stores/guarantees.ts"

/**
 * The state in which transformation is needed: the author of an arriving edit did not know the edits of its receiver.
 */
const editsCross = Property.reachable<JupiterView>("an edit arrives at a client that has edited meanwhile", {
  holds: ({ clients, toClients }) =>
    clients.some(({ sent }, client) => toClients[client]?.some(({ acknowledges }) => acknowledges < sent.length))
})

const jupiterConvergence = channelConvergence<JupiterView>({
  idle: ({ toClients, toServer }) => toServer.length === 0 && toClients.every((messages) => messages.length === 0),
  replicas: ({ clients, server }) => [server, ...clients.map(({ list }) => list)],
  written: ({ clients }) => clients.some(({ sent }) => sent.length > 0)
})

const plain = { initial: 0, edits: 0, history: "none", mutant: "none" } as const

// The first seven have the states of AJupiter.tla; none of their properties reads a history.
const jupiter = entry(jupiterModel, {
  properties: ({ clients, history }) => [
    jupiterConvergence,
    ...(clients === 1 ? [] : [editsCross]),
    ...(history === "none"
      ? []
      : [listsAgreePairwise<JupiterView>(({ seen }) => seen), listsFollowOneOrder<JupiterView>(({ seen }) => seen)])
  ],
  settings: [
    { ...plain, clients: 1, characters: 1 },
    { ...plain, clients: 1, characters: 2 },
    { ...plain, clients: 1, characters: 3 },
    { ...plain, clients: 2, characters: 1 },
    { ...plain, clients: 3, characters: 1 },
    { ...plain, clients: 2, characters: 2 },
    { ...plain, clients: 4, characters: 1 },
    { ...plain, clients: 2, characters: 2, initial: 1, edits: 2, history: "lists" },
    { ...plain, clients: 3, characters: 2, initial: 1, edits: 1, history: "lists" },
    { ...plain, clients: 2, characters: 2, edits: 1, mutant: "no-priority" },
    { ...plain, clients: 2, characters: 1, initial: 2, edits: 1, mutant: "no-shift" },
    { ...plain, clients: 2, characters: 2, edits: 2, mutant: "keeps-acknowledged" }
  ],
  place: ({ clients, mutant }) =>
    mutant === "none"
      ? {
          part: parts.lists,
          design: "Jupiter: a server transforms",
          setting: clients === 1 ? "1 client" : `${clients} clients`
        }
      : undefined
})

const allApart = Property.reachable<NodesView<PeerState>>("every peer has edited before it heard of another", {
  holds: ({ nodes }) => nodes.every(({ state }) => state.applied.length === 1 && state.applied[0]?.past.length === 0)
})

const peers = entry(peerTransformationModel, {
  properties: ({ initial }) => [
    convergence<PeerState>({ view: peerList, written: ({ applied }) => applied.length > 0 }),
    readsAgreePairwise,
    readsFollowOneOrder,
    listsHoldWhatIsDue(initialList(initial)),
    allApart
  ],
  settings: [
    { peers: 2, edits: 1, initial: 2, mutant: "none" },
    { peers: 2, edits: 2, initial: 0, mutant: "none" },
    { peers: 3, edits: 1, initial: 0, mutant: "none" },
    { peers: 3, edits: 1, initial: 1, mutant: "none" },
    { peers: 2, edits: 1, initial: 1, mutant: "no-priority" },
    { peers: 2, edits: 1, initial: 2, mutant: "no-shift" },
    { peers: 2, edits: 1, initial: 2, mutant: "deletes-twice" }
  ],
  place: ({ mutant, peers }) =>
    mutant === "none"
      ? { part: parts.lists, design: "transformation without a server", setting: `${peers} peers` }
      : undefined
})

const typedApart = Property.reachable<NodesView<ListState>>("every user has typed before hearing of another", {
  holds: ({ nodes }) =>
    nodes.every(({ id, state }) => state.vector.every((count, replica) => (replica === id ? count > 0 : count === 0)))
})

/** The properties of a list of either algorithm; interleaving only if users type beside their own elements. */
const listProperties = (shown: (state: ListState) => ReadonlyArray<string>, typing: string) => [
  convergence<ListState>({ view: shown, written: ({ vector }) => vector.some((count) => count > 0) }),
  readsAgreePairwise,
  readsFollowOneOrder,
  listsHoldWhatIsDue(),
  insertedWhereAsked<ListState>(shown),
  ...(typing === "anywhere" ? [] : [noInterleaving<ListState>({ shown, author: authorOf })]),
  typedApart
]

const pair = { replicas: 2, inserts: 2, deletes: 0, delivery: "causal", mutant: "none" } as const

/** Settings of both algorithms. */
const listSettings = [
  { ...pair, inserts: 3, typing: "forward" },
  { ...pair, inserts: 3, typing: "backward" },
  { ...pair, typing: "anywhere" },
  { ...pair, deletes: 1, typing: "forward" },
  { ...pair, deletes: 1, typing: "backward" },
  { ...pair, replicas: 3, inserts: 1, typing: "anywhere" },
  { ...pair, inserts: 1, deletes: 1, typing: "anywhere" },
  { ...pair, typing: "forward", delivery: "any-order" }
] as const

const placeOf = (
  design: string,
  { delivery, mutant, typing }: { readonly delivery: string; readonly mutant: string; readonly typing: string }
) => (mutant === "none" ? { part: parts.lists, design, setting: `${delivery} delivery, typed ${typing}` } : undefined)

const rga = entry(rgaModel, {
  properties: ({ typing }) => listProperties(rgaShown, typing),
  settings: [
    ...listSettings,
    { ...pair, typing: "forward", mutant: "no-skip" },
    { ...pair, typing: "forward", deletes: 1, mutant: "no-tombstones" }
  ],
  place: (values) => placeOf("RGA", values)
})

const fugue = entry(fugueModel, {
  properties: ({ typing }) => listProperties(fugueShown, typing),
  settings: [
    ...listSettings,
    { ...pair, typing: "backward", mutant: "right-only" },
    { ...pair, typing: "forward", mutant: "arrival-order" },
    { ...pair, typing: "forward", deletes: 1, mutant: "no-tombstones" }
  ],
  // With three users one may type between an element of another and its own: then Fugue, too, puts a third between.
  deep: [
    { ...pair, replicas: 3, typing: "forward" },
    { ...pair, replicas: 3, typing: "backward" }
  ],
  place: (values) => placeOf("Fugue", values)
})

const knows = ({ log }: TreeState, child: string, parent: string) =>
  log.some(({ move }) => move.child === child && move.parent === parent && move.seen === "root")

const cycleAsked = Property.reachable<NodesView<TreeState>>("a replica knows of two moves into each other", {
  holds: ({ nodes }) => nodes.some(({ state }) => knows(state, "A", "B") && knows(state, "B", "A"))
})

const treeBy = {
  "undo-redo": "undone and redone in one order",
  "last-write-wins": "the last parent wins",
  "delete-insert": "each deletes and inserts"
}

const tree = entry(treeMoveModel, {
  properties: ({ folders }) => [
    convergence<TreeState>({ view: treeShown, written: ({ log }) => log.length > 0 }),
    strongConvergence<TreeState>({ view: treeShown }),
    noOwnAncestor<TreeState>({ tree: treeShown }),
    hangsOnce<TreeState>({ tree: treeShown, things: ["A", "B", "C", "D"].slice(0, folders) }),
    cycleAsked
  ],
  settings: [
    { replicas: 2, folders: 2, moves: 2, algorithm: "undo-redo", order: "unordered" },
    { replicas: 2, folders: 2, moves: 3, algorithm: "undo-redo", order: "unordered" },
    { replicas: 2, folders: 3, moves: 2, algorithm: "undo-redo", order: "unordered" },
    { replicas: 3, folders: 2, moves: 2, algorithm: "undo-redo", order: "unordered" },
    ...(["last-write-wins", "delete-insert", "no-undo", "no-redo"] as const).map((algorithm) => ({
      replicas: 2,
      folders: 2,
      moves: 2,
      algorithm,
      order: "ordered" as const
    }))
  ],
  deep: [{ replicas: 3, folders: 2, moves: 3, algorithm: "undo-redo", order: "unordered" }],
  // Without its undo or its redo the algorithm is a mutant.
  place: ({ algorithm, order }) =>
    algorithm === "no-undo" || algorithm === "no-redo"
      ? undefined
      : { part: parts.lists, design: `tree of moves, ${treeBy[algorithm]}`, setting: `${order} links` }
})

/** The entries. */
export const lists: ReadonlyArray<Entry> = [jupiter, peers, rga, fugue, tree]
