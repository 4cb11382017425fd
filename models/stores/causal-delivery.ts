/**
 * Causal broadcast: a message waits until all messages that its sender had delivered before sending it are delivered.
 *
 * Source: Birman, Schiper, Stephenson, "Lightweight causal and atomic group multicast" (1991), the vector protocol for
 * one group; pure functions, for any machine that numbers its broadcasts.
 */

/** The parts of a message that decide its delivery. */
export interface Stamped {
  readonly origin: number
  /** Broadcasts delivered at the origin, per node, this one included. */
  readonly vector: ReadonlyArray<number>
}

/** Broadcasts delivered so far, per node. */
export type Delivered = ReadonlyArray<number>

/** The vector after one more broadcast of a node. */
export const counted = (delivered: Delivered, origin: number): Delivered =>
  delivered.map((count, node) => (node === origin ? count + 1 : count))

/** True if a message is the next of its origin and no earlier one is missing. */
export const isDeliverable = (delivered: Delivered, { origin, vector }: Stamped): boolean =>
  vector.every((count, node) =>
    node === origin ? count === (delivered[node] ?? 0) + 1 : count <= (delivered[node] ?? 0)
  )

/**
 * The waiting messages that can be delivered now, in order; with the deliveries after them and those that still wait.
 */
export const release = <M extends Stamped>(
  delivered: Delivered,
  waiting: ReadonlyArray<M>
): { readonly ready: ReadonlyArray<M>; readonly delivered: Delivered; readonly waiting: ReadonlyArray<M> } => {
  const next = waiting.find((message) => isDeliverable(delivered, message))
  if (next === undefined) return { ready: [], delivered, waiting }
  const rest = release(
    counted(delivered, next.origin),
    waiting.filter((message) => message !== next)
  )
  return { ...rest, ready: [next, ...rest.ready] }
}
