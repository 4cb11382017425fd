/** State of a node of a single-leader store, and the messages between such nodes: a log of writes, and the leader. */
import { Schema } from "effect"

/** A write in the log. */
export const LogEntry = Schema.Struct({ key: Schema.String, write: Schema.String })

const Log = Schema.Array(LogEntry)

/** A client's operation at a node that does not lead, passed on to the leader; without a write it is a read. */
export const Forward = Schema.TaggedStruct("Forward", {
  operation: Schema.String,
  key: Schema.String,
  write: Schema.NullOr(Schema.String)
})

/** Brings the write at a place of the log, from 0, to a follower. */
export const Append = Schema.TaggedStruct("Append", { epoch: Schema.Natural, index: Schema.Natural, entry: LogEntry })

/** Confirms to a leader that a follower has a write. */
export const Appended = Schema.TaggedStruct("Appended", { write: Schema.String })

/** Requests the logs of others for a follower that wants to lead, and that they follow no earlier epoch from now on. */
export const Fence = Schema.TaggedStruct("Fence", { epoch: Schema.Natural })

/** The answer: this node's log. */
export const Fenced = Schema.TaggedStruct("Fenced", { epoch: Schema.Natural, log: Log })

/** Announces a new leader, with its log. */
export const NewLeader = Schema.TaggedStruct("NewLeader", { epoch: Schema.Natural, log: Log })

/** A node: its epoch, the leader it knows in it, its log, and at a leader the operations that wait for a follower. */
export const LogState = Schema.Struct({
  epoch: Schema.Natural,
  leader: Schema.NullOr(Schema.Natural),
  log: Log,
  waiting: Schema.Array(Schema.Struct({ operation: Schema.String, write: Schema.String }))
})

/** A node of the store. */
export type LogState = typeof LogState.Type

/** The write that is a key's value at a node. */
export const valueOf = ({ log }: LogState, key: string): ReadonlyArray<string> => {
  const last = log.findLast((entry) => entry.key === key)
  return last === undefined ? [] : [last.write]
}

/** The writes that are the values of the keys at a node. */
export const logValues = (state: LogState): ReadonlyArray<string> =>
  [...new Set(state.log.map(({ key }) => key))].toSorted().flatMap((key) => valueOf(state, key))

/** All writes in a node's log, in order. */
export const logWrites = ({ log }: LogState): ReadonlyArray<string> => log.map(({ write }) => write)
