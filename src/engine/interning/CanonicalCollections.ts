/**
 * Sets and maps of a state: immutable, with lookup of objects by content.
 *
 * A handler's `has({ a: 1 })` finds the element that equals it. A native set compares objects by identity and would
 * return false, since every state holds copies. `get` and the algebra of sets (`union`, `isSubsetOf` …) find objects by
 * content likewise. Primitives are looked up as in any other set.
 *
 * **Gotchas** A set that a handler makes itself, such as `new Set([...state.seen])`, is a native one: its `has`
 * compares objects by identity. Use the state's set, or store strings.
 *
 * They are sets and maps for `instanceof`, `structuredClone` and inspection, so their native slots are filled too. All
 * their methods read a second, private set: `Set.prototype.add.call(set, x)` cannot be refused, and has no visible
 * effect.
 */

/** Canonical key of an object; throws for a value that is not plain data. */
type KeyOf = (value: object) => string

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null

const refuseMutation = (): never => {
  throw new TypeError("Cannot add to or delete from a set or map that belongs to the state")
}

/** Objects among some values, by their keys. */
const byKey = <A>(values: Iterable<A>, keyOf: KeyOf): ReadonlyMap<string, A> => {
  const found = new Map<string, A>()
  for (const value of values) if (isObject(value)) found.set(keyOf(value), value)
  return found
}

/** Another set or map as a set that finds objects by content; each object once. */
const keysOf = (other: ReadonlySetLike<unknown>, keyOf: KeyOf): CanonicalSet<unknown> => {
  const elements = [...new Set(iterated(other.keys()))]
  const objects = byKey(elements, keyOf)
  return new CanonicalSet([...elements.filter((element) => !isObject(element)), ...objects.values()], keyOf)
}

const iterated = <A>(iterator: Iterator<A>): Iterable<A> => ({ [Symbol.iterator]: () => iterator })

/** A set of a state. Its elements are canonical copies, each once. */
export class CanonicalSet<A> extends Set<A> {
  readonly #elements: Set<A>
  readonly #keyOf: KeyOf
  #objects: ReadonlyMap<string, A> | undefined

  constructor(elements: ReadonlyArray<A>, keyOf: KeyOf) {
    super()
    this.#elements = new Set(elements)
    this.#keyOf = keyOf
    for (const element of elements) super.add(element)
    Object.freeze(this)
  }

  /** True if this constructor made the object; a prototype can be borrowed. */
  static isOne(value: object): value is CanonicalSet<unknown> {
    return #elements in value
  }

  /** Elements that are objects, by their keys; built at the first lookup of an object. */
  get #byKey(): ReadonlyMap<string, A> {
    return (this.#objects ??= byKey(this.#elements, this.#keyOf))
  }

  override get size(): number {
    return this.#elements.size
  }
  override has(value: A): boolean {
    if (this.#elements.has(value)) return true
    return isObject(value) && this.#byKey.size > 0 && this.#byKey.has(this.#keyOf(value))
  }
  override values(): SetIterator<A> {
    return this.#elements.values()
  }
  override keys(): SetIterator<A> {
    return this.#elements.values()
  }
  override entries(): SetIterator<[A, A]> {
    return this.#elements.entries()
  }
  override [Symbol.iterator](): SetIterator<A> {
    return this.#elements.values()
  }
  override forEach(callback: (value: A, key: A, set: Set<A>) => void, thisArg?: unknown): void {
    for (const element of this.#elements) callback.call(thisArg, element, element, this)
  }

  override union<B>(other: ReadonlySetLike<B>): Set<A | B> {
    const that = keysOf(other, this.#keyOf) as Set<B>
    return new Set([...this.#elements, ...[...that].filter((element) => !this.has(element as never))])
  }
  override intersection<B>(other: ReadonlySetLike<B>): Set<A & B> {
    const that = keysOf(other, this.#keyOf)
    return new Set([...this.#elements].filter((element) => that.has(element))) as Set<A & B>
  }
  override difference<B>(other: ReadonlySetLike<B>): Set<A> {
    const that = keysOf(other, this.#keyOf)
    return new Set([...this.#elements].filter((element) => !that.has(element)))
  }
  override symmetricDifference<B>(other: ReadonlySetLike<B>): Set<A | B> {
    const that = keysOf(other, this.#keyOf) as Set<B>
    return new Set([...this.difference(other), ...[...that].filter((element) => !this.has(element as never))])
  }
  override isSubsetOf(other: ReadonlySetLike<unknown>): boolean {
    const that = keysOf(other, this.#keyOf)
    return [...this.#elements].every((element) => that.has(element))
  }
  override isSupersetOf(other: ReadonlySetLike<unknown>): boolean {
    return [...keysOf(other, this.#keyOf)].every((element) => this.has(element as never))
  }
  override isDisjointFrom(other: ReadonlySetLike<unknown>): boolean {
    const that = keysOf(other, this.#keyOf)
    return ![...this.#elements].some((element) => that.has(element))
  }
}

/** A map of a state. Its keys and values are canonical copies, each key once. */
export class CanonicalMap<K, V> extends Map<K, V> {
  readonly #entries: Map<K, V>
  readonly #keyOf: KeyOf
  #objects: ReadonlyMap<string, K> | undefined

  constructor(entries: ReadonlyArray<readonly [K, V]>, keyOf: KeyOf) {
    super()
    this.#entries = new Map(entries)
    this.#keyOf = keyOf
    for (const [key, value] of entries) super.set(key, value)
    Object.freeze(this)
  }

  /** True if this constructor made the object; a prototype can be borrowed. */
  static isOne(value: object): value is CanonicalMap<unknown, unknown> {
    return #entries in value
  }

  /** The map's own object for an equal key. */
  #own(key: K): K {
    if (!isObject(key) || this.#entries.has(key)) return key
    this.#objects ??= byKey(this.#entries.keys(), this.#keyOf)
    return this.#objects.size === 0 ? key : (this.#objects.get(this.#keyOf(key)) ?? key)
  }

  override get size(): number {
    return this.#entries.size
  }
  override has(key: K): boolean {
    return this.#entries.has(this.#own(key))
  }
  override get(key: K): V | undefined {
    return this.#entries.get(this.#own(key))
  }
  override values(): MapIterator<V> {
    return this.#entries.values()
  }
  override keys(): MapIterator<K> {
    return this.#entries.keys()
  }
  override entries(): MapIterator<[K, V]> {
    return this.#entries.entries()
  }
  override [Symbol.iterator](): MapIterator<[K, V]> {
    return this.#entries.entries()
  }
  override forEach(callback: (value: V, key: K, map: Map<K, V>) => void, thisArg?: unknown): void {
    for (const [key, value] of this.#entries) callback.call(thisArg, value, key, this)
  }
}

/**
 * Refuses every method that is not overridden above, of any edition of the language, and takes the native's
 * constructor.
 */
const closed = (own: object, native: { readonly prototype: object }): void => {
  for (const name of Object.getOwnPropertyNames(native.prototype)) {
    if (!Object.hasOwn(own, name)) Object.defineProperty(own, name, { value: refuseMutation })
  }
  Object.defineProperty(own, "constructor", { value: native })
  Object.freeze(own)
}

closed(CanonicalSet.prototype, Set)
closed(CanonicalMap.prototype, Map)
