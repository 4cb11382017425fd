/**
 * Models whose code keeps something from call to call, or answers at random: each piece of code is named with both of its
 * results, also where no trace meets it, and never is it a fault of plait.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import type { ModelRefused } from "../engine/index.ts"
import {
  Choice,
  Faults,
  Machine,
  type NodesView,
  Self,
  System,
  Topology,
  WholeState,
  Workload
} from "../model/index.ts"
import { Observer, Property } from "../property/index.ts"
import { explore } from "./Explorer.ts"
import { simulate } from "./random/RandomWalks.ts"

const Tick = Schema.TaggedStruct("Tick", {})

type View = NodesView<number>

interface Parts {
  readonly handler?: (state: number) => Effect.Effect<number, never, Choice | Self>
  readonly guard?: () => boolean
  readonly initial?: () => number
  readonly recover?: (state: number) => Effect.Effect<number>
}

/** One node that is asked to tick twice, and may crash and recover once. */
const ticking = ({ guard, handler, initial, recover }: Parts) =>
  System.make("ticking", {
    machine: Machine.make("clock", {
      state: Schema.Natural,
      operations: [Tick],
      initial: initial ?? (() => 0)
    }).handlers(
      { Tick: handler ?? ((state) => Effect.succeed(state + 1)) },
      { ...(guard === undefined ? {} : { guards: { Tick: guard } }), ...(recover === undefined ? {} : { recover }) }
    ),
    topology: Topology.allToAll(1),
    workload: Workload.script([[Tick.make({}), Tick.make({})]]),
    ...(recover === undefined ? {} : { faults: Faults.crash({ recoveries: 1 }) })
  })

const refused = async (run: Effect.Effect<unknown, ModelRefused>) => {
  const { detail, input, offence, where } = await Effect.runPromise(Effect.flip(run))
  return { detail, input, offence, where }
}

const differs = (where: string, input: string, detail: string) => ({
  where,
  offence: "is not deterministic",
  input,
  detail
})

const tick = '{"_tag":"Tick"}'
const nothing: ReadonlyArray<Property<View>> = [
  Property.reachable("never", { holds: ({ nodes }) => nodes.length === 0 })
]

/** A number that is one more at each call. */
const counter = () => {
  let calls = 0
  return () => calls++
}

test("a handler that counts its calls is named, though no property speaks of what it does", async () => {
  const count = counter()
  const system = ticking({ handler: (state) => Effect.sync(() => state + 10 * count()) })
  const found = await refused(explore(system, []))
  expect(found).toMatchObject({ where: "machine clock, handler Tick", offence: "is not deterministic" })
  expect(found.detail).toMatch(/^it returned \d+ first, and then \d+$/)
  expect(await refused(simulate(system, nothing, { walks: 2, seed: 1 }))).toMatchObject({
    where: "machine clock, handler Tick",
    offence: "is not deterministic"
  })
})

test("so is what it asks for, and what it does on the way to another choice", async () => {
  const count = counter()
  const fickle = ticking({
    handler: (state) => (count() % 2 === 0 ? Effect.as(Self.id, state) : Effect.as(Choice.among([1, 2]), state))
  })
  expect(await refused(explore(fickle, [], { checkDeterminism: true }))).toEqual(
    differs("machine clock, handler Tick", `${tick} in state 0`, "it asked for one of 2 where it did not before")
  )
})

test("a guard that counts its calls is named, with and without a check of determinism", async () => {
  const enough = () => {
    const count = counter()
    return ticking({ guard: () => count() < 1 })
  }
  const found = differs("machine clock, guard Tick", `${tick} in state 0`, "It answered true first, and then false.")
  expect(await refused(explore(enough(), [], { checkDeterminism: true }))).toEqual(found)
  expect(await refused(explore(enough(), []))).toEqual(found)
})

test("initial states that count are named", async () => {
  const found = await refused(explore(ticking({ initial: counter() }), []))
  expect(found).toMatchObject({
    where: "machine clock, initial state of n0",
    offence: "is not deterministic",
    detail: expect.stringMatching(/^It was 0 first, and then \d+\.$/)
  })
})

test("a recovery that counts is named", async () => {
  const count = counter()
  const found = await refused(explore(ticking({ recover: () => Effect.sync(count) }), []))
  expect(found).toMatchObject({ where: "machine clock, handler recover", offence: "is not deterministic" })
})

test("an observer that counts is named with what it remembered", async () => {
  const count = counter()
  const observer = Observer.make("calls", { initial: 0, observe: () => count() })
  const monitor = Property.monitor<number, View>("few calls", { observer, rejects: () => undefined })
  const found = await refused(explore(ticking({}), [monitor]))
  expect(found).toMatchObject({ where: 'observer "calls"', offence: "is not deterministic" })
  expect(found.detail).toMatch(/^It remembered \d+ first, and then \d+\.$/)
})

test("an action that counts, or is enabled once, is named with what it wrote", async () => {
  const model = (run: () => number, enabled: () => boolean) =>
    WholeState.make("counting", {
      variables: { value: WholeState.variable(Schema.Natural, 0) },
      actions: ({ value }) => ({
        step: WholeState.action(
          Effect.gen(function* () {
            yield* WholeState.when((yield* value.get) < 3 && enabled())
            yield* value.set(run())
          })
        )
      })
    })
  const same = "it wrote something else than before in equal states:"
  const counting = await refused(
    explore(
      model(counter(), () => true),
      []
    )
  )
  expect(counting).toMatchObject({ where: "action step", offence: "is not deterministic" })
  expect(counting.detail).toMatch(
    /^it wrote something else than before in equal states: \{"value":\d\} first, and then/
  )
  const count = counter()
  expect(
    await refused(
      explore(
        model(
          () => 1,
          () => count() === 0
        ),
        [],
        { checkDeterminism: true }
      )
    )
  ).toEqual(differs("action step", '{"value":0}', `${same} {"value":1} first, and then disabled`))
})

test("ends and constraints that count are named", async () => {
  const rising = (parts: (isFirst: () => boolean) => object) => {
    const count = counter()
    return WholeState.make("rising", {
      variables: { value: WholeState.variable(Schema.Natural, 0) },
      actions: ({ value }) => ({
        up: WholeState.action(
          Effect.flatMap(value.get, (now) => Effect.andThen(WholeState.when(now < 2), value.set(now + 1)))
        )
      }),
      ...parts(() => count() === 0)
    })
  }
  const ends = (isFirst: () => boolean) => ({
    ends: { when: ({ value }: { readonly value: number }) => value === 2 && isFirst(), why: "It is full." }
  })
  const input = '{"value":2}'
  expect(await refused(explore(rising(ends), []))).toEqual(
    differs("ends", input, "It came to true first, and then to false.")
  )
  const constraint = (isFirst: () => boolean) => ({
    constraint: ({ value }: { readonly value: number }) => value < 2 || isFirst()
  })
  expect(await refused(explore(rising(constraint), []))).toEqual(
    differs("constraint", input, "It came to true first, and then to false.")
  )
})

test("a property that counts its calls is named with both answers where its trace is taken again", async () => {
  const calls = [0]
  const third = Property.invariant<View>("not the third", {
    holds: ({ nodes }) => nodes[0]!.state >= 0 && ++calls[0]! !== 3
  })
  expect(await refused(explore(ticking({}), [third]))).toMatchObject({
    where: 'property "not the third"',
    offence: "is not deterministic",
    detail: "It came to false first, and then to true."
  })
})

test("a handler that only the first program of a search heard of otherwise is named by the step that differs", async () => {
  // The same in all calls of one program: what it answers depends on how often `initial` was run.
  const programs = counter()
  let program = 0
  const system = ticking({
    initial: () => {
      program = programs()
      return 0
    },
    handler: (state) => Effect.sync(() => state + 1 + (program === 0 ? 0 : 1))
  })
  const low = Property.invariant<View>("low", { holds: ({ nodes }) => nodes[0]!.state < 1 })
  const found = await refused(explore(system, [low]))
  expect(found).toMatchObject({
    where: "machine clock, handler Tick",
    offence: "is not deterministic",
    detail: expect.stringMatching(/^it returned \d first, and then \d$/)
  })
})

test("a property of walks that throws only off the walk has failed", async () => {
  const throwing = Property.invariant<View>("throws", {
    holds: () => {
      throw Object.create(null)
    }
  })
  const { properties } = await Effect.runPromise(simulate(ticking({}), [throwing], { walks: 1, seed: 1 }))
  expect(properties).toMatchObject([{ verdict: { _tag: "failed", error: "an object without a text" } }])
})
