/**
 * Search for one order of operations, executed one at a time, that explains the answers that clients got: the search of
 * Wing and Gong (1993) with Lowe's memo of states already tried (2017).
 *
 * Cost: exponential in the number of concurrent operations in the worst case; histories here are those of a bounded
 * run.
 */

/** An object that executes one operation at a time. */
export interface Specification<Object, Operation> {
  readonly initial: Object
  /** The object after the operation, or `undefined` if the operation could not have had its answer. */
  readonly step: (object: Object, operation: Operation) => { readonly next: Object } | undefined
  /** A text that is different for different objects. */
  readonly key: (object: Object) => string
}

/** Most operations of one history: a set of them is the bits of an integer. */
const MOST = 30

/** The operations for which a condition is true, as a set of bits. */
const bits = <Operation>(operations: ReadonlyArray<Operation>, is: (operation: Operation) => boolean): number =>
  operations.reduce((set, operation, index) => (is(operation) ? set | (1 << index) : set), 0)

/**
 * An order of the operations that explains all answers; `undefined` if there is none.
 *
 * **Details** `precedes(a, b)`: a must come before b; never true for an operation and itself. An operation that is not
 * `required` (it was never answered) may be left out. No set of executed operations is tried twice with equal objects.
 * Throws `RangeError` for more than 30 operations.
 */
export const legalOrder = <Object, Operation>(
  operations: ReadonlyArray<Operation>,
  options: {
    readonly specification: Specification<Object, Operation>
    readonly precedes: (earlier: Operation, later: Operation) => boolean
    readonly required: (operation: Operation) => boolean
  }
): ReadonlyArray<Operation> | undefined => {
  const { precedes, required, specification } = options
  if (operations.length > MOST) throw new RangeError(`a history of ${operations.length} operations; at most ${MOST}`)
  const candidates = operations.map((operation, index) => ({
    operation,
    bit: 1 << index,
    before: bits(operations, (other) => precedes(other, operation)),
    behind: bits(operations, (other) => precedes(operation, other))
  }))
  const goal = bits(operations, required)
  const tried = new Set<string>()

  const search = (
    done: number,
    object: Object,
    order: ReadonlyArray<Operation>
  ): ReadonlyArray<Operation> | undefined => {
    if ((done & goal) === goal) return order
    const key = `${done} ${specification.key(object)}`
    if (tried.has(key)) return undefined
    tried.add(key)
    for (const { before, behind, bit, operation } of candidates) {
      // A predecessor that may be left out does not delay it (it never happened), but cannot come afterwards.
      const waits = (before & goal & ~done) !== 0 || (behind & done) !== 0
      if (waits || (done & bit) !== 0) continue
      const after = specification.step(object, operation)
      const found = after && search(done | bit, after.next, [...order, operation])
      if (found !== undefined) return found
    }
    return undefined
  }
  return search(0, specification.initial, [])
}
