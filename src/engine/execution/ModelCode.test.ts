import { close, open } from "node:inspector"
import { describe, expect, test } from "vitest"
import { callModelCode, withTimeLimit, timedScript } from "./ModelCode.ts"
import { ModelRefused } from "./ModelRefused.ts"

const loop = (): never => {
  for (;;);
}

const named = (where: string) => () => ({ where, input: `to ${where}` })

const refusal = (run: () => unknown) => {
  try {
    run()
  } catch (thrown) {
    if (thrown instanceof ModelRefused) {
      return {
        system: thrown.system,
        where: thrown.where,
        offence: thrown.offence,
        input: thrown.input,
        detail: thrown.detail
      }
    }
    throw thrown
  }
  return undefined
}

const ended = { system: "a system", offence: "did not return", detail: "It was ended after 0.1 s." }

describe("what returns", () => {
  test("has its value, and what it throws is thrown", () => {
    expect(withTimeLimit(60_000, "a system", () => callModelCode(named("f"), () => 7))).toBe(7)
    expect(withTimeLimit(Infinity, "a system", () => undefined)).toBe(undefined)
    const boom = new RangeError("boom")
    const thrown = (): unknown => {
      try {
        return withTimeLimit(60_000, "a system", () => {
          throw boom
        })
      } catch (error) {
        return error
      }
    }
    expect(thrown()).toBe(boom)
    expect(thrown()).toHaveProperty("stack", boom.stack)
  })

  test("may throw nothing at all, or an error of its own with another code", () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    const like = Object.assign(() => 1, { code: "ERR_SCRIPT_EXECUTION_TIMEOUT" })
    for (const odd of [undefined, null, "text", { code: "ENOENT" }, like, proxy]) {
      let caught: unknown = "nothing"
      try {
        withTimeLimit(60_000, "a system", () => {
          throw odd
        })
      } catch (thrown) {
        caught = thrown
      }
      expect(caught === odd).toBe(true)
    }
  })
})

test("it is told to other threads for as long as something is watched", () => {
  const told = () => Atomics.load(timedScript, 0)
  expect([told(), withTimeLimit(60_000, "a system", told), told()]).toEqual([0, 1, 0])
})

describe("what does not return", () => {
  test("is named as the innermost code that runs", () => {
    const run = () => callModelCode(named("outer"), () => callModelCode(named("inner"), loop))
    expect(refusal(() => withTimeLimit(100, "a system", run))).toEqual({ ...ended, where: "inner", input: "to inner" })
  })

  test("is named as the code around, once inner code has returned or thrown", () => {
    const run = () =>
      callModelCode(named("outer"), () => {
        callModelCode(named("returns"), () => 1)
        try {
          callModelCode(named("throws"), () => {
            throw new Error("boom")
          })
        } catch {
          loop()
        }
      })
    expect(refusal(() => withTimeLimit(100, "a system", run))).toEqual({ ...ended, where: "outer", input: "to outer" })
  })

  test("is a step of the search where no code of the model runs, whatever was ended before", () => {
    const before = () => refusal(() => withTimeLimit(100, "a system", () => callModelCode(named("f"), loop)))
    expect(before()).toEqual({ ...ended, where: "f", input: "to f" })
    const search = { ...ended, where: "a step of the search", input: "" }
    expect(refusal(() => withTimeLimit(100, "a system", loop))).toEqual(search)
  })

  test("is held up and not to blame where the process had next to nothing of the processor", () => {
    const stopped = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000)
    expect(refusal(() => withTimeLimit(400, "a system", () => callModelCode(named("f"), stopped)))).toEqual({
      system: "a system",
      where: "f",
      input: "to f",
      offence: "was held up",
      detail: "It was ended after 0.4 s."
    })
    // A tenth of the time is enough to be blamed.
    const busy = () => {
      const micros = (): number => Object.values(process.cpuUsage()).reduce((sum, each) => sum + each, 0)
      const end = micros() + 40_000
      while (micros() < end);
      return stopped()
    }
    expect(refusal(() => withTimeLimit(400, "a system", busy))).toMatchObject({ offence: "did not return" })
  })

  test("is not ended where a debugger may hold it", () => {
    open(0)
    try {
      const slow = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
      expect(withTimeLimit(20, "a system", slow)).toBe("timed-out")
    } finally {
      close()
    }
  })

  test("is ended after a millisecond at the least", () => {
    const detail = "It was ended after 0 s."
    expect(refusal(() => withTimeLimit(0, "a system", () => callModelCode(named("f"), loop)))).toMatchObject({ detail })
  })
})
