import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { searched } from "../../test/trust/searched.ts"
import { checkerOf, compile, ModelRefused, type Program } from "../engine/index.ts"
import { Choice, WholeState } from "../model/index.ts"
import { Property } from "../property/index.ts"
import { evidence, evidenceOfLasso, scheduleTo } from "./evidence.ts"

type Edge = readonly [source: number, target: number]

interface View {
  readonly at: number
}

/** Starts at 5 or at 0 and goes along edges, by faults (`slip`) where there are any, or not (`go`); the former come first. */
const graph = (edges: { readonly slip?: ReadonlyArray<Edge>; readonly go?: ReadonlyArray<Edge> }) =>
  WholeState.make("graph", {
    variables: { at: WholeState.variable(Schema.Finite, 5, 0), went: WholeState.variable(Schema.Boolean, false) },
    actions: ({ at, went }) => {
      const along = ([source, target]: Edge) =>
        Effect.gen(function* () {
          yield* WholeState.when((yield* at.get) === source)
          yield* at.set(target)
          yield* went.set(true)
        })
      return { slip: WholeState.each(edges.slip ?? [], along), go: WholeState.each(edges.go ?? [], along) }
    },
    faults: edges.slip === undefined ? [] : ["slip"]
  })

const numberOf = (program: Program, state: Int32Array) => program.snapshot(state)["at"] as number

/** The schedule to the first state of a number, or to a step from it. */
const scheduleOf = (edges: Parameters<typeof graph>[0], number: number, ordinal = -1) => {
  const program = compile(graph(edges), [])
  const search = searched(program)
  let state = 0
  for (; state < search.store.count; state++) {
    search.store.unpack(state)
    if (numberOf(program, search.store.current) === number) break
  }
  return scheduleTo(search, program, { state, ordinal })
}

describe("the schedule to a place", () => {
  const go: ReadonlyArray<Edge> = [
    [0, 9],
    [0, 1],
    [1, 2],
    [2, 2],
    [2, 3]
  ]

  test("begins in the initial state that its parents lead back to, and takes the step to each child", () => {
    expect(scheduleOf({ go }, 5)).toEqual({ initialIndex: 0, ordinals: [] })
    expect(scheduleOf({ go }, 0)).toEqual({ initialIndex: 1, ordinals: [] })
    expect(scheduleOf({ go }, 1)).toEqual({ initialIndex: 1, ordinals: [1] })
    expect(scheduleOf({ go }, 3)).toEqual({ initialIndex: 1, ordinals: [1, 0, 1] })
  })

  test("ends with the step, if it is one", () => {
    expect(scheduleOf({ go }, 2, 0)).toEqual({ initialIndex: 1, ordinals: [1, 0, 0] })
    expect(scheduleOf({ go }, 5, 3)).toEqual({ initialIndex: 0, ordinals: [3] })
  })

  test("takes the first of several steps to a child, and a fault only where there is no other way", () => {
    const twice: ReadonlyArray<Edge> = [
      [0, 9],
      [0, 1],
      [0, 1]
    ]
    expect(scheduleOf({ go: twice }, 1).ordinals).toEqual([1])
    expect(scheduleOf({ slip: twice }, 1).ordinals).toEqual([1])
    expect(scheduleOf({ slip: twice, go: twice }, 1).ordinals).toEqual([4])
    // Over 1 by a fault, and on without one.
    expect(scheduleOf({ slip: twice, go: [[1, 2]] }, 2).ordinals).toEqual([1, 0])
  })

  test("is refused where a state is no successor of its parent", () => {
    const program = compile(graph({ go }), [])
    const search = searched(program)
    const last = search.store.count - 1
    search.parents[last] = 0
    expect(() => scheduleTo(search, program, { state: last, ordinal: -1 })).toThrow(
      new Error("plait's fault: a state is no successor of its parent")
    )
  })
})

describe("evidence", () => {
  const line = () =>
    graph({
      go: [
        [0, 1],
        [1, 2]
      ]
    })
  const toTwo = { initialIndex: 1, ordinals: [0, 0] }

  const shown = (property: Property<View>, replayed = line(), schedule = toTwo) => {
    const program = compile(line(), [property])
    return evidence(program, compile(replayed, [property]), checkerOf(program, property as Property<unknown>), schedule)
  }

  test("is the trace of a schedule, with what the property says of its end", () => {
    const never2 = Property.invariant<View>("never 2", {
      holds: ({ at }) => at !== 2,
      explain: ({ at }, _, history) => `${at} after ${history.length} steps`
    })
    const { because, trace } = shown(never2)
    expect(because).toBe("2 after 2 steps")
    expect([trace.initialIndex, trace.initial]).toEqual([1, { at: 0, went: false }])
    expect(
      trace.steps.map(({ fault, label, number, ordinal, state }) => [number, label, ordinal, fault, state])
    ).toEqual([
      [1, "go([0,1])", 0, false, { at: 1, went: true }],
      [2, "go([1,2])", 0, false, { at: 2, went: true }]
    ])
  })

  test("is there for situations that are reached and for steps, too", () => {
    expect(shown(Property.reachable("2", { holds: ({ at }) => at === 2 })).trace.steps).toHaveLength(2)
    const small = Property.stepInvariant<View>("not from 1", { holds: (before) => before.at !== 1 })
    expect(shown(small).trace.steps).toHaveLength(2)
  })

  test("that decides nothing when it is taken again is refused", () => {
    const gone = (name: string) => new Error(`plait's fault: the replayed trace no longer decides "${name}"`)
    expect(() => shown(Property.invariant("true", { holds: () => true }))).toThrow(gone("true"))
    expect(() => shown(Property.reachable("false", { holds: () => false }))).toThrow(gone("false"))
  })

  test("that cannot be taken, or is not the same when it is taken again, is refused", () => {
    const never = Property.invariant<View>("never 2", { holds: ({ at }) => at !== 2 })
    const failure = new Error('plait\'s fault: the trace that decides "never 2" did not replay')
    const shorter = graph({ go: [[0, 1]] })
    const other = graph({
      go: [
        [0, 1],
        [1, 2],
        [7, 8]
      ],
      slip: [[8, 9]]
    })
    expect(shown(never, other).trace.steps).toHaveLength(2)
    const elsewhere = graph({
      go: [
        [0, 3],
        [3, 2]
      ]
    })
    const differs = (label: string, input: object) =>
      new ModelRefused({
        system: "graph",
        where: `action ${label}`,
        offence: "is not deterministic",
        input: JSON.stringify(input),
        detail: `"${label}" could happen first, and then not.`
      })
    expect(() => shown(never, shorter)).toThrow(differs("go([1,2])", { at: 1, went: true }))
    expect(() => shown(never, elsewhere)).toThrow(differs("go([0,1])", { at: 0, went: false }))
    expect(() => shown(never, line(), { initialIndex: 1, ordinals: [0, 7] })).toThrow(failure)
  })
})

type Answer = boolean | (() => boolean)

/** Gives answers in turn, one at each call. */
const inTurn = (...answers: ReadonlyArray<Answer>) => {
  let calls = 0
  return (): boolean => {
    const answer = answers[calls++ % answers.length]!
    return typeof answer === "boolean" ? answer : answer()
  }
}

const refusedBy = (where: string, input: object, detail: string, system = "graph") =>
  new ModelRefused({ system, where, offence: "is not deterministic", input: JSON.stringify(input), detail })

describe("evidence whose property answers otherwise when the trace is taken again", () => {
  const at2 = { at: 2, went: true }
  const line = () =>
    graph({
      go: [
        [0, 1],
        [1, 2]
      ]
    })

  const shown = (property: Property<View>, ordinals: ReadonlyArray<number> = [0, 0], replayed = line()) => {
    const program = compile(line(), [property])
    const checker = checkerOf(program, property as Property<unknown>)
    return evidence(program, compile(replayed, [property]), checker, { initialIndex: 1, ordinals })
  }

  test("names the property with both answers", () => {
    const because = (now: string, before: string) =>
      refusedBy('property "p"', at2, `It came to ${before} first, and then to ${now}.`)
    const answering = (...answers: ReadonlyArray<Answer>) => {
      const answer = inTurn(...answers)
      return ({ at }: View) => at >= 0 && answer()
    }
    // The trace that is taken again is asked about first.
    expect(() => shown(Property.invariant("p", { holds: answering(true, false) }))).toThrow(because("true", "false"))
    expect(() => shown(Property.reachable("p", { holds: answering(false, true) }))).toThrow(because("false", "true"))
    const throwing = () => {
      throw new Error("odd")
    }
    expect(() => shown(Property.invariant("p", { holds: answering(throwing, false) }))).toThrow(
      because("an exception", "false")
    )
  })

  test("names a call first that differs within one of the programs", () => {
    const never = Property.invariant<View>("p", { holds: ({ at }) => at < 2 })
    const counting = (step: number) => {
      let calls = 0
      return compile(
        WholeState.make("graph", {
          variables: { at: WholeState.variable(Schema.Finite, 0) },
          actions: ({ at }) => ({
            go: WholeState.action(Effect.flatMap(at.get, (now) => at.set(now + 1 + step * calls++)))
          })
        }),
        [never]
      )
    }
    const taken = (program: Program, replayed: Program) => () =>
      evidence(program, replayed, checkerOf(program, never as Property<unknown>), { initialIndex: 0, ordinals: [0, 0] })
    const within = /it wrote something else than before in equal states/
    expect(taken(counting(0), counting(1))).toThrow(within)
    expect(taken(counting(1), counting(0))).toThrow(within)
  })

  test("names an action first that differs in the last state, which the property asks about", () => {
    const more = graph({
      go: [
        [0, 1],
        [1, 2],
        [2, 3]
      ]
    })
    const cannotGo = Property.invariant<View>("p", { holds: ({ at }, _, enabled) => at !== 2 || enabled("go") })
    expect(() => shown(cannotGo, [0, 0], more)).toThrow(
      refusedBy("action go([2,3])", at2, '"go([2,3])" could not happen first, and then did.')
    )
  })
})

describe("evidence of a run that goes on for ever", () => {
  const turning = () =>
    WholeState.make("turning", {
      variables: { at: WholeState.variable(Schema.Finite, 0) },
      actions: ({ at }) => ({
        start: WholeState.action(
          Effect.flatMap(at.get, (now) => Effect.andThen(WholeState.when(now === 0), at.set(1)))
        ),
        turn: WholeState.action(
          Effect.flatMap(at.get, (now) =>
            Effect.andThen(WholeState.when(now === 1 || now === 2), Effect.flatMap(Choice.among([3 - now]), at.set))
          )
        )
      })
    })

  const shown = (property: Property<View>, ordinals: ReadonlyArray<number>, loop: number, replayed = turning()) => {
    const program = compile(turning(), [property])
    const checker = checkerOf(program, property as Property<unknown>)
    return evidenceOfLasso(program, compile(replayed, [property]), checker, { initialIndex: 0, ordinals }, loop)
  }

  const reaches3 = Property.eventually<View>("it comes to 3", {
    holds: ({ at }) => at === 3,
    explain: ({ at }, _, history) => `back to ${at} after ${history.length} steps`
  })

  test("is the trace with the state to which its loop goes back, and what the property says of its end", () => {
    const { because, trace } = shown(reaches3, [0, 0, 0], 1)
    expect(because).toBe("back to 1 after 3 steps")
    expect(trace.loop).toBe(1)
    expect(trace.steps.map(({ action, state }) => [action, state])).toEqual([
      ["start", { at: 1 }],
      ["turn", { at: 2 }],
      ["turn", { at: 1 }]
    ])
  })

  test("that does not close, or lacks nothing that is claimed, is refused", () => {
    const refused = (name: string) => new Error(`plait's fault: the replayed loop does not violate "${name}"`)
    expect(() => shown(reaches3, [0, 0], 1)).toThrow(refused("it comes to 3"))
    const reaches2 = Property.eventually<View>("it comes to 2", { holds: ({ at }) => at === 2 })
    expect(() => shown(reaches2, [0, 0, 0], 1)).toThrow(refused("it comes to 2"))
  })

  test("whose property answers otherwise when it is taken again is refused with both answers", () => {
    const never = inTurn(false)
    const atTwo =
      (answer: () => boolean) =>
      ({ at }: View) =>
        at === 2 && answer()
    const refused = (detail: string) => refusedBy('property "p"', { at: 2 }, detail, "turning")
    const property = Property.eventually<View>("p", { holds: atTwo(inTurn(true, false)) })
    expect(() => shown(property, [0, 0, 0], 1)).toThrow(refused("It came to false first, and then to true."))
    const premise = Property.eventually<View>("p", { from: atTwo(inTurn(false, true)), holds: atTwo(never) })
    expect(() => shown(premise, [0, 0, 0], 1)).toThrow(refused("It came to true first, and then to false."))
  })

  test("that cannot be taken again is refused", () => {
    expect(() => shown(reaches3, [0, 0, 0, 1], 1)).toThrow(
      new Error('plait\'s fault: the trace that decides "it comes to 3" did not replay')
    )
  })
})
