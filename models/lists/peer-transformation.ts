/**
 * Operational transformation without a server: peers edit a list at once, send their edits to all others, and transform
 * an arriving edit against those that its author did not know, in the order in which they themselves applied them.
 *
 * Source: Ressel, Nitsche-Ruhland and Gunzenhäuser, "An Integrating, Transformation-Oriented Approach to Concurrency
 * Control and Undo in Group Editors" (CSCW 1996), adOPTed, with the transformation that Jupiter uses. Two peers need
 * only a∘T(b,a) = b∘T(a,b); three also T(T(c,a),T(b,a)) = T(T(c,b),T(a,b)), which it does not have.
 */
import { Effect, Schema } from "effect"
import { Choice, Machine, Model, Network, Observe, Self, System, Topology, Workload } from "plait"
import { applyEdit, Edit, everyEdit, transformation, type TransformationMutant } from "./operational-transformation.ts"

/** An edit as it was made: its name, the names of the edits its author had applied, and its character. */
const Made = Schema.Struct({
  name: Schema.String,
  past: Schema.Array(Schema.String),
  edit: Edit,
  element: Schema.String
})
type Made = typeof Made.Type

/** Inserts the character at any place or deletes any one. */
export const Change = Schema.TaggedStruct("Change", { character: Schema.String })

/** Brings an edit to another peer. */
export const Changed = Schema.TaggedStruct("Changed", { made: Made })

/** A peer: its list, and the edits it applied, as they were made, in its own order. */
export interface PeerState {
  readonly list: ReadonlyArray<string>
  readonly applied: ReadonlyArray<Made>
}

/** Transforms an edit for a list that reflects all of `context`, of which it knew only its past. */
const translate = (made: Made, context: ReadonlyArray<Made>, mutant: TransformationMutant): Edit => {
  const last = context.findLast(({ name }) => !made.past.includes(name))
  if (last === undefined) return made.edit
  const rest = context.filter((other) => other !== last)
  return transformation(mutant)(translate(made, rest, mutant), translate(last, rest, mutant))
}

const declared = (initial: ReadonlyArray<string>) =>
  Machine.make("peer-transformation", {
    state: Schema.Struct({ list: Schema.Array(Schema.String), applied: Schema.Array(Made) }),
    operations: [Change],
    messages: [Changed],
    initial: (): PeerState => ({ list: initial, applied: [] })
  })

/** A peer that starts with the given list. */
export const transformingPeer = (initial: ReadonlyArray<string>, mutant: TransformationMutant) =>
  declared(initial).handlers(
    {
      Change: Effect.fnUntraced(function* ({ applied, list }, { character }) {
        const edit = yield* Choice.among(everyEdit(list, character, yield* Self.id))
        const element = edit._tag === "Delete" ? (list[edit.at] ?? "") : character
        const made = { name: character, past: applied.map(({ name }) => name).sort(), edit, element }
        const next = applyEdit(list, edit)
        yield* Observe.wrote(character)
        yield* Observe.applied(character)
        yield* Network.broadcast(Changed.make({ made }))
        yield* Observe.acknowledged(character)
        yield* Observe.note(edit._tag === "Delete" ? "deleted" : "inserted", { element })
        yield* Observe.read(next)
        return { list: next, applied: [...applied, made] }
      }),
      Changed: Effect.fnUntraced(function* ({ applied, list }, { made }) {
        const next = applyEdit(list, translate(made, applied, mutant))
        yield* Observe.applied(made.name)
        yield* Observe.note(made.edit._tag === "Delete" ? "deleted" : "inserted", { element: made.element })
        yield* Observe.read(next)
        return { list: next, applied: [...applied, made] }
      })
    },
    {
      guards: {
        Changed: ({ applied }, { made }) => made.past.every((past) => applied.some(({ name }) => name === past))
      }
    }
  )

/** The initial list: its characters are numbers, inserted ones are letters. */
export const initialList = (length: number): ReadonlyArray<string> =>
  Array.from({ length }, (_, index) => String(index + 1))

/** The list a peer shows. */
export const peerList = ({ list }: PeerState): ReadonlyArray<string> => list

/** The peers, all linked. */
export const peerTransformationModel = Model.make({
  name: "peer-transformation",
  about: "Operational transformation among peers, all-to-all, with no server to put edits in an order.",
  source: "Ressel, Nitsche-Ruhland and Gunzenhäuser 1996",
  parameters: {
    peers: Model.integer({ default: 3, least: 2, most: 4, about: "peers, all-to-all" }),
    edits: Model.integer({ default: 1, least: 1, most: 3, about: "edits of each peer" }),
    initial: Model.integer({ default: 1, least: 0, most: 4, about: "characters in the list from the start" }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "no-priority", "no-shift", "deletes-twice"],
      about: "how the transformation is faulty"
    })
  },
  system: ({ edits, mutant, initial, peers }) =>
    System.make("peer-transformation", {
      machine: transformingPeer(initialList(initial), mutant),
      topology: Topology.allToAll(peers),
      workload: Workload.script(
        Array.from({ length: peers }, (_, peer) =>
          Array.from({ length: edits }, (__, number) =>
            Change.make({ character: `${String.fromCharCode(97 + peer)}${edits === 1 ? "" : number + 1}` })
          )
        )
      )
    })
})
