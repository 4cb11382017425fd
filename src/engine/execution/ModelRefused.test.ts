import { describe, expect, test } from "vitest"
import { brief, ModelRefused, type Offence, Refusal } from "./ModelRefused.ts"

const refused = (offence: Offence, more: { readonly input?: string; readonly detail?: string } = {}) =>
  new ModelRefused({ system: "a system", where: "machine m, handler Go", offence, input: "", detail: "", ...more })

/** Each rule with the words of its advice that say what to do or where to look. */
const rules: { readonly [offence in Offence]: string } = {
  "went asynchronous": "Send a message or set a timer instead of waiting",
  "scheduled work": "must not fork, yield or sleep",
  "read the wall clock": "Use LocalClock.now",
  "used random numbers": "Use Choice.among",
  "mutated its input": "Return a changed copy",
  threw: "say so with a property instead",
  failed: "Handle the failure, or make it part of the state",
  "returned no Effect": "Effect.succeed(next)",
  "returned neither true nor false": "returns true or false at once",
  "returned a value its schema rejects": "Correct the schema or the value",
  "used a value that is not plain data": "no classes, functions or symbols",
  "sent to a node that does not exist": "Nodes are numbered from 0",
  "sent over a link the topology lacks": "Send to Network.neighbours",
  "sent a message its destination does not accept": "List the message under `messages`",
  "is not deterministic": "Look for Math.random, Date.now, or variables outside the handler",
  "read a clock the system does not have": "Clocks.perfect({ horizon: 3 })",
  "asked for an operation outside an operation's handler": "known only while an operation is handled",
  "asked for a sender outside a message's handler": "known only while a message is handled",
  "chose among no alternatives": "takes at least one alternative",
  "can go in too many ways":
    "Every way is a successor of one state. Choose among fewer alternatives, or in several steps; give the clocks a lower horizon or skew.",
  "may crash in too many ways":
    "Any of its messages may have left before the crash. Send fewer in one handler, or leave out midHandler of Faults.crash.",
  "sent too many messages": "All of them are in flight at once. Send fewer in one handler; is there a loop?",
  "set a timer that has no handler": "Declare it under `timeouts`",
  "cancelled a timer that has no handler": "Correct its name",
  "has no handler": "Give the machine a handler",
  "took too many steps": "more than 10,000 things, or took more than 1,000,000 steps of Effect",
  "did not return": "Does it loop for ever?",
  "was held up": "run it again",
  "names an action that does not exist": "Name actions as reports list them",
  "is not composed correctly": "Correct the system"
}

describe("a refusal", () => {
  test("says what happened where, and what to do about it", () => {
    for (const [offence, advice] of Object.entries(rules)) {
      const [what, toDo, ...more] = refused(offence as Offence).message.split("\n")
      expect([what, more]).toEqual([`a system: machine m, handler Go ${offence}`, []])
      expect(toDo).toMatch(/^ {2}\S.*[.?]$/)
      expect(toDo?.includes(advice) ? advice : toDo).toBe(advice)
    }
  })

  test("says exactly what, over several lines if need be, and what was handled", () => {
    expect(refused("has no handler", { detail: "one\ntwo\nthree", input: "Go in state 1" }).message).toBe(
      [
        "a system: machine m, handler Go has no handler",
        "  one",
        "  two",
        "  three",
        "  while handling Go in state 1",
        "  Give the machine a handler of this name."
      ].join("\n")
    )
  })

  test("is a tagged error with its parts", () => {
    const { _tag, detail, input, offence, system, where } = refused("threw", { detail: "Error: boom", input: "Go" })
    expect({ _tag, detail, input, offence, system, where }).toEqual({
      _tag: "ModelRefused",
      detail: "Error: boom",
      input: "Go",
      offence: "threw",
      system: "a system",
      where: "machine m, handler Go"
    })
  })

  test("on its way inside the engine has the rule and the detail, if there is one", () => {
    const [plain, detailed] = [new Refusal("failed"), new Refusal("failed", "so")]
    expect([plain.offence, plain.detail, plain.message]).toEqual(["failed", "", "failed: "])
    expect([detailed.offence, detailed.detail, detailed.message]).toEqual(["failed", "so", "failed: so"])
  })
})

describe("a value in one line", () => {
  test("is JSON, with sets as lists, maps as records and big integers with an n", () => {
    const value = { set: new Set([1, 2]), map: new Map([["key", new Set(["x"])]]), big: [10n], text: "t", none: null }
    expect(brief(value)).toBe('{"set":[1,2],"map":{"key":["x"]},"big":["10n"],"text":"t","none":null}')
  })

  test("is its text where JSON has none", () => {
    expect([brief(undefined), brief(Symbol("s"))]).toEqual(["undefined", "Symbol(s)"])
  })

  test("is cut at 200 characters", () => {
    // Two of them are quotation marks.
    expect(brief("x".repeat(198))).toBe(`"${"x".repeat(198)}"`)
    expect(brief("x".repeat(199))).toBe(`"${"x".repeat(198)}…`)
  })
})
