/**
 * Pairs of systems that differ in one place, which stand for one system whose code answers otherwise when it is run
 * again.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { labelsOf, stateAfter } from "../../../test/programs.ts"
import { asked, asks, hear, log, receives, speaker, speakers, told } from "../../../test/speakers.ts"
import { Choice, type Machine, Network, Observe, Timer, WholeState } from "../../model/index.ts"
import { compile } from "../compile.ts"
import { culpritOf } from "./Culprit.ts"
import type { Program } from "../Program.ts"

/** The places of steps of these labels, from the first initial state on. */
const along = (program: Program, ...labels: ReadonlyArray<string>) => ({
  initialIndex: 0,
  ordinals: labels.map((label, index) =>
    labelsOf(program, stateAfter(program, ...labels.slice(0, index))).indexOf(label)
  )
})

const named = (before: Program, now: Program, schedule = along(before)) => {
  const found = culpritOf(before, now, schedule)
  if (found === undefined) return undefined
  const { detail, input, offence, system, where } = found
  expect([system, offence]).toEqual([before.system, "is not deterministic"])
  return { where, input, detail }
}

interface Pair {
  readonly a: number
  readonly b: number
}

const initials: ReadonlyArray<number> = [0]

/** Counts `a` up to 3, and sets `b` to one of several values where `a` is 1. */
const counting = ({
  choices = 1,
  last = choices - 1,
  start = initials,
  step = 1,
  ...constraints
}: {
  readonly choices?: number
  readonly last?: number
  readonly start?: ReadonlyArray<number>
  readonly step?: number
  readonly constraint?: (state: Pair) => boolean
  readonly actionConstraint?: (before: Pair, after: Pair) => boolean
} = {}) =>
  compile(
    WholeState.make("counting", {
      variables: { a: WholeState.variable(Schema.Int, ...start), b: WholeState.variable(Schema.Int, 0) },
      actions: ({ a, b }) => ({
        up: WholeState.action(
          Effect.gen(function* () {
            const count = yield* a.get
            yield* WholeState.when(count < 3)
            yield* a.set(count === 1 ? count + step : count + 1)
          })
        ),
        pick: WholeState.action(
          Effect.gen(function* () {
            yield* WholeState.when((yield* a.get) === 1)
            const picked = yield* Choice.among(Array.from({ length: choices }, (_, index) => index))
            yield* b.set(picked === choices - 1 ? last : picked)
          })
        )
      }),
      ...constraints
    }),
    []
  )

describe("of a whole-state model", () => {
  test("nothing is named where the programs agree, or as far as both can be followed", () => {
    expect(named(counting(), counting(), along(counting(), "up", "up", "up"))).toBe(undefined)
    expect(named(counting(), counting({ step: 2 }), along(counting()))).toBe(undefined)
    expect(named(counting(), counting({ step: 2 }), { initialIndex: 0, ordinals: [7, 0] })).toBe(undefined)
    expect(named(counting(), counting({ step: 2 }), { initialIndex: 1, ordinals: [0] })).toBe(undefined)
  })

  test("an action is named with the parts of the state that it led to and that differ, also after the last step", () => {
    const found = { where: "action up", input: '{"a":1,"b":0}', detail: '"up" led to {"a":2} first, and then {"a":3}.' }
    expect(named(counting(), counting({ step: 2 }), along(counting(), "up"))).toEqual(found)
    expect(named(counting(), counting({ step: 2 }), along(counting(), "up", "pick", "up"))).toEqual(found)
  })

  test("the first of its ways that differs is named, if it is among the first 500", () => {
    const pick = (count: number, value: number) => counting({ choices: count, last: value })
    const way = (number: number, before: number, now: number) => ({
      where: `action pick, choice ${number}`,
      input: '{"a":1,"b":0}',
      detail: `"pick, choice ${number}" led to {"b":${before}} first, and then {"b":${now}}.`
    })
    const toOne = along(counting(), "up")
    expect(named(pick(3, 2), pick(3, 7), toOne)).toEqual(way(2, 2, 7))
    // The first step is `up`.
    expect(named(pick(499, 498), pick(499, 9), toOne)).toEqual(way(498, 498, 9))
    expect(named(pick(500, 499), pick(500, 9), toOne)).toBe(undefined)
    const toLast = along(pick(501, 500), "up", "pick, choice 500")
    expect(named(pick(501, 500), pick(500, 499), toLast)).toBe(undefined)
    expect(named(pick(500, 499), pick(501, 500), toLast)).toBe(undefined)
  })

  test("an action that could be taken only once is named", () => {
    const halted = counting({ step: 2 })
    const schedule = along(counting(), "up", "up")
    const two = counting({ choices: 2 })
    const three = counting({ choices: 3 })
    const choice = (happened: string) => ({
      where: "action pick, choice 2",
      input: '{"a":1,"b":0}',
      detail: `"pick, choice 2" ${happened}.`
    })
    expect(named(three, two, schedule)).toEqual(choice("could happen first, and then not"))
    expect(named(two, three, schedule)).toEqual(choice("could not happen first, and then did"))
    expect(named(halted, halted, schedule)).toBe(undefined)
  })

  test("initial states are named by how many there are, then by the one that differs", () => {
    expect(named(counting(), counting({ start: [0, 1] }))).toEqual({
      where: "the initial states",
      input: "",
      detail: "There were 1 first, and then 2."
    })
    expect(named(counting(), counting({ start: [1] }))).toEqual({
      where: "the initial state",
      input: "",
      detail: 'It was {"a":0} first, and then {"a":1}.'
    })
  })

  test("a constraint is named with its answers", () => {
    const below = (most: number) => counting({ constraint: ({ a }) => a < most })
    const toTwo = along(counting(), "up", "up")
    const answers = (where: string, before: boolean) => ({
      where,
      input: '{"a":2,"b":0}',
      detail: `It came to ${before} first, and then to ${!before}.`
    })
    expect(named(below(2), below(3), toTwo)).toEqual(answers("constraint", false))
    expect(named(below(3), below(2), toTwo)).toEqual(answers("constraint", true))
    expect(named(below(3), below(3), toTwo)).toBe(undefined)
    const flat = (most: number) => counting({ choices: 2, constraint: ({ b }) => b < most })
    expect(named(flat(1), flat(2), along(flat(2), "up", "pick, choice 1"))).toMatchObject({ input: '{"a":1,"b":1}' })
    const from = (least: number) => counting({ actionConstraint: (before) => before.a < least })
    expect(named(from(1), from(2), toTwo)).toEqual(answers("actionConstraint", false))
    expect(named(from(2), from(3), toTwo)).toBe(undefined)
  })
})

describe("of a system of nodes", () => {
  const twoWords = asked(["a", "b"])
  const words = (given: Parameters<typeof speaker>[0], behaviour: Parameters<typeof speaker>[1] = {}) =>
    speakers({ ...twoWords, machine: speaker(given, behaviour) as Machine<unknown> })

  const saying = (said: string, heard: (word: string) => string = () => said) =>
    words({
      Say: Effect.fnUntraced(function* (state, { word }) {
        yield* Network.broadcast(told(heard(word)))
        return { ...state, said: state.said + said.length }
      })
    })

  test("a handler is named with what it sent, if that differs, before the state that it led to", () => {
    const { detail, where } = named(saying("x"), saying("yes"))!
    const sent = (word: string) => `{"sent":[{"from":0,"to":1,"message":{"_tag":"Told","word":"${word}"}}]}`
    expect(where).toBe("machine speaker, handler Say")
    expect(detail).toBe(`"${asks(0, "a")}" came with ${sent("x")} first, and then ${sent("yes")}.`)
  })

  test("a handler is named with what it observed", () => {
    const applying = (write: string) =>
      words({ Say: (state) => Effect.as(Observe.applied(write), state), Told: (state) => Effect.succeed(state) })
    const { detail, where } = named(applying("x"), applying("y"))!
    expect(where).toBe("machine speaker, handler Say")
    expect(detail).toContain('came with {"observations":')
  })

  test("a guard is named where a step can be taken only once", () => {
    const guarded = (most: number) =>
      words({}, { guards: { Say: () => true, Told: ({ heard }) => heard.length < most } })
    const schedule = along(guarded(1), asks(0, "a"))
    const found = named(guarded(1), guarded(0), schedule)!
    expect([found.where, found.detail]).toEqual([
      "machine speaker, guard Told",
      `"${receives(1, "a", 0)}" could happen first, and then not.`
    ])
    expect(named(guarded(0), guarded(1), schedule)!.detail).toBe(
      `"${receives(1, "a", 0)}" could not happen first, and then did.`
    )
  })

  test("an observer is named where nothing differs but what it remembers", () => {
    const deaf = { ...log(), name: "deaf", observe: (before: string) => before }
    const hearing = { ...deaf, observe: (before: string) => `${before}.` }
    const found = named(speakers(twoWords, [deaf]), speakers(twoWords, [hearing]))!
    expect(found.where).toBe('observer "deaf"')
    expect(found.detail).toBe(`"${asks(0, "a")}" led to {"observed: deaf":""} first, and then {"observed: deaf":"."}.`)
  })

  test("a handler is named where the state differs, too, that observers only see", () => {
    const adding = (count: number) =>
      speakers(
        {
          ...twoWords,
          machine: speaker({
            Say: (state) => Effect.succeed({ ...state, said: state.said + count })
          }) as Machine<unknown>
        },
        [{ ...log(), name: "deaf", observe: (before: string) => `${before}${count}` }]
      )
    expect(named(adding(1), adding(2))!.where).toBe("machine speaker, handler Say")
  })

  test("steps of one label are told apart", () => {
    const timed = (heard: string, again = "v") =>
      words(
        {
          Say: Effect.fnUntraced(function* (state) {
            for (const name of ["t", "u", "v"]) yield* Timer.set(name)
            return state
          })
        },
        {
          timeouts: {
            t: (state) => Effect.succeed(state),
            u: (state) => Effect.succeed(hear(state, heard)),
            v: (state) => Effect.succeed(hear(state, again))
          }
        }
      )
    const schedule = along(timed("x"), asks(0, "a"))
    const labels = labelsOf(timed("x"), stateAfter(timed("x"), asks(0, "a")))
    expect(labels.filter((label) => label === "n0 times out")).toHaveLength(3)
    expect(named(timed("x"), timed("y"), schedule)!.where).toBe("machine speaker, handler timeout u")
    expect(named(timed("x"), timed("x", "y"), schedule)!.where).toBe("machine speaker, handler timeout v")
    expect(named(timed("x"), timed("x"), schedule)).toBe(undefined)
  })
})
