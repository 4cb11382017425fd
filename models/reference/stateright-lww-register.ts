/**
 * A last-writer-wins register whose clocks are set by hand, as Stateright ships it as an example: a replica sets a
 * value, or moves its clock by one in either direction, for ever. A written value is sent to every replica, the writer
 * included.
 *
 * Source: Stateright, `examples/lww-register.rs`, with its network (unordered, nothing lost or duplicated): a replica
 * that has a register writes at the greater of its clock and one more than the last timestamp it used; the first write
 * takes the clock as it is, and does not record that it was used. So the second can have the first's timestamp, and of
 * two values with equal timestamp and writer the one that is merged last stays: replicas diverge.
 *
 * Its only bound is the depth of the search: Stateright's `check 2 8` ends at 8 states, which are 7 steps. Deviation:
 * the clocks start at 0 instead of 1000. Left out: Stateright's other way to run it, over UDP.
 */
import { Effect, Schema } from "effect"
import { Choice, WholeState } from "plait"

const Written = Schema.Struct({
  value: Schema.Literals(["A", "B", "C"]),
  timestamp: Schema.Int,
  writer: Schema.Natural
})
type Written = typeof Written.Type

const Replica = Schema.Struct({ register: Schema.NullOr(Written), clock: Schema.Int, used: Schema.Int })

/** The messages in flight on one link, in an order of its own: a multiset. */
const Link = Schema.Array(Written)

/** State that the property reads: each replica, and the messages in flight from i to j at place i · replicas + j. */
export interface HandSetClocks {
  readonly replica: ReadonlyArray<typeof Replica.Type>
  readonly link: ReadonlyArray<typeof Link.Type>
}

const compare = (left: Written, right: Written): number =>
  left.timestamp - right.timestamp ||
  left.writer - right.writer ||
  (left.value < right.value ? -1 : left.value > right.value ? 1 : 0)

/** The later of two by timestamp and writer; of equal ones the second. */
const merge = (held: Written, arriving: Written): Written =>
  held.timestamp > arriving.timestamp || (held.timestamp === arriving.timestamp && held.writer > arriving.writer)
    ? held
    : arriving

/**
 * The system of `replicas` replicas. With `notesFirst` the first write, too, records the timestamp that it used, so
 * that no two writes of a replica have the same.
 */
export const handSetClocks = (replicas: number, notesFirst = false) => {
  const ids = Array.from({ length: replicas }, (_, id) => id)
  const links = ids.flatMap((from) => ids.map((to) => ({ from, to })))
  return WholeState.make("hand-set-clocks", {
    variables: {
      replica: WholeState.family(replicas, Replica, { register: null, clock: 0, used: 0 }),
      link: WholeState.family(replicas * replicas, Link, [])
    },
    actions: ({ link, replica }) => ({
      set: WholeState.each(ids, (id) =>
        Effect.gen(function* () {
          const { clock, register, used } = yield* replica.at(id).get
          const value = yield* Choice.among(["A", "B", "C"] as const)
          const timestamp = register === null ? clock : Math.max(clock, used + 1)
          const written = { value, timestamp, writer: id }
          yield* replica
            .at(id)
            .set({ clock, register: written, used: register === null && !notesFirst ? used : timestamp })
          for (const to of ids) {
            const flying = link.at(id * replicas + to)
            yield* flying.set([...(yield* flying.get), written].sort(compare))
          }
        })
      ),
      setClock: WholeState.each(ids, (id) =>
        Effect.gen(function* () {
          const before = yield* replica.at(id).get
          yield* replica.at(id).set({ ...before, clock: before.clock + (yield* Choice.among([1, -1])) })
        })
      ),
      deliver: WholeState.each(links, ({ from, to }) =>
        Effect.gen(function* () {
          const flying = link.at(from * replicas + to)
          const all = yield* flying.get
          const different = all.filter((each, index) => index === 0 || compare(all[index - 1] ?? each, each) !== 0)
          yield* WholeState.when(different.length > 0)
          const arriving = yield* Choice.among(different)
          const { register, ...rest } = yield* replica.at(to).get
          yield* flying.set(all.toSpliced(all.indexOf(arriving), 1))
          yield* replica.at(to).set({ ...rest, register: register === null ? arriving : merge(register, arriving) })
        })
      )
    })
  })
}
