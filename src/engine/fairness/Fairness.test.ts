import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { WholeState } from "../../model/index.ts"
import { type Fairness, Property } from "../../property/index.ts"
import { compile } from "../compile.ts"
import { ModelRefused } from "../execution/ModelRefused.ts"
import { refuseUnknownActions, fairnessOf } from "./Fairness.ts"

/** One action, two ways of another, and a fault. */
const program = () =>
  compile(
    WholeState.make("works", {
      variables: { on: WholeState.variable(Schema.Boolean, false) },
      actions: ({ on }) => ({
        work: WholeState.action(on.set(true)),
        play: WholeState.each([1, 2], () => on.set(true)),
        break: WholeState.action(Effect.flatMap(on.get, (value) => on.set(!value)))
      }),
      faults: ["break"]
    }),
    []
  )

const fair = (fairness?: Fairness) =>
  Property.eventually<never>("it works", { holds: () => true, ...(fairness === undefined ? {} : { fairness }) })

test("a fair run owes weakly each way of each action and nothing to faults, unless a property says otherwise", () => {
  const cases: ReadonlyArray<readonly [fairness: Fairness | undefined, fairnessKinds: string]> = [
    [undefined, "weak weak weak none"],
    [{}, "weak weak weak none"],
    [{ default: "strong" }, "strong strong strong none"],
    [{ actions: { play: "finite" } }, "weak finite finite none"],
    [{ default: "none", actions: { work: "strong", break: "weak" } }, "strong none none weak"]
  ]
  for (const [fairness, fairnessKinds] of cases) {
    expect(fairnessOf(program(), fair(fairness)).join(" ")).toBe(fairnessKinds)
  }
})

test("fairness may be demanded of actions that the system has, and of any fault that systems can have", () => {
  const faults = ["lose", "duplicate", "cut", "heal", "crash", "crash in mid-handler", "recover"]
  const known = Object.fromEntries(["work", "play", "break", ...faults].map((name) => [name, "weak"] as const))
  expect(refuseUnknownActions("a system", program(), fair({ actions: known }))).toBe(undefined)
  expect(refuseUnknownActions("a system", program(), fair({ default: "strong" }))).toBe(undefined)
})

test("fairness of anything else is refused with the names that there are", () => {
  const actions = { work: "weak", rest: "weak", sleep: "weak" } as const
  expect(() => refuseUnknownActions("a system", program(), fair({ actions }))).toThrow(
    new ModelRefused({
      system: "a system",
      where: 'the fairness of property "it works"',
      offence: "names an action that does not exist",
      input: "",
      detail: '"rest" is none of "work", "play", "break"'
    })
  )
})

const inherited = Object.getOwnPropertyNames(Object.prototype)

test.each(inherited)("fairness says nothing of an action named %s that it does not name itself", (name) => {
  const named = compile(
    WholeState.make("named as what objects inherit", {
      variables: { on: WholeState.variable(Schema.Boolean, false) },
      actions: ({ on }) =>
        Object.fromEntries([
          [name, WholeState.action(on.set(true))],
          ["each", WholeState.each([name], () => on.set(true))]
        ])
    }),
    []
  )
  const fairnessKinds = (fairness: Fairness) => fairnessOf(named, fair(fairness)).join(" ")
  expect(fairnessKinds({ actions: {} })).toBe("weak weak")
  expect(fairnessKinds({ actions: Object.fromEntries([[name, "strong"]]) })).toBe("strong weak")
  expect(refuseUnknownActions("a system", named, fair({ actions: {} }))).toBe(undefined)
})
