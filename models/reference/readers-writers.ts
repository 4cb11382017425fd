/**
 * Readers and writers that are served in the order of their requests.
 *
 * Source: ReadersWriters.tla of the TLA+ Examples (ReadersWriters), with its fairness. `reads-beside-writers` is a
 * mutant that lets the next one read while another writes.
 */
import { Effect, Schema } from "effect"
import { Model, WholeState } from "plait"

const Request = Schema.Struct({ actor: Schema.Int, writes: Schema.Boolean })

const readersWriters = (actors: number, mutant: "none" | "reads-beside-writers") => {
  const all = Array.from({ length: actors }, (_, actor) => actor)
  return WholeState.make("readers-writers", {
    variables: {
      reads: WholeState.family(actors, Schema.Boolean, false),
      writes: WholeState.family(actors, Schema.Boolean, false),
      waiting: WholeState.variable(Schema.Array(Request), [])
    },
    actions: ({ reads, waiting, writes }) => {
      const asks = (isWriter: boolean) =>
        WholeState.each(
          all,
          Effect.fnUntraced(function* (actor) {
            const queue = yield* waiting.get
            yield* WholeState.when(!queue.some((each) => each.actor === actor && each.writes === isWriter))
            yield* waiting.set([...queue, { actor, writes: isWriter }])
          })
        )
      const none = Effect.fnUntraced(function* (family: typeof reads) {
        for (const actor of all) yield* WholeState.when(!(yield* family.at(actor).get))
      })
      return {
        asksToRead: asks(false),
        asksToWrite: asks(true),
        begins: WholeState.action(
          Effect.gen(function* () {
            const [next, ...rest] = yield* waiting.get
            if (next === undefined) return yield* WholeState.when(false)
            if (mutant === "none" || next.writes) yield* none(writes)
            if (next.writes) yield* none(reads)
            yield* (next.writes ? writes : reads).at(next.actor).set(true)
            yield* waiting.set(rest)
          })
        ),
        stops: WholeState.each(
          all,
          Effect.fnUntraced(function* (actor) {
            const [isReading, isWriting] = [yield* reads.at(actor).get, yield* writes.at(actor).get]
            yield* WholeState.when(isReading || isWriting)
            yield* (isReading ? reads : writes).at(actor).set(false)
          })
        )
      }
    }
  })
}

/** Readers and writers. */
export const readersWritersModel = Model.make({
  name: "readers-writers",
  about: "Readers and writers that are served in the order in which they asked.",
  source: "TLA+ Examples, ReadersWriters/ReadersWriters.tla",
  parameters: {
    actors: Model.integer({ default: 3, least: 1, most: 4, about: "actors" }),
    mutant: Model.mutants({ default: "none", values: ["none", "reads-beside-writers"], about: "what is wrong with it" })
  },
  system: ({ actors, mutant }) => readersWriters(actors, mutant)
})
