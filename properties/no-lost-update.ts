/**
 * Lost update: two clients read the same version, both replace it, and both get the answer that they succeeded; in the
 * end one of the replacements is gone. (Phenomenon P4 of Berenson et al. 1995; G-single of Adya 1999 in its simplest
 * form.)
 *
 * Costs: the reads of each session and the true past per node and message multiply states.
 */
import { Equal } from "effect"
import {
  type AtQuiescence,
  type Key,
  type NodesView,
  type Observation,
  Observer,
  Property,
  type WriteName
} from "plait"
import { sessionOf } from "./history/History.ts"

/** A write with the last read of the key in its session. */
interface Update {
  readonly write: WriteName
  readonly session: string
  readonly key: Key
  readonly replaced: ReadonlyArray<WriteName>
}

interface Updates {
  /** The last read of each session, by session and key. */
  readonly read: { readonly [sessionAndKey: string]: ReadonlyArray<WriteName> }
  readonly updates: { readonly [write: WriteName]: Update }
  readonly acknowledged: ReadonlyArray<WriteName>
  readonly pasts: { readonly [write: WriteName]: ReadonlyArray<WriteName> }
}

const place = (id: string, key: Key): string => `${sessionOf(id)} ${key}`

/** The state after a write, which ends the validity of its session's read of the key. */
const withWrite = (before: Updates, id: string, key: Key, write: WriteName): Updates => {
  const { [place(id, key)]: replaced, ...read } = before.read
  if (replaced === undefined) return before
  const update = { write, session: sessionOf(id), key, replaced }
  return { ...before, read, updates: { ...before.updates, [write]: update } }
}

const readModifyWrites = Observer.make("read-modify-writes", {
  initial: { read: {}, updates: {}, acknowledged: [], pasts: {} } as Updates,
  observe: (before, seen: Observation): Updates => {
    if (seen.kind === "wrote") {
      const after = { ...before, pasts: { ...before.pasts, [seen.write]: seen.past } }
      return seen.id === null ? after : withWrite(after, seen.id, seen.key, seen.write)
    }
    if (!("id" in seen) || seen.id === null) return before
    if (seen.kind === "acknowledged") return { ...before, acknowledged: [...before.acknowledged, seen.write].sort() }
    if (seen.kind !== "read") return before
    return { ...before, read: { ...before.read, [place(seen.id, seen.key)]: [...seen.writes].sort() } }
  },
  causal: true
})

/** Pairs of acknowledged updates by different sessions that replaced the same version of a key, each pair both ways. */
const rivals = ({ acknowledged, updates }: Updates): ReadonlyArray<readonly [Update, Update]> => {
  const list = acknowledged.flatMap((write) => updates[write] ?? [])
  return list.flatMap((one) =>
    list
      .filter(({ key, session }) => session !== one.session && key === one.key)
      .filter(({ replaced }) => Equal.equals(replaced, one.replaced))
      .map((other) => [one, other] as const)
  )
}

const sentence = ([one, other]: readonly [Update, Update]): string => {
  const version = one.replaced.length === 0 ? "the initial value" : one.replaced.join(", ")
  const both = `${one.session} wrote ${one.write} and ${other.session} wrote ${other.write}`
  return `${both}, each in place of ${version}; both were acknowledged, and not both are left.`
}

/**
 * In quiescent states neither of two acknowledged updates of the same version is gone.
 *
 * **Details** r₁ so w₁ and r₂ so w₂ in different sessions, r₁ and r₂ of one key returned the same, w₁ and w₂
 * acknowledged ⇒ each of w₁, w₂ survives at some node that is up, or a write that followed from it does. Linearizable
 * registers do not prevent it; siblings, a merge, or compare-and-set do. Observes reads, `wrote` and `acknowledged`
 * with the true past.
 */
export const noLostUpdate = <State>(options: {
  /** The writes whose values a node holds. */
  readonly survivors: (state: State) => ReadonlyArray<WriteName>
}): AtQuiescence<NodesView<State>> => {
  const gone = (view: NodesView<State>, seen: Updates) => {
    const left = view.nodes.filter(({ up }) => up).flatMap(({ state }) => options.survivors(state))
    const survives = ({ write }: Update) => left.some((other) => other === write || seen.pasts[other]?.includes(write))
    return rivals(seen).filter((pair) => !pair.every(survives))
  }
  return Property.atQuiescence<NodesView<State>, Updates>("no update is lost", {
    observer: readModifyWrites,
    premise: (_view, seen) => rivals(seen).length > 0,
    holds: (view, seen) => gone(view, seen).length === 0,
    explain: (view, seen) => gone(view, seen).map(sentence).slice(0, 1).join()
  })
}
