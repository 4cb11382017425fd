/**
 * The view of a property does not depend on the properties beside it.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { Machine, Network, type NodesView, Observe, System, Timer, Topology, Workload } from "../model/index.ts"
import { Observer, Property } from "../property/index.ts"
import { replay } from "../trace/replay.ts"
import { encodeSchedule } from "../trace/ReplayId.ts"
import type { Trace } from "../trace/Trace.ts"
import { explore, type ExploreOptions } from "./Explorer.ts"
import { SearchClock } from "./Limits.ts"

const Write = Schema.TaggedStruct("Write", {})
const Copy = Schema.TaggedStruct("Copy", {})

const copying = Machine.make("copying", {
  state: Schema.Struct({ copied: Schema.Boolean }),
  operations: [Write],
  messages: [Copy],
  initial: () => ({ copied: false })
}).handlers({
  Write: Effect.fnUntraced(function* () {
    yield* Observe.wrote("w")
    yield* Network.broadcast(Copy.make({}))
    return { copied: true }
  }),
  Copy: Effect.fnUntraced(function* () {
    yield* Observe.applied("w")
    return { copied: true }
  })
})

type View = NodesView<{ readonly copied: boolean }>

const system = System.make("copying", {
  machine: copying,
  topology: Topology.allToAll(2),
  workload: Workload.script([[Write.make({})]])
})

const most = (name: string, causal: boolean) =>
  Property.reachable<View, number>(`${name} sees a past`, {
    observer: Observer.make(name, {
      initial: 0,
      observe: (known: number, { past }) => Math.max(known, past.length),
      causal
    }),
    holds: (_view, known) => known > 0
  })

const without = most("an observer without pasts", false)
const withPasts = most("an observer with pasts", true)
const acrossSteps = Property.stepInvariant<View>("no step shows a past", {
  holds: (_before, _after, { observations }) => observations.every(({ past }) => past.length === 0)
})

const verdicts = async (...properties: ReadonlyArray<Property<View>>) => {
  const found = await Effect.runPromise(explore(system, properties, { checkDeterminism: true }))
  return found.properties.slice(0, properties.length).map(({ verdict }) => verdict._tag)
}

test("causal pasts are shown to the observers that declare that they need them, and to nothing beside them", async () => {
  expect([await verdicts(without), await verdicts(acrossSteps), await verdicts(withPasts)]).toEqual([
    ["unreached"],
    ["holds"],
    ["reached"]
  ])
  expect(await verdicts(without, withPasts, acrossSteps)).toEqual(["unreached", "reached", "holds"])
})

const Ask = Schema.TaggedStruct("Ask", {})
const Tell = Schema.TaggedStruct("Tell", {})
type Heard = NodesView<boolean>

/** A bell rings at each node for ever, which is noted and changes nothing. Asked, n0 tells n1, which listens or does not. */
const ringing = (listens: boolean) =>
  System.make("ringing", {
    machine: Machine.make("ringing", {
      state: Schema.Boolean,
      operations: [Ask],
      messages: [Tell],
      initial: () => false
    }).handlers(
      {
        Ask: (state) => Effect.as(Network.broadcast(Tell.make({})), state),
        Tell: () => Effect.succeed(true)
      },
      {
        guards: { Tell: () => listens },
        start: (state) => Effect.as(Timer.set("bell"), state),
        timeouts: {
          bell: Effect.fnUntraced(function* (state) {
            yield* Observe.wrote("ring")
            yield* Timer.set("bell")
            return state
          })
        }
      }
    ),
    topology: Topology.chain(2),
    workload: Workload.script([[Ask.make({})]])
  })

const rings = (name: string, causal: boolean, observe: (known: number) => number) =>
  Observer.make(name, {
    initial: 0,
    causal,
    observe: (known: number, { kind }) => (kind === "wrote" ? observe(known) : known)
  })
const toThree = rings("three rings", false, (known) => Math.min(known + 1, 3))
const metadataIds = [
  toThree,
  rings("odd rings", false, (known) => 1 - known),
  rings("pasts of rings", true, () => 0),
  rings("five rings with pasts", true, (known) => Math.min(known + 1, 5))
].map((observer) => Property.reachable<Heard, number>(observer.name, { observer, holds: (_view, known) => known > 0 }))

const hears = ({ nodes }: Heard): boolean => nodes[1]!.state

const judgedThere = [
  Property.eventually<Heard>("n1 hears", { holds: hears }),
  Property.eventually<Heard>("n1 hears nothing for good", { holds: (view) => !hears(view), stable: true }),
  Property.eventually<Heard>("n1 hears without the bell", {
    holds: hears,
    fairness: { default: "none", actions: { "timeout bell": "strong" } }
  }),
  Property.eventually<Heard, number>("three rings are counted", {
    observer: toThree,
    holds: (_view, known) => known === 3
  }),
  Property.eventually<Heard, number>("four rings are counted", {
    observer: toThree,
    holds: (_view, known) => known === 4
  }),
  Property.atQuiescence<Heard>("n1 has heard nothing in the end", { holds: (view) => !hears(view) }),
  Property.atQuiescence<Heard, number>("no ring is counted in the end", {
    observer: toThree,
    holds: (_view, known) => known === 0
  })
]

/** The verdicts by name, with the number of steps of what decides, and of those before its loop. */
const figures = async (listens: boolean, properties: ReadonlyArray<Property<Heard>>) => {
  const found = await Effect.runPromise(explore(ringing(listens), properties))
  return found.properties.map(({ name, verdict }) => {
    const trace: Trace | undefined = "evidence" in verdict ? verdict.evidence : undefined
    return {
      name,
      trace,
      text: [verdict._tag, trace?.steps.length, trace?.loop].filter((each) => each !== undefined).join(" ")
    }
  })
}

describe.each([
  [
    "with a node that listens",
    true,
    ["holds", "violated 2 2", "violated 0 0", "holds", "violated 5 5", "violated 2", "violated 3", "holds"]
  ],
  [
    "with a node that does not",
    false,
    ["violated 1 1", "holds", "violated 0 0", "holds", "violated 4 4", "vacuous", "vacuous", "violated 1"]
  ]
] as const)("beside observers of steps that change nothing, %s,", (_, listens, expected) => {
  const texts = (found: Awaited<ReturnType<typeof figures>>) => found.map(({ text }) => text)

  test("every property has the verdict and the length that it has alone", async () => {
    for (const [index, property] of judgedThere.entries()) {
      expect([property.name, texts(await figures(listens, [property]))]).toEqual([
        property.name,
        [expected[index], expected.at(-1)]
      ])
    }
  })

  test.each<readonly [name: string, company: ReadonlyArray<Property<Heard>>]>([
    ...metadataIds.map((each) => [each.name, [each]] as [string, ReadonlyArray<Property<Heard>>]),
    ["all of them", metadataIds]
  ])("the same is said beside %s", async (_name, company) => {
    const found = await figures(listens, [...company, ...judgedThere])
    expect(texts(found).slice(company.length)).toEqual(expected)
  })

  test("what was found is decided again by a replay that judges all", async () => {
    const all = [...metadataIds, ...judgedThere]
    const found = (await figures(listens, all)).flatMap(({ name, trace }) =>
      trace === undefined ? [] : [{ name, trace }]
    )
    const again = found.map(({ name, trace }) => {
      const ordinals = trace.steps.map(({ ordinal }) => ordinal)
      const taken = replay(ringing(listens), all, encodeSchedule({ initialIndex: trace.initialIndex, ordinals }))
      if (taken._tag !== "replayed" || !taken.decided.includes(name)) return [name, taken._tag]
      return [name, trace.loop === undefined ? undefined : taken.trace.loop]
    })
    expect(again).toEqual(found.map(({ name, trace }) => [name, trace.loop]))
  })
})

describe("a search of its own, beside an observer of another property,", () => {
  const property = judgedThere[0]!
  const beside = (options: ExploreOptions, clock = () => 0) =>
    Effect.runPromise(
      explore(ringing(true), [metadataIds[3]!, property], options).pipe(
        Effect.provideService(SearchClock, { nowMillis: clock })
      )
    )
  const said = ({ properties }: Awaited<ReturnType<typeof beside>>) => properties[1]!.verdict

  test("is not begun where a limit ended the search of all", async () => {
    const alone = await Effect.runPromise(explore(ringing(true), [property]))
    const all = await beside({})
    expect([all.complete, said(all)._tag]).toEqual([true, "holds"])
    expect(alone.distinct).toBeLessThan(all.distinct - 2)
    const cut = await beside({ limits: { states: all.distinct - 1 } })
    expect([cut.stopReason, said(cut)]).toEqual([
      "state limit",
      { _tag: "inconclusive", why: "state limit", checked: 0 }
    ])
  })

  test("has the time that the search of all has left", async () => {
    /** With so much time, on a clock that goes on whenever it is read. */
    const within = (timeMillis: number) => {
      let moment = 1e6
      return beside({ limits: { timeMillis } }, () => moment++)
    }
    const whole = await within(1e6)
    expect([said(whole)._tag, said(await within(whole.elapsedMillis + 1))._tag]).toEqual(["holds", "holds"])
    let timeMillis = 1
    let cut = await within(timeMillis)
    while (cut.stopReason !== null) cut = await within(++timeMillis)
    expect(said(cut)).toEqual({ _tag: "inconclusive", why: "time limit", checked: 0 })
    // What is left of the time is none, and the search of its own is not made.
    expect(cut.elapsedMillis).toBeLessThan(whole.elapsedMillis)
  })

  test("refuses a predicate that answers otherwise in any one of its calls", async () => {
    let calls = 0
    let lie = Infinity
    const lying = Property.eventually<Heard>("n1 hears", {
      holds: (view) => (calls++ === lie ? !hears(view) : hears(view))
    })
    const judged = () => Effect.runPromise(explore(ringing(true), [metadataIds[3]!, lying]))
    expect(said(await judged())._tag).toBe("holds")
    const last = calls
    for (lie = 0; lie < last; lie++) {
      calls = 0
      await expect(judged()).rejects.toMatchObject({
        where: 'property "n1 hears"',
        offence: "is not deterministic"
      })
    }
  })
})
