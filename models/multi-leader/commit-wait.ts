/**
 * Last write wins with commit wait: a replica stamps a write by its clock, whose greatest difference from any other it
 * knows, and neither shows nor acknowledges the write before every clock has passed the timestamp. So a write that
 * begins after the acknowledgement has the greater timestamp, even if no message connects the two.
 *
 * TrueTime gives an interval that holds the real time. A clock here is ahead of real time by 0 to `skew`, so the
 * interval is from `shown - skew` to `shown`: the timestamp is its end, and the wait is over once its start is greater.
 *
 * Source: Corbett et al., "Spanner: Google's Globally-Distributed Database" (OSDI 2012), sections 3 and 4.1.2.
 * Deviations: there each datum has one leader, which locks; here any replica takes writes, as the clock alone is under
 * test. One write waits at a time. Mutants: `none` does not wait, `short` ends the wait one tick early, when the
 * timestamp may still be met again, and showing `at-once` passes the write on before the wait is over, so that a write
 * that follows from it can be stamped too low. Left out: reads at a timestamp, transactions, crashes.
 */
import { Effect, Schema } from "effect"
import { Clocks, LocalClock, Machine, Model, Network, Observe, Self, System, Timer, Topology, Workload } from "plait"

/** Writes a value. */
export const Put = Schema.TaggedStruct("Put", { write: Schema.String })

const Version = Schema.Struct({ write: Schema.String, timestamp: Schema.Int, writer: Schema.Natural })
type Version = typeof Version.Type

/** Brings a version to another replica. */
export const Replicate = Schema.TaggedStruct("Replicate", { version: Version })

const Waiting = Schema.Struct({ version: Version, operation: Schema.String })

/** A replica: the version it shows, and its own write whose wait is not over, with the operation to answer. */
export interface CommitWaitState {
  readonly held: Version | null
  readonly waiting: typeof Waiting.Type | null
}

/** Delay of an answer, from none to the time at which every clock has passed the timestamp. */
export type Wait = "none" | "short" | "full"

/** Time at which a write is shown: after its wait, or at once. */
export type Shows = "after-wait" | "at-once"

/** The later of two versions; the higher replica wins a tie. */
const later = (held: Version | null, version: Version): Version =>
  held === null ||
  version.timestamp > held.timestamp ||
  (version.timestamp === held.timestamp && version.writer > held.writer)
    ? version
    : held

const declared = Machine.make("commit-wait", {
  state: Schema.Struct({ held: Schema.NullOr(Version), waiting: Schema.NullOr(Waiting) }),
  operations: [Put],
  messages: [Replicate],
  initial: (): CommitWaitState => ({ held: null, waiting: null })
})

/** A replica that knows the greatest difference of clocks. */
export const commitWaitReplica = (skew: number, wait: Wait, shows: Shows) => {
  const isOver = (timestamp: number, now: number): boolean =>
    wait === "none" || (wait === "short" ? now - skew >= timestamp : now - skew > timestamp)
  const show = Effect.fnUntraced(function* (held: Version | null, version: Version) {
    yield* Observe.applied(version.write)
    yield* Network.broadcast(Replicate.make({ version }))
    return later(held, version)
  })
  const settle = Effect.fnUntraced(function* (state: CommitWaitState, now: number) {
    if (state.waiting === null) return state
    if (!isOver(state.waiting.version.timestamp, now)) {
      yield* Timer.set("the wait may be over")
      return state
    }
    const { operation, version } = state.waiting
    const held = shows === "at-once" ? state.held : yield* show(state.held, version)
    yield* Observe.acknowledged(version.write, { operation })
    return { held, waiting: null }
  })
  return declared.handlers(
    {
      Put: Effect.fnUntraced(function* (state, { write }) {
        const timestamp = yield* LocalClock.now
        const version = { write, timestamp, writer: yield* Self.id }
        yield* Observe.wrote(write)
        const held = shows === "at-once" ? yield* show(state.held, version) : state.held
        return yield* settle({ held, waiting: { version, operation: yield* Self.operation } }, timestamp)
      }),
      Replicate: Effect.fnUntraced(function* (state, { version }) {
        yield* Observe.applied(version.write)
        return { ...state, held: later(state.held, version) }
      })
    },
    {
      guards: { Put: ({ waiting }) => waiting === null },
      timeouts: {
        "the wait may be over": Effect.fnUntraced(function* (state) {
          return yield* settle(state, yield* LocalClock.now)
        })
      }
    }
  )
}

/** The write a replica shows. */
export const commitWaitShown = ({ held }: CommitWaitState): ReadonlyArray<string> => (held === null ? [] : [held.write])

/** Two replicas with one write each, at any moment. */
export const commitWaitModel = Model.make({
  name: "commit-wait",
  about: "Last write wins by clocks of bounded skew, acknowledged once every clock has passed the timestamp.",
  source: "Corbett et al. 2012 (Spanner), section 4.1.2",
  parameters: {
    skew: Model.integer({ default: 1, least: 0, most: 3, about: "most by which two clocks differ; a message takes 1" }),
    wait: Model.choice({
      default: "full",
      values: ["none", "short", "full"],
      about: "how long an answer is held back"
    }),
    shows: Model.choice({
      default: "after-wait",
      values: ["after-wait", "at-once"],
      about: "whether a write is shown before its wait is over"
    })
  },
  system: ({ shows, skew, wait }) =>
    System.make("commit-wait", {
      machine: commitWaitReplica(skew, wait, shows),
      topology: Topology.allToAll(2),
      // The horizon has room for two waits one after the other.
      clocks: Clocks.skewed({ skew, latency: 1, horizon: 2 * skew + 3 }),
      workload: Workload.script([[Put.make({ write: "first" })], [Put.make({ write: "second" })]])
    })
})
