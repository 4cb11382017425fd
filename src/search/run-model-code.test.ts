import { Cause, Effect, Exit } from "effect"
import { expect, test } from "vitest"
import { ModelRefused } from "../engine/index.ts"
import type { Offence } from "../engine/execution/ModelRefused.ts"
import { retryIfSuspended, Patience, runModelCode, runModelSlice } from "./run-model-code.ts"

const refused = new ModelRefused({ system: "a system", where: "here", offence: "threw", input: "", detail: "" })
const boom = new Error("boom")

const throwing = (thrown: Error) => () => {
  throw thrown
}

const ways = [
  ["a part", (run: () => number) => runModelCode("a system", run)],
  ["a slice", (run: () => number) => runModelSlice("a system", run)]
] as const

test.each(ways)("%s has its value, fails where the model is refused, and dies of anything else", async (_what, way) => {
  const exits = await Promise.all(
    [() => 7, throwing(refused), throwing(boom)].map((run) => Effect.runPromiseExit(way(run)))
  )
  expect(exits).toEqual([Exit.succeed(7), Exit.fail(refused), Exit.die(boom)])
  expect(exits.map((exit) => Exit.isFailure(exit) && Cause.squash(exit.cause))).toEqual([false, refused, boom])
})

const details = (patience: Effect.Effect<unknown, ModelRefused>) =>
  Effect.runPromise(
    Effect.provideService(Effect.flip(patience), Patience, { sliceMillis: 100, partMillis: 200 }).pipe(
      Effect.map(({ detail, system }) => [system, detail])
    )
  )

const loop = (): never => {
  for (;;);
}

test("a part and a slice are ended, each in its own time, in the name of the system", async () => {
  expect(await details(runModelCode("one", loop))).toEqual(["one", "It was ended after 0.2 s."])
  expect(await details(runModelSlice("other", loop))).toEqual(["other", "It was ended after 0.1 s."])
})

test("what was held up is begun again three times, and nothing else is", async () => {
  const attempts = async (offence: Offence, refusals: number) => {
    let begun = 0
    const work = Effect.suspend(() =>
      ++begun > refusals
        ? Effect.succeed("done")
        : Effect.fail(new ModelRefused({ system: "s", where: "w", offence, input: "", detail: "" }))
    )
    const end = await Effect.runPromise(
      Effect.match(retryIfSuspended(work), { onSuccess: String, onFailure: ({ offence }) => offence })
    )
    return [begun, end]
  }
  expect(await attempts("was held up", 3)).toEqual([4, "done"])
  expect(await attempts("was held up", 4)).toEqual([4, "was held up"])
  expect(await attempts("did not return", 1)).toEqual([1, "did not return"])
})

test("unless told otherwise a slice may take a minute and any other part ten", async () => {
  expect(Patience.key).toBe("plait/explorer/Patience")
  expect(await Effect.runPromise(Effect.service(Patience))).toEqual({ sliceMillis: 60_000, partMillis: 600_000 })
})
