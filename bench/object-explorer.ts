/**
 * The straightforward explorer that the benchmark compares with: states are objects, identity is a JSON string in a
 * Set, nothing is remembered but the states. What a first version does.
 */

/** A system as plain data: states that JSON can write, and a function to their successors. */
export interface PlainSystem<State> {
  readonly initial: State
  readonly successors: (state: State) => Iterable<State>
}

/** Explores a system; the numbers of distinct and generated states (initial one included), cut at `limit` states. */
export const exploreObjects = <State>({ initial, successors }: PlainSystem<State>, limit: number) => {
  const seen = new Set([JSON.stringify(initial)])
  let generated = 1
  let queue = [initial]
  while (queue.length > 0 && seen.size < limit) {
    const next: Array<State> = []
    for (const state of queue) {
      for (const successor of successors(state)) {
        generated++
        const key = JSON.stringify(successor)
        if (seen.has(key)) continue
        seen.add(key)
        next.push(successor)
      }
      if (seen.size >= limit) break
    }
    queue = next
  }
  return { distinct: seen.size, generated }
}
