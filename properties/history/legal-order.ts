/**
 * Whether the answers that clients got can be explained by one order of their operations, executed one at a time: the
 * search of Wing and Gong (1993) with Lowe's memo of states already tried (2017).
 *
 * Cost: exponential in the number of concurrent operations in the worst case; histories here are those of a bounded run.
 */

/** An object that executes one operation at a time. */
export interface Specification<Object, Operation> {
  readonly initial: Object
  /** The object after the operation, or nothing if the operation could not have had its answer. */
  readonly step: (object: Object, operation: Operation) => { readonly next: Object } | undefined
  /** A text that tells objects apart. */
  readonly key: (object: Object) => string
}

/** Most operations of one history: a set of them is the bits of an integer. */
const MOST = 30

/**
 * An order of the operations that explains all answers, as indices; nothing if there is none.
 *
 * **Details** `precedes(i, j)`: operation i must come before operation j. An operation that is not `required` (it was
 * never answered) may be left out. Throws `RangeError` for more than 30 operations.
 */
export const legalOrder = <Object, Operation>(
  operations: ReadonlyArray<Operation>,
  options: {
    readonly specification: Specification<Object, Operation>
    readonly precedes: (earlier: number, later: number) => boolean
    readonly required: (index: number) => boolean
  }
): ReadonlyArray<number> | undefined => {
  const { precedes, required, specification } = options
  if (operations.length > MOST) throw new RangeError(`a history of ${operations.length} operations; at most ${MOST}`)
  const indices = operations.map((_, index) => index)
  const related = (index: number, is: (other: number) => boolean) =>
    bits(indices.filter((other) => other !== index && is(other)))
  const before = indices.map((later) => related(later, (earlier) => precedes(earlier, later)))
  const behind = indices.map((earlier) => related(earlier, (later) => precedes(earlier, later)))
  const goal = bits(indices.filter(required))
  const tried = new Set<string>()

  const search = (done: number, object: Object, order: ReadonlyArray<number>): ReadonlyArray<number> | undefined => {
    if ((done & goal) === goal) return order
    const key = `${done} ${specification.key(object)}`
    if (tried.has(key)) return undefined
    tried.add(key)
    for (const index of indices) {
      const operation = operations[index]
      // What precedes it and may be left out does not hold it back (it never happened), but cannot come afterwards.
      const waits = ((before[index] ?? 0) & goal & ~done) !== 0 || ((behind[index] ?? 0) & done) !== 0
      if (operation === undefined || (done >> index) & 1 || waits) continue
      const after = specification.step(object, operation)
      const found = after === undefined ? undefined : search(done | (1 << index), after.next, [...order, index])
      if (found !== undefined) return found
    }
    return undefined
  }
  return search(0, specification.initial, [])
}

const bits = (indices: ReadonlyArray<number>): number => indices.reduce((set, index) => set | (1 << index), 0)
