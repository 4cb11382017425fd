/**
 * Forbidden acts of an action of a whole-state model are refused, with an error that names the action, the state and
 * the cause.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { entriesOf, refusalOf, refusalOfEndless } from "../../../test/programs.ts"
import { type ActionEffect, Choice, type Variable, WholeState, type WholeState as Model } from "../../model/index.ts"
import { wholeStateProgram } from "./WholeStateProgram.ts"

const refusalIn = (model: Model<unknown>, checkDeterminism = false) =>
  refusalOf(() => {
    const program = wholeStateProgram(model, { observers: [], checkDeterminism })
    for (const state of program.initial) entriesOf(program, state)
  })

/** A model whose action does the next of some things whenever it runs, and one more that may always be taken. */
const doing = (...acts: ReadonlyArray<(left: Variable<number>, right: Variable<number>) => Effect.Effect<unknown>>) => {
  let turn = 0
  return WholeState.make("sins", {
    variables: { left: WholeState.variable(Schema.Int, 0), right: WholeState.variable(Schema.Int, 0, 1) },
    actions: ({ left, right }) => ({
      set: WholeState.each([1], () => Effect.suspend(() => acts[turn++ % acts.length]!(left, right)) as ActionEffect),
      other: WholeState.action(right.set(0))
    })
  })
}

const refusal = (offence: string, detail: string) => ({
  system: "sins",
  where: "action set(1)",
  offence,
  detail,
  input: '{"left":0,"right":0}'
})

test.each<[string, Effect.Effect<unknown, unknown, unknown>, string, string]>([
  ["fails otherwise than by being disabled", Effect.fail("no"), "failed", 'Cause([Fail("no")])'],
  ["throws", Effect.die(new Error("boom")), "threw", "Error: boom"],
  ["chooses among nothing", Choice.among([]), "chose among no alternatives", ""],
  [
    "chooses among what is no list",
    Choice.among({} as never),
    "chose among no alternatives",
    "their number is undefined"
  ],
  [
    "chooses among more than 32 bits can count",
    Choice.use(({ index }) => index(2 ** 32 + 1)),
    "chose among no alternatives",
    "their number is 4294967297"
  ],
  ["waits", Effect.never, "went asynchronous", ""]
])("an action that %s is refused", (_, act, offence, detail) => {
  expect(refusalIn(doing(() => act as Effect.Effect<unknown>))).toEqual(refusal(offence, detail))
})

test("an action that is interrupted is refused as one that failed", () => {
  expect(refusalIn(doing(() => Effect.interrupt))).toMatchObject({ offence: "failed", where: "action set(1)" })
})

test("a value that the variable's schema rejects is refused, at the start and when it is set", () => {
  const model = (start: unknown, next: unknown) =>
    WholeState.make("typed", {
      variables: { word: WholeState.variable(Schema.String, start as string) },
      actions: ({ word }) => ({ set: WholeState.action(word.set(next as string)) })
    })
  const rejected = { system: "typed", offence: "returned a value its schema rejects", detail: "Expected string" }
  expect(refusalIn(model(3, ""))).toEqual({ ...rejected, where: "initial value of word", input: "" })
  expect(refusalIn(model("a", 3))).toEqual({ ...rejected, where: "action set", input: '{"word":"a"}' })
})

test("an action that catches the refusal of what it sets is refused all the same, for the first of them", () => {
  const setting = (...values: ReadonlyArray<unknown>) =>
    WholeState.make("catching", {
      variables: { any: WholeState.variable(Schema.Unknown, 0) },
      actions: ({ any }) => ({
        sets: WholeState.action(
          Effect.forEach(values, (value) => Effect.ignoreCause(any.set(value)), { discard: true })
        )
      })
    })
  const [refusedFirst, refusedNext] = [new WeakMap(), new WeakSet()]
  const refused = refusalIn(setting(refusedFirst))
  expect(refused).toMatchObject({ system: "catching", where: "action sets" })
  expect(refusalIn(setting(refusedNext))).not.toEqual(refused)
  expect(refusalIn(setting(refusedFirst, refusedNext, 1))).toEqual(refused)
  expect(refusalIn(setting(1))).toBe("not refused")
})

/** Things that an action may do, by name. */
const acts = {
  nothing: () => Effect.void,
  "reads left": (left) => left.get,
  "reads right": (_, right) => right.get,
  "chooses one of two": () => Choice.among([1, 2]),
  "chooses the only one": () => Choice.among([1]),
  "sets left to 1": (left) => left.set(1),
  "sets left to 2": (left) => left.set(2),
  "sets right to 1": (_, right) => right.set(1),
  "is disabled": () => WholeState.when(false)
} satisfies Record<
  string,
  (left: Variable<number>, right: Variable<number>) => Effect.Effect<unknown, unknown, unknown>
>

type Act = keyof typeof acts
const inTurn = (...names: ReadonlyArray<Act>) => doing(...names.map((name) => acts[name] as never))

const otherPath = "it read or chose something else than before in equal states"
const edits = (before: string, now: string) =>
  `it wrote something else than before in equal states: ${before} first, and then ${now}`

test.each<[Act, Act, string]>([
  ["reads left", "reads right", otherPath],
  ["reads left", "chooses the only one", otherPath],
  ["chooses one of two", "chooses the only one", otherPath],
  ["nothing", "reads left", otherPath],
  ["reads left", "nothing", otherPath],
  ["sets left to 1", "sets right to 1", edits('{"left":1}', '{"right":1}')],
  ["sets left to 1", "sets left to 2", edits('{"left":1}', '{"left":2}')],
  ["nothing", "sets left to 1", edits("{}", '{"left":1}')],
  ["nothing", "is disabled", edits("{}", "disabled")],
  ["is disabled", "nothing", edits("disabled", "{}")]
])("first an action %s, then it %s: refused when determinism is checked", (first, second, detail) => {
  expect(refusalIn(inTurn(first, second), true)).toEqual(refusal("is not deterministic", detail))
  expect(refusalIn(inTurn(first, first), true)).toBe("not refused")
})

test("runs that differ are refused without a second run, too, where an action has to run anew in an equal state", () => {
  // The first run reads `right` and ends. With another value there it is run again, and begins with something else.
  expect(refusalIn(inTurn("reads right", "reads left"))).toEqual({
    ...refusal("is not deterministic", otherPath),
    input: '{"left":0,"right":1}'
  })
})

test("setting variable 11 to its value number 1 differs from setting variable 1 to its value number 11", () => {
  let turn = 0
  const model = WholeState.make("digits", {
    variables: {
      before: WholeState.variable(Schema.Int, 0),
      one: WholeState.variable(Schema.Int, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
      between: WholeState.family(9, Schema.Int, 0),
      eleven: WholeState.variable(Schema.Int, 0, 1)
    },
    actions: ({ eleven, one }) => ({
      set: WholeState.action(Effect.suspend(() => (turn++ === 0 ? eleven.set(1) : one.set(11))))
    })
  })
  expect(refusalIn(model, true)).toMatchObject({ where: "action set", detail: edits('{"eleven":1}', '{"one":11}') })
})

test("an action that never returns is named, with the state that it ran in", () => {
  const endless = doing(() => {
    for (;;);
  })
  expect(refusalOfEndless(() => refusalIn(endless))).toEqual({
    where: "action set(1)",
    offence: "did not return",
    input: '{"left":0,"right":0}'
  })
})
