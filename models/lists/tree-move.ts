/**
 * Replicas of a tree of folders that move folders at once and send each other the moves. Two moves that are harmless
 * alone, B under A and A under B, together would cut both off from the root.
 *
 * Source: Kleppmann, Mulligan, Gomes and Beresford, "A highly-available move operation for replicated trees" (2021).
 * `undo-redo` is their algorithm: a replica undoes the moves with higher timestamps, does the one that arrived unless
 * it would close a cycle, and redoes the others. `last-write-wins` keeps a parent with a timestamp per folder;
 * `delete-insert` removes a folder from the place where it was seen and inserts it at the new one. Mutants: `no-undo`
 * does moves as they arrive, `no-redo` does not redo. Folders are deleted by moving them to the trash, as in the
 * source.
 *
 * Left out: metadata such as names, making folders, truncating the log.
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, Observe, Self, System, Topology, Workload } from "plait"

const Stamp = Schema.Struct({ counter: Schema.Natural, replica: Schema.Natural })
type Stamp = typeof Stamp.Type

/** A folder inside another. */
const Edge = Schema.Struct({ child: Schema.String, parent: Schema.String })
type Edge = typeof Edge.Type

/** A move as requested, with the parent at which the folder was seen. */
const Move = Schema.Struct({ stamp: Stamp, child: Schema.String, parent: Schema.String, seen: Schema.String })
type Move = typeof Move.Type

/** A move in the log of a replica, with the parent from which it moved the folder there. */
const Done = Schema.Struct({ move: Move, before: Schema.String })
type Done = typeof Done.Type

/** Moves a folder under another, to the root or to the trash. */
export const Put = Schema.TaggedStruct("Put", { child: Schema.String, parent: Schema.String })

/** Brings a move to another replica. */
export const Moved = Schema.TaggedStruct("Moved", { move: Move })

/** A replica: its Lamport clock, the moves it knows by timestamp, and its tree as sorted pairs. */
export interface TreeState {
  readonly clock: number
  readonly log: ReadonlyArray<Done>
  readonly tree: ReadonlyArray<Edge>
}

/** Algorithm that makes a tree of the moves. */
export type MoveAlgorithm = "undo-redo" | "last-write-wins" | "delete-insert" | "no-undo" | "no-redo"

/** Folders that are never moved. */
export const fixed: ReadonlyArray<string> = ["root", "trash"]

const compareStamps = (left: Stamp, right: Stamp) => left.counter - right.counter || left.replica - right.replica
const compareEdges = (left: Edge, right: Edge) =>
  left.child < right.child || (left.child === right.child && left.parent < right.parent) ? -1 : 1

const parentOf = (tree: ReadonlyArray<Edge>, child: string) =>
  tree.find((edge) => edge.child === child)?.parent ?? "root"

const withParent = (tree: ReadonlyArray<Edge>, child: string, parent: string): ReadonlyArray<Edge> =>
  tree.map((edge) => (edge.child === child ? { child, parent } : edge))

/** True if `folder` is inside `other` or is it; ends even in a cycle. */
const isInside = (tree: ReadonlyArray<Edge>, folder: string, other: string, fuel = tree.length): boolean =>
  folder === other || (fuel > 0 && !fixed.includes(folder) && isInside(tree, parentOf(tree, folder), other, fuel - 1))

type Known = Pick<TreeState, "log" | "tree">

const perform = ({ log, tree }: Known, move: Move): Known => {
  const before = parentOf(tree, move.child)
  const cyclic = isInside(tree, move.parent, move.child)
  return { log: [...log, { move, before }], tree: cyclic ? tree : withParent(tree, move.child, move.parent) }
}

const undo = ({ log, tree }: Known, move: Move) => {
  const later = log.filter((done) => compareStamps(done.move.stamp, move.stamp) > 0)
  const undone = later.reduceRight((current, done) => withParent(current, done.move.child, done.before), tree)
  return { earlier: { log: log.slice(0, log.length - later.length), tree: undone }, later }
}

const logged = (log: ReadonlyArray<Done>, move: Move): ReadonlyArray<Done> =>
  [...log, { move, before: move.seen }].sort((left, right) => compareStamps(left.move.stamp, right.move.stamp))

const algorithms: { readonly [A in MoveAlgorithm]: (known: Known, move: Move) => Known } = {
  "undo-redo": (known, move) => {
    const { earlier, later } = undo(known, move)
    return [move, ...later.map((done) => done.move)].reduce(perform, earlier)
  },
  "no-redo": (known, move) => {
    const { earlier, later } = undo(known, move)
    const done = perform(earlier, move)
    return { log: [...done.log, ...later], tree: done.tree }
  },
  "no-undo": (known, move) => ({ tree: perform(known, move).tree, log: logged(known.log, move) }),
  "last-write-wins": ({ log, tree }, move) => {
    const all = logged(log, move)
    const last = all.findLast((done) => done.move.child === move.child)?.move ?? move
    return { log: all, tree: withParent(tree, move.child, last.parent) }
  },
  "delete-insert": ({ log, tree }, move) => {
    const moved = { child: move.child, parent: move.parent }
    const kept = tree.filter(
      ({ child, parent }) => child !== move.child || (parent !== move.seen && parent !== move.parent)
    )
    return { log: logged(log, move), tree: [...kept, moved].sort(compareEdges) }
  }
}

const letters = (folders: number) => Array.from({ length: folders }, (_, index) => String.fromCharCode(65 + index))

/** A replica of a tree of folders, which all start in the root. */
export const treeReplica = (folders: number, algorithm: MoveAlgorithm) =>
  Machine.make("tree-move", {
    state: Schema.Struct({ clock: Schema.Natural, log: Schema.Array(Done), tree: Schema.Array(Edge) }),
    operations: [Put],
    messages: [Moved],
    initial: (): TreeState => ({
      clock: 0,
      log: [],
      tree: letters(folders).map((child) => ({ child, parent: "root" }))
    })
  }).handlers(
    {
      Put: Effect.fnUntraced(function* ({ clock, ...known }, { child, parent }) {
        const stamp = { counter: clock + 1, replica: yield* Self.id }
        const move = { stamp, child, parent, seen: parentOf(known.tree, child) }
        const name = `${stamp.counter}.${stamp.replica}`
        yield* Observe.wrote(name)
        yield* Observe.applied(name)
        yield* Network.broadcast(Moved.make({ move }))
        yield* Observe.acknowledged(name)
        return { clock: stamp.counter, ...algorithms[algorithm](known, move) }
      }),
      Moved: Effect.fnUntraced(function* ({ clock, ...known }, { move }) {
        yield* Observe.applied(`${move.stamp.counter}.${move.stamp.replica}`)
        return { clock: Math.max(clock, move.stamp.counter), ...algorithms[algorithm](known, move) }
      })
    },
    {
      guards: {
        // Moves that a file manager offers: a real move, and none that closes a cycle in the tree on the screen.
        Put: ({ tree }, { child, parent }) => parentOf(tree, child) !== parent && !isInside(tree, parent, child)
      }
    }
  )

/** The tree a replica shows: each folder with its parent, sorted. */
export const treeShown = ({ tree }: TreeState): ReadonlyArray<Edge> => tree

/** The replicas, all linked. */
export const treeMoveModel = Model.make({
  name: "tree-move",
  about: "Folders moved concurrently in replicas of a tree, all-to-all.",
  source: "Kleppmann, Mulligan, Gomes and Beresford 2021",
  parameters: {
    replicas: Model.integer({ default: 2, least: 2, most: 4, about: "replicas, all-to-all" }),
    folders: Model.integer({ default: 2, least: 1, most: 4, about: "folders, in the root at the start" }),
    moves: Model.integer({ default: 2, least: 1, most: 4, about: "moves in all, any folder anywhere at any replica" }),
    algorithm: Model.choice({
      default: "undo-redo",
      values: ["undo-redo", "last-write-wins", "delete-insert", "no-undo", "no-redo"],
      about: "how a tree is made of the moves"
    }),
    order: Model.choice({
      default: "unordered",
      values: ["unordered", "ordered"],
      about: "whether moves arrive in the order in which a replica made them"
    })
  },
  system: ({ algorithm, folders, moves, order, replicas }) =>
    System.make("tree-move", {
      machine: treeReplica(folders, algorithm),
      topology: Topology.allToAll(replicas),
      network: order === "ordered" ? Network.ordered() : Network.unordered(),
      workload: Workload.drawn(
        moves,
        letters(folders).flatMap((child) =>
          [...fixed, ...letters(folders)]
            .filter((parent) => parent !== child)
            .map((parent) => Put.make({ child, parent }))
        )
      )
    })
})
