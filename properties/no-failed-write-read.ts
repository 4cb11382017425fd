/**
 * A write stays without effect after its client got the answer that it failed: many users expect this of an error, and
 * few stores promise it.
 *
 * Source: Kleppmann, Designing Data-Intensive Applications (2017), chapter 5, "Limitations of quorum consistency": a
 * write that succeeded on fewer than w replicas is not rolled back there, and later reads may or may not return it.
 *
 * Costs: the names of the writes that failed are added to the state.
 */
import { type Monitor, Observer, Property, type WriteName } from "plait"

interface Failures {
  /** The write of each operation, by the operation's name. */
  readonly writes: { readonly [operation: string]: WriteName }
  readonly failed: ReadonlyArray<WriteName>
  /** A failed write that was read after its failure. */
  readonly read: WriteName | null
}

const failures = Observer.make("writes reported failed, and whether one was read", {
  initial: { writes: {}, failed: [], read: null } as Failures,
  observe: (before, seen): Failures => {
    if (!("id" in seen) || seen.id === null) return before
    if (seen.kind === "wrote") return { ...before, writes: { ...before.writes, [seen.id]: seen.write } }
    if (seen.kind === "read") {
      return { ...before, read: before.read ?? seen.writes.find((write) => before.failed.includes(write)) ?? null }
    }
    const write = seen.kind === "rejected" ? before.writes[seen.id] : undefined
    return write === undefined ? before : { ...before, failed: [...before.failed, write].sort() }
  }
})

/**
 * No read returns a write after its client got the answer that it failed.
 *
 * **Details** rejected(w) before read r is answered ⇒ r does not return w. Premise: a write was reported failed.
 * Observes `wrote`, `rejected` and reads.
 */
export const noFailedWriteIsRead: Monitor<unknown> = Property.monitor<Failures>(
  "no read returns a write that was reported failed",
  {
    observer: failures,
    premise: ({ failed }) => failed.length > 0,
    rejects: ({ read }) =>
      read === null ? undefined : `A read returned ${read}, whose client had been told that it failed.`
  }
)
