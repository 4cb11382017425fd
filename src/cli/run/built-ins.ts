/**
 * The built-in objects of JavaScript, as they were before any code of a project ran. Added members are ignored:
 * polyfills add them, and they change no existing member.
 */

const names = [
  "Object",
  "Function",
  "Array",
  "String",
  "Number",
  "Boolean",
  "BigInt",
  "Symbol",
  "Promise",
  "Map",
  "Set",
  "WeakMap",
  "WeakSet",
  "RegExp",
  "Date",
  "Math",
  "JSON",
  "Reflect",
  "Int32Array",
  "Uint8Array",
  "Uint32Array",
  "Float64Array",
  "ArrayBuffer",
  "DataView",
  "Iterator",
  "Proxy",
  "WeakRef"
]

const functions = ["parseInt", "parseFloat", "isNaN", "isFinite"]

/** Prototypes without a global name, on which loops and spreading depend. */
const unnamed: ReadonlyArray<readonly [name: string, object: object]> = [
  ["the iterator of arrays", Object.getPrototypeOf([][Symbol.iterator]()) as object],
  ["the iterator of maps", Object.getPrototypeOf(new Map()[Symbol.iterator]()) as object],
  ["the iterator of sets", Object.getPrototypeOf(new Set()[Symbol.iterator]()) as object],
  ["the iterator of strings", Object.getPrototypeOf(""[Symbol.iterator]()) as object],
  ["the prototype of generators", Object.getPrototypeOf(function* () {}.prototype) as object],
  ["the prototype of typed arrays", Object.getPrototypeOf(Int32Array.prototype) as object],
  ["Error.prototype", Error.prototype]
]

interface Known {
  /** A name, such as `Array.prototype`. */
  readonly name: string
  readonly object: object
  readonly members: ReadonlyArray<readonly [string | symbol, PropertyDescriptor]>
}

const membersOf = (object: object): Known["members"] =>
  Reflect.ownKeys(object).flatMap((key) => {
    const descriptor = Object.getOwnPropertyDescriptor(object, key)
    return descriptor === undefined || descriptor.configurable !== true ? [] : [[key, descriptor] as const]
  })

const globals: Known = {
  name: "globalThis",
  object: globalThis,
  members: [...names, ...functions].flatMap((name) => {
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, name)
    return descriptor === undefined ? [] : [[name, descriptor] as const]
  })
}

const { defineProperty, getOwnPropertyDescriptor, is } = Object

const known: ReadonlyArray<Known> = [
  globals,
  ...names.flatMap((name) => {
    const object = Reflect.get(globalThis, name) as object
    const prototype: unknown = Reflect.get(object, "prototype")
    const own = { name, object, members: membersOf(object) }
    if (typeof prototype !== "object" || prototype === null) return [own]
    return [own, { name: `${name}.prototype`, object: prototype, members: membersOf(prototype) }]
  }),
  ...unnamed.map(([name, object]) => ({ name, object, members: membersOf(object) }))
]

/** A built-in that was altered. */
export interface Altered {
  /** A name, such as `Array.prototype.map`. */
  readonly name: string
  /** The value found in its place; `undefined` if it was removed. */
  readonly found: unknown
}

/**
 * Restores all altered built-ins, and returns the first of them, or `undefined`. Uses plain loops, since no built-in
 * can be relied on.
 */
export const alteredBuiltIn = (): Altered | undefined => {
  let altered: Altered | undefined
  for (let place = 0; place < known.length; place++) {
    const { members, name, object } = known[place] as Known
    for (let index = 0; index < members.length; index++) {
      const member = members[index] as Known["members"][number]
      const key = member[0]
      const before = member[1]
      const now = getOwnPropertyDescriptor(object, key)
      if (now !== undefined && is(now.value, before.value) && now.get === before.get && now.set === before.set) continue
      defineProperty(object, key, before)
      altered ??= { name: nameOf(name, key), found: now?.value ?? now?.get ?? now?.set }
    }
  }
  return altered
}

const nameOf = (holder: string, key: string | symbol): string => {
  const member = typeof key === "symbol" ? `[${key.description ?? "a symbol"}]` : key
  if (holder === "globalThis") return member
  return holder.includes(" ") ? `${member} of ${holder}` : `${holder}.${member}`
}
