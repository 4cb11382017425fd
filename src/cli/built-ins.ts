/**
 * The built-in objects of JavaScript as they were before any code of a project ran. What is added to them is not looked
 * at: polyfills do that, and it changes nothing that was there.
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
  "DataView"
]

interface Known {
  /** Such as `Array.prototype`. */
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
  members: names.flatMap((name) => {
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
  })
]

/** The name of a built-in that was altered, or nothing; all are put back. Plain loops, for nothing else can be relied on. */
export const alteredBuiltIn = (): string | undefined => {
  let altered: string | undefined
  for (let place = 0; place < known.length; place++) {
    const { members, name, object } = known[place] as Known
    for (let index = 0; index < members.length; index++) {
      const [key, before] = members[index] as Known["members"][number]
      const now = getOwnPropertyDescriptor(object, key)
      if (now !== undefined && is(now.value, before.value) && now.get === before.get && now.set === before.set) continue
      defineProperty(object, key, before)
      altered ??= `${name}.${typeof key === "symbol" ? "[a symbol]" : key}`
    }
  }
  return altered
}
