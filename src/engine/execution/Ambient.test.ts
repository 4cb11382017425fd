/**
 * Code of a model that tells the time or draws random numbers is refused by name; whatever else runs is not.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { explore } from "../../search/Explorer.ts"
import { Machine, System, Topology, WholeState, Workload } from "../../model/index.ts"
import { Observer, Property } from "../../property/index.ts"
import { callModelCode, withTimeLimit } from "./ModelCode.ts"
import { ModelRefused } from "./ModelRefused.ts"

const clock = "read the wall clock"
const chance = "used random numbers"

const calls: ReadonlyArray<readonly [call: string, offence: string, run: () => unknown]> = [
  ["Date.now()", clock, () => Date.now()],
  ["Date()", clock, () => Date()],
  ["new Date()", clock, () => new Date()],
  ["performance.now()", clock, () => performance.now()],
  ["process.hrtime()", clock, () => process.hrtime()],
  ["process.hrtime.bigint()", clock, () => process.hrtime.bigint()],
  ["Math.random()", chance, () => Math.random()],
  ["crypto.getRandomValues()", chance, () => crypto.getRandomValues(new Uint8Array(1))],
  ["crypto.randomUUID()", chance, () => crypto.randomUUID()]
]

/** Goes on as if nothing had been thrown. */
const caught = (run: () => unknown): void => {
  try {
    run()
  } catch {
    // This is what must not help.
  }
}

const named = (where: string) => () => ({ where, input: "" })

const Go = Schema.TaggedStruct("Go", {})

interface Parts {
  readonly handler?: () => void
  readonly guard?: () => void
  readonly initial?: () => void
}

const nodes = ({ guard, handler, initial }: Parts) =>
  System.make("a system", {
    machine: Machine.make("m", {
      state: Schema.Natural,
      operations: [Go],
      initial: () => (initial?.(), 0)
    }).handlers(
      { Go: (state) => Effect.sync(() => (handler?.(), state)) },
      { guards: { Go: () => (guard?.(), true) } }
    ),
    topology: Topology.chain(2),
    workload: Workload.script([[Go.make({})]])
  })

const whole = (act: () => void) =>
  WholeState.make("a system", {
    variables: { n: WholeState.variable(Schema.Natural, 0) },
    actions: ({ n }) => ({ set: WholeState.action(Effect.suspend(() => (act(), n.set(1)))) })
  })

type Act = () => void
const looking = (act: Act): Property<unknown> =>
  Property.invariant("p", {
    holds: (view) => {
      act()
      return view !== undefined
    }
  })
const observing = (act: Act) => {
  const observer = Observer.make("o", { initial: 0, observe: (seen: number) => (act(), seen) })
  return Property.monitor("q", { observer, rejects: () => undefined }) as Property<unknown>
}

const explored = (system: System<unknown>, ...properties: ReadonlyArray<Property<unknown>>) =>
  Effect.runPromise(Effect.flip(explore(system, properties) as Effect.Effect<unknown, unknown>))

/** The places that run code of a model, each with a search that calls the code there. */
const places: ReadonlyArray<readonly [where: string, search: (act: Act) => Promise<unknown>]> = [
  ["machine m, handler Go", (handler) => explored(nodes({ handler }))],
  ["machine m, guard Go", (guard) => explored(nodes({ guard }))],
  ["machine m, initial state of n0", (initial) => explored(nodes({ initial }))],
  ['property "p"', (act) => explored(nodes({}), looking(act))],
  ['observer "o"', (act) => explored(nodes({}), observing(act))],
  ["action set", (act) => explored(whole(act) as System<unknown>)]
]

const cases = places.flatMap(([where, search]) =>
  calls.map(([call, offence, run]) => ({ where, search, call, offence, run }))
)

describe("code of a model", () => {
  test.each(cases)("$where may not call $call", async ({ call, offence, run, search, where }) => {
    for (const act of [run, () => caught(run)]) {
      const refusal = await search(act)
      expect(refusal).toBeInstanceOf(ModelRefused)
      expect(refusal).toMatchObject({ where, offence, detail: `It called ${call}.` })
    }
  })

  test("may make dates of given times, and read them", async () => {
    const seen: Array<unknown> = []
    const handler = () => {
      const made = new Date(0)
      seen.push(made.toISOString(), made instanceof Date, Date.UTC(1970, 0), Date.parse("1970-01-01"), Date.length)
      class Day extends Date {}
      seen.push(new Day(0) instanceof Day, new Date(1970, 0, 2).getDate(), new Date(undefined as never).getTime())
    }
    await Effect.runPromise(explore(nodes({ handler }), []))
    expect(seen.slice(0, 8)).toEqual(["1970-01-01T00:00:00.000Z", true, 0, 0, 7, true, 2, Number.NaN])
  })

  test("is refused for the first offence, whatever it throws then", () => {
    const run = () => {
      caught(() => Math.random())
      caught(() => Date.now())
      throw new Error("another")
    }
    expect(() => withTimeLimit(60_000, "a system", () => callModelCode(named("f"), run))).toThrow(
      "It called Math.random()."
    )
  })

  test("that is not at fault throws what it throws", () => {
    const boom = new RangeError("boom")
    const run = () =>
      callModelCode(named("f"), () => {
        throw boom
      })
    expect(() => withTimeLimit(60_000, "a system", run)).toThrow(boom)
  })

  test("is refused with the line of the call", () => {
    let refusal: unknown
    try {
      withTimeLimit(60_000, "a system", () => callModelCode(named("f"), () => Date.now()))
    } catch (thrown) {
      refusal = thrown
    }
    expect(((refusal as Error).cause as Error).stack).toMatch(/Ambient\.test\.[jt]s/)
  })

  test("is refused where code inside it was, and it caught that", () => {
    const inner = () => caught(() => callModelCode(named("inner"), () => Date.now()))
    const outer = () => callModelCode(named("outer"), inner)
    expect(() => withTimeLimit(60_000, "a system", outer)).toThrow("It called Date.now().")
    expect(() => withTimeLimit(60_000, "a system", () => callModelCode(named("f"), () => 1))).not.toThrow()
  })

  test("does not lose its guards to code inside it that was not at fault", () => {
    const outer = () => {
      caught(() => Date.now())
      expect(callModelCode(named("inner"), () => 7)).toBe(7)
    }
    expect(() => withTimeLimit(60_000, "a system", () => callModelCode(named("outer"), outer))).toThrow(clock)
  })

  test("that passes on what was refused inside it leaves the refusal as it is", () => {
    const place = { system: "a system", where: "inner", input: "" }
    const outer = () => {
      caught(() => callModelCode(named("inner"), () => Date.now()))
      throw new ModelRefused({ ...place, offence: clock, detail: "inside" })
    }
    expect(() => withTimeLimit(60_000, "a system", () => callModelCode(named("outer"), outer))).toThrow("inside")
  })
})

describe("what is no code of a model", () => {
  const all = () => calls.map(([, , run]) => run())

  test("tells the time and draws random numbers, during a search and after it", () => {
    expect(withTimeLimit(60_000, "a system", () => (callModelCode(named("f"), () => 1), all())).length).toBe(
      calls.length
    )
    expect(all().length).toBe(calls.length)
  })

  const holders: ReadonlyArray<readonly [object, string]> = [
    [globalThis, "Date"],
    [Date, "now"],
    [Math, "random"],
    [performance, "now"],
    [crypto, "getRandomValues"],
    [crypto, "randomUUID"],
    [process, "hrtime"],
    [process.hrtime, "bigint"]
  ]
  const found = () =>
    holders.map(([holder, name]) => [
      Reflect.get(holder, name),
      Object.getOwnPropertyDescriptor(holder, name),
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(holder), name)
    ])

  test("has the originals after a search, also after one that was refused or had another inside", async () => {
    const before = found()
    const same = () => {
      for (const [index, [value, ...descriptors]] of found().entries()) {
        expect(value).toBe(before[index]![0])
        expect(descriptors).toEqual(before[index]!.slice(1))
      }
    }
    // All are guarded but that of a Date taken before the search.
    const during = withTimeLimit(60_000, "a system", found).map(([value]) => value)
    expect(during.filter((value, index) => value === before[index]![0])).toEqual([Date.now])
    same()
    await Effect.runPromise(explore(nodes({}), []))
    same()
    await explored(nodes({ handler: () => void Date.now() }))
    same()
    const run = () => {
      withTimeLimit(60_000, "inner", () => callModelCode(named("f"), () => 1))
      callModelCode(named("f"), () => Date.now())
    }
    expect(() => withTimeLimit(60_000, "outer", run)).toThrow("It called Date.now().")
    same()
  })

  test("has the originals after a search inside was ended by the one around", () => {
    const before = found()
    const endless = () => {
      for (;;);
    }
    expect(() => withTimeLimit(50, "outer", () => withTimeLimit(60_000, "inner", endless))).toThrow(ModelRefused)
    expect(found()).toEqual(before)
    expect(() => withTimeLimit(60_000, "next", () => callModelCode(named("f"), () => Date.now()))).toThrow(clock)
  })

  test("is code of the model again where a search inside it has ended", () => {
    const run = () => {
      withTimeLimit(60_000, "inner", () => expect(Date.now()).toBeGreaterThan(0))
      Date.now()
    }
    expect(() => withTimeLimit(60_000, "outer", () => callModelCode(named("f"), run))).toThrow("It called Date.now().")
  })

  test("finds what code of a model put in the place of a function", () => {
    const { random } = Math
    const mine = () => 0.5
    withTimeLimit(60_000, "a system", () => void (Math.random = mine))
    const replaced = Math.random
    withTimeLimit(60_000, "a system", () => Reflect.deleteProperty(Math, "random"))
    const removed = Object.hasOwn(Math, "random")
    Object.defineProperty(Math, "random", { value: random, configurable: true, writable: true, enumerable: false })
    expect([replaced, removed]).toEqual([mine, false])
  })
})

test("what is missing, frozen or no function stays as it is", () => {
  const within = (globals: { readonly performance: unknown; readonly crypto: unknown }, run: () => void) => {
    const before = Object.entries(globals).map(([name]) => [name, Object.getOwnPropertyDescriptor(globalThis, name)!])
    for (const [name, value] of Object.entries(globals)) {
      Object.defineProperty(globalThis, name, { value, configurable: true })
    }
    try {
      run()
    } finally {
      for (const [name, descriptor] of before) {
        Object.defineProperty(globalThis, name as string, descriptor as PropertyDescriptor)
      }
    }
  }
  const still = Object.freeze({ now: () => 3 })
  within({ performance: still, crypto: undefined }, () => {
    expect(withTimeLimit(60_000, "a system", () => callModelCode(named("f"), () => performance.now()))).toBe(3)
  })
  within({ performance: { now: 3 }, crypto: {} }, () => {
    expect(withTimeLimit(60_000, "a system", () => performance.now as unknown)).toBe(3)
    expect(Reflect.ownKeys(crypto)).toEqual([])
  })
})
