/**
 * Clocks that tick, and properties alone and in company: the engine's verdicts and shortest lengths on random systems
 * are those of a reference explorer in which real time is an exact moment that passes before steps, every offset is fixed
 * at the start, and a message arrives once its latency is over.
 *
 * TICKING_SYSTEMS and TICKING_SEED say how many systems are compared, and which.
 */
import fc from "fast-check"
import { expect, test } from "vitest"
import { checkerOf } from "../../src/engine/index.ts"
import { nodesProgram } from "../../src/engine/nodes/NodesProgram.ts"
import type { System } from "../../src/model/index.ts"
import type { Property } from "../../src/property/index.ts"
import { replay } from "../../src/trace/replay.ts"
import type { Trace } from "../../src/trace/Trace.ts"
import { engine, hasAction } from "./agreement.ts"
import { observer, randomCases } from "./arbitraries.ts"
import { livelyCases } from "./lively-arbitraries.ts"
import { propertiesOf, type RandomProperty } from "./RandomProperties.ts"
import { orderProperties } from "./RandomOrderProperties.ts"
import { type RandomMachine, systemOf } from "./RandomSystem.ts"
import { referenceFigures } from "./ReferenceExplorer.ts"
import { searched } from "./searched.ts"
import { timedCases } from "./timed-arbitraries.ts"

const limit = 1_500

/** A system with properties that have to get the same verdict in every company. */
interface Judged {
  readonly system: System<unknown>
  readonly properties: ReadonlyArray<Property<unknown>>
}

const withClocks: fc.Arbitrary<Judged> = randomCases
  .filter(({ properties, system }) => system.clocks !== null && properties.length > 0)
  .map(({ properties, observers, system }) => ({
    system: systemOf(system),
    properties: propertiesOf(properties, observers)
  }))

const inOrder: fc.Arbitrary<Judged> = timedCases.map(({ properties, system }) => ({
  system: systemOf(system),
  properties: orderProperties(properties)
}))

const anything: fc.Arbitrary<Judged> = randomCases
  .filter(({ properties }) => properties.length > 1)
  .map(({ properties, observers, system }) => ({
    system: systemOf(system),
    properties: propertiesOf(properties, observers)
  }))

const kept = { a: "kept", b: "kept" } as const

/** A machine with a bell that rings for ever, which is noted and changes nothing. */
const withBell = (machine: RandomMachine, kind: "wrote" | "noted" | "read"): RandomMachine => ({
  ...machine,
  start: [{ commands: [{ do: "set", timer: "t" }], ...kept }],
  on: {
    ...machine.on,
    t: [
      {
        commands: [
          { do: "note", kind },
          { do: "set", timer: "t" }
        ],
        ...kept
      }
    ]
  }
})

/** Something that reads what an observer remembers. */
const readerOf = (index: number, kind: "reachable" | "atQuiescence"): RandomProperty => ({
  kind,
  holds: { join: "all", comparisons: [{ of: "memory", fact: "a", is: "equal", to: 1 }] },
  premise: null,
  observer: index
})

/** Runs that need not end, with observers of others beside what is said of them. */
const endless: fc.Arbitrary<Judged> = fc
  .record({
    lively: livelyCases,
    observers: fc.array(observer, { minLength: 1, maxLength: 2 }),
    rings: fc.constantFrom("wrote", "noted", "read", undefined)
  })
  .map(({ lively: { properties, system }, observers, rings }) => {
    const machines = rings === undefined ? system.machines : system.machines.map((each) => withBell(each, rings))
    const readers = observers.flatMap((_, index) => [readerOf(index, "reachable"), readerOf(index, "atQuiescence")])
    return {
      system: systemOf({ ...system, machines }),
      properties: propertiesOf([...readers, ...properties], observers, hasAction(system))
    }
  })

/** Verdicts without the number of states, which is another one where moments are exact. */
const words = (verdicts: ReadonlyArray<string>) => verdicts.map((verdict) => verdict.replace(/ of \d+$/, ""))

/** What a trace decides when it is taken again by its steps' places, with all properties judged on it. */
const decidedAgain = (system: System<unknown>, properties: ReadonlyArray<Property<unknown>>, trace: Trace) => {
  const ordinals = trace.steps.map(({ ordinal }) => ordinal)
  const again = replay(system, properties, { initialIndex: trace.initialIndex, ordinals })
  return again._tag === "replayed" ? again.decided : [again._tag]
}

const compared = Number(process.env["TICKING_SYSTEMS"] ?? 25)
const seed = Number(process.env["TICKING_SEED"] ?? 3)

test.each([
  ["many mechanisms", withClocks],
  ["readings in step order", inOrder]
] as const)(
  "clocks that tick give the verdicts and lengths of clocks that are read as a choice: %s",
  async (_, cases) => {
    let agreed = 0
    const check = fc.asyncProperty(cases, async ({ properties, system }) => {
      const ticked = referenceFigures(system, properties, limit, true)
      fc.pre(ticked !== undefined)
      const { verdicts } = await engine(system, properties, 4 * limit)
      // Without “no deadlock”, which comes last.
      expect(words(verdicts.slice(0, -1))).toEqual(words(ticked?.verdicts.slice(0, -1) ?? []))
      agreed++
    })
    const { errorInstance, failed } = await fc.check(check, { seed, numRuns: compared })
    expect([failed, failed ? String(errorInstance) : ""]).toEqual([false, ""])
    expect(agreed).toBe(compared)
  }
)

test.each([
  ["with clocks", inOrder],
  ["of any sort", anything],
  ["whose runs need not end", endless]
] as const)(
  "a property of a system %s has the verdict and length that it has alone, whatever is judged beside it",
  async (_, cases) => {
    let agreed = 0
    const check = fc.asyncProperty(cases, async ({ properties, system }) => {
      const together = await engine(system, properties, limit)
      fc.pre(together.distinct < 4 * limit)
      for (const [index, property] of properties.entries()) {
        const alone = await engine(system, [property], limit)
        expect(words(alone.verdicts)).toEqual(words([together.verdicts[index] ?? "", together.verdicts.at(-1) ?? ""]))
        const trace = together.traces?.[index]
        const decided = trace === undefined ? [property.name] : decidedAgain(system, properties, trace)
        expect(decided).toContain(property.name)
      }
      agreed++
    })
    const { errorInstance, failed } = await fc.check(check, { seed, numRuns: compared })
    expect([failed, failed ? String(errorInstance) : ""]).toEqual([false, ""])
    expect(agreed).toBe(compared)
  }
)

test("the reference explorer notices a program that takes steps out of the order of time", () => {
  /** Whether each property of states and steps is decided against, or reached, where steps are in no order of time. */
  const decided = ({ properties, system }: Judged): ReadonlyArray<boolean> => {
    if (system.kind !== "nodes") throw new TypeError("a whole-state model has no clocks")
    const observers = [...new Set(properties.flatMap(({ observer }) => observer ?? []))]
    const program = nodesProgram(system, { observers, checkDeterminism: false })
    const checkers = properties.map((property) => checkerOf(program, property))
    return searched(program, 4 * limit, checkers).discoveries.map(({ place }) => place !== undefined)
  }
  const isDecisive = (verdict: string) => /^(violated|reached|failed)/.test(verdict)
  const noticed = fc.sample(inOrder, { seed: 3, numRuns: 60 }).filter((each) => {
    const properties = each.properties.filter(({ kind }) => kind !== "eventually")
    const ticked = referenceFigures(each.system, properties, limit, true)
    const untimed = decided({ ...each, properties })
    return (
      ticked !== undefined &&
      ticked.verdicts.slice(0, -1).some((verdict, index) => isDecisive(verdict) !== untimed[index])
    )
  })
  expect(noticed.length).toBe(2)
})
