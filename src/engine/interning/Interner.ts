/**
 * Interning: equal values get the same small integer. The whole value counts: two values share an id exactly when their
 * canonical keys are equal.
 */
import { canonicalCopy, canonicalKey, rememberKey } from "./Canonical.ts"
import { HashLanes, hashText, HIGH_SEED, LOW_SEED } from "./ContentHash.ts"

/** Interned plain values: dense ids from 0, and for each id the canonical frozen value, its key and its hash. */
export class Interner {
  readonly values: Array<unknown> = []
  readonly keys: Array<string> = []
  readonly hashes = new HashLanes()
  private readonly ids = new Map<string, number>()
  private readonly idsOfCopies = new WeakMap<object, number>()
  private readonly admit: (value: unknown) => void

  /** Creates an interner. `admit` is called once with each new value and throws to refuse it. */
  constructor(admit: (value: unknown) => void = () => {}) {
    this.admit = admit
  }

  /** The id of a value, new or existing. */
  intern(value: unknown): number {
    if (typeof value === "object" && value !== null) {
      const existing = this.idsOfCopies.get(value)
      if (existing !== undefined) return existing
    }
    const key = canonicalKey(value)
    const existing = this.ids.get(key)
    if (existing !== undefined) return existing
    const copy = canonicalCopy(value)
    this.admit(copy)
    const id = this.values.length
    this.values.push(copy)
    this.keys.push(key)
    this.ids.set(key, id)
    this.hashes.set(id, hashText(key, LOW_SEED), hashText(key, HIGH_SEED))
    if (typeof copy === "object" && copy !== null) {
      this.idsOfCopies.set(copy, id)
      rememberKey(copy, key)
    }
    return id
  }
}
