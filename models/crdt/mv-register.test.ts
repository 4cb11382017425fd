import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { failuresOf } from "../../test/failures.ts"
import { Assign, type MultiValue, mvRegister, registerValues } from "./mv-register.ts"

const maximal = "the values are those of the writes that no other write has seen"
const twice = ["n0 is asked to Assign a", "n0 is asked to Assign b"]

describe("multi-value register", () => {
  for (const style of ["state", "operation"] as const) {
    it(`${style}-based, shows two concurrent writes, and only the one that has seen both after it`, () => {
      const type = mvRegister(style, "none")
      const assigned = (held: MultiValue, element: string, replica: number, number: number) => {
        const content = type.prepare(held, Assign.make({ element }), { replica, number })
        return { content, held: type.apply(held, content) }
      }
      const here = assigned(type.initial(0), "a", 0, 1)
      const there = assigned(type.initial(1), "b", 1, 1)
      const both = type.apply(here.held, there.content)
      const after = assigned(both, "c", 0, 2)
      assert.deepStrictEqual([both, type.apply(there.held, here.content)].map(registerValues), [
        ["a", "b"],
        ["a", "b"]
      ])
      const told = type.apply(type.apply(there.held, here.content), after.content)
      assert.deepStrictEqual([after.held, told].map(registerValues), [["c"], ["c"]])
    })
  }

  for (const suiteCase of [
    "style=state,replicas=2,delivery=at-least-once,mutant=none",
    "style=state,replicas=3,mutant=none",
    "style=operation,delivery=causal,mutant=none"
  ]) {
    it.effect(`${suiteCase}: what is shown is exactly the maximal writes`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* failuresOf(`mv-register/${suiteCase}`), {})
      })
    )
  }

  for (const delivery of ["at-least-once", "exactly-once"]) {
    it.effect(`operations, ${delivery}: a write that overtakes the one it replaces leaves both`, () =>
      Effect.gen(function* () {
        const failures = yield* failuresOf(`mv-register/style=operation,delivery=${delivery}`)
        assert.deepStrictEqual(failures[maximal], [
          ...twice,
          "n1 receives Apply {n0.2 assign b} from n0",
          "n1 receives Apply {n0.1 assign a} from n0"
        ])
      })
    )
  }

  it.effect(
    "state, forgets-seen: a write replaces its replica's own earlier ones only, whose count its dot exceeds",
    () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* failuresOf("mv-register/style=state,mutant=forgets-seen"), {
          [maximal]: ["n0 is asked to Assign a", "n1 receives Merge {n0.1 assign a} from n0", "n1 is asked to Assign c"]
        })
      })
  )

  for (const suiteCase of ["style=state,mutant=keeps-all", "style=operation,mutant=forgets-seen"]) {
    it.effect(`${suiteCase}: a replica shows beside its own write the one it has seen`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* failuresOf(`mv-register/${suiteCase}`), { [maximal]: twice })
      })
    )
  }
})
