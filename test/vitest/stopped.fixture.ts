/** A search that a failing test beside it stops, where vitest is told to end at the first failure. */
import { afterAll, describe, test } from "vitest"
import { growOnlySetModel } from "../../models/crdt/grow-only-set.ts"
import { Property } from "../../src/index.ts"
import { verify } from "../../src/vitest/index.ts"

const begun = Promise.withResolvers<void>()
let asked = 0

/** Lets everything that waits for a turn of the event loop have some. */
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe.concurrent("together", () => {
  verify(
    growOnlySetModel.system({ replicas: 4, operations: 9 }),
    [
      Property.invariant("a property of every state", {
        holds: () => {
          asked++
          begun.resolve()
          return true
        }
      })
    ],
    { limits: { timeMillis: 300_000 } }
  )

  test("fails once the search has begun", async () => {
    await begun.promise
    throw new Error("first failure")
  })
})

afterAll(async () => {
  await turns()
  const before = asked
  await turns()
  process.stdout.write(`afterAll: ${asked - before} states asked about after the end\n`)
})
