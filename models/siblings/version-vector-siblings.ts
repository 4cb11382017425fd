/**
 * Multi-leader replicas of one key that detect conflicts with version vectors: versions that dominate replace others;
 * concurrent versions stay side by side as siblings until a later write, which follows from all it sees, replaces them.
 *
 * Source: Parker et al., "Detection of Mutual Inconsistency in Distributed Systems" (1983). `forgets` and `not-strict`
 * are mutants: a write that does not increment its replica's entry, and ≥ instead of >, so that a version that arrives
 * twice seems to replace itself. Left out: clients with contexts of their own (dvv.ts).
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, Observe, type Ordering, Self, System, Topology, Workload } from "plait"

const Version = Schema.Struct({ write: Schema.String, vector: Schema.Array(Schema.Natural) })
type Version = typeof Version.Type
type Vector = Version["vector"]

/** Writes a value in place of all the values that the replica shows. */
export const Put = Schema.TaggedStruct("Put", { write: Schema.String })

/** Brings a version to another replica. */
export const Replicate = Schema.TaggedStruct("Replicate", { version: Version })

/** A replica: its versions, sorted by write. */
export interface SiblingsState {
  readonly siblings: ReadonlyArray<Version>
}

/** Mutants of keeping and comparing vectors. */
export type VectorMutant = "none" | "forgets" | "not-strict"

const covers = (left: Vector, right: Vector): boolean => right.every((count, place) => (left[place] ?? 0) >= count)

const compare = (left: Vector, right: Vector, mutant: VectorMutant): Ordering => {
  const after = covers(left, right)
  const before = covers(right, left)
  if (after && before) return mutant === "not-strict" ? "after" : "equal"
  if (after) return "after"
  return before ? "before" : "concurrent"
}

const declared = Machine.make("version-vector-siblings", {
  state: Schema.Struct({ siblings: Schema.Array(Version) }),
  operations: [Put],
  messages: [Replicate],
  initial: (): SiblingsState => ({ siblings: [] })
})

/** Compares a version with all others of the replica: those it dominates go, and it stays unless another covers it. */
const meet = (kept: ReadonlyArray<Version>, incoming: Version, mutant: VectorMutant) =>
  Effect.gen(function* () {
    const verdicts = kept.map(({ vector }) => compare(incoming.vector, vector, mutant))
    for (const [place, { write }] of kept.entries()) {
      yield* Observe.compared(incoming.write, write, verdicts[place] ?? "concurrent")
    }
    yield* Observe.applied(incoming.write)
    const covered = verdicts.some((verdict) => verdict === "before" || verdict === "equal")
    const left = kept.filter((_, place) => verdicts[place] !== "after")
    const siblings = covered ? left : [...left, incoming]
    return { siblings: siblings.toSorted((a, b) => (a.write < b.write ? -1 : 1)) }
  })

/** A replica among `replicas`, correct or mutated. */
export const siblingReplica = (replicas: number, mutant: VectorMutant) =>
  declared.handlers({
    Put: Effect.fnUntraced(function* ({ siblings }, { write }) {
      const self = yield* Self.id
      const vector = Array.from({ length: replicas }, (_, place) => {
        const seen = Math.max(0, ...siblings.map((sibling) => sibling.vector[place] ?? 0))
        return place === self && mutant !== "forgets" ? seen + 1 : seen
      })
      yield* Observe.wrote(write)
      const next = yield* meet(siblings, { write, vector }, mutant)
      yield* Network.broadcast(Replicate.make({ version: { write, vector } }))
      yield* Observe.acknowledged(write)
      return next
    }),
    Replicate: ({ siblings }, { version }) => meet(siblings, version, mutant)
  })

/** The writes a client can read at a replica. */
export const siblingWrites = ({ siblings }: SiblingsState): ReadonlyArray<string> => siblings.map(({ write }) => write)

/** The replicas; each writes a number of times, its writes named by replica and number. */
export const siblingsModel = Model.make({
  name: "version-vector-siblings",
  about: "Multi-leader replicas that keep concurrent versions of a key side by side, told apart by version vectors.",
  source: "Parker et al. 1983",
  parameters: {
    replicas: Model.integer({ default: 2, least: 2, most: 3, about: "replicas, all linked to each other" }),
    writes: Model.integer({ default: 2, least: 1, most: 3, about: "writes at each replica" }),
    duplicate: Model.integer({ default: 0, least: 0, most: 2, about: "messages that may be delivered once more" }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "forgets", "not-strict"],
      about: "a write does not increment its entry, or equal vectors count as later"
    })
  },
  system: ({ duplicate, mutant, replicas, writes }) =>
    System.make("version-vector-siblings", {
      machine: siblingReplica(replicas, mutant),
      topology: Topology.allToAll(replicas),
      network: Network.unordered({ duplicate }),
      workload: Workload.script(
        Array.from({ length: replicas }, (_, replica) =>
          Array.from({ length: writes }, (__, number) => Put.make({ write: `r${replica}w${number + 1}` }))
        )
      )
    })
})
