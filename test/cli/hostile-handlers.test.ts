/**
 * A handler that does what none may, through the real command: exit 2, nothing on standard output, and the first lines
 * name the machine, the handler, the offence, its cause, the input and the state. Until a loop of plain JavaScript is
 * ended (src/search/endless.test.ts) it is stopped by SIGQUIT, to which nobody listens.
 */
import { expect, test } from "vitest"
import { hostile, plait, start } from "./command.ts"

const deeds: ReadonlyArray<readonly [deed: string, offence: string, ...cause: ReadonlyArray<string>]> = [
  ["throws", "threw", "RangeError: boom"],
  ["dies", "threw", "RangeError: boom"],
  ["calls itself", "threw", "RangeError: Maximum call stack size exceeded"],
  ["fails", "failed", 'Cause([Fail("no")])'],
  ["returns a string", "returned a value its schema rejects", "Expected number"],
  ["returns nothing", "returned a value its schema rejects", "Expected number"],
  ["returns no Effect", "returned no Effect", "1"],
  ["returns a promise", "returned no Effect", "a promise"],
  ["loops in Effect", "took too many steps"],
  ["asks for ever", "took too many steps"]
]

const refused = async (command: string, deed: string, offence: string, ...cause: ReadonlyArray<string>) => {
  const { status, stderr, stdout } = await plait([command, "hostile", "--config", hostile, "--set", `deed=${deed}`])
  expect([status, stdout]).toEqual([2, ""])
  expect(stderr.split("\n").slice(0, 2 + cause.length)).toEqual([
    `plait: hostile: machine hostile, handler Go ${offence}`,
    ...cause.map((line) => `  ${line}`),
    '  while handling {"_tag":"Go","word":"w"} in state 0'
  ])
}

test.concurrent.for(deeds)("check refuses a handler that %s, by name", ([deed, offence, ...cause]) =>
  refused("check", deed, offence, ...cause)
)

test.concurrent("random walks refuse as check does", () => refused("simulate", "throws", "threw", "RangeError: boom"))

test.concurrent("a handler in a loop of plain JavaScript hears no Ctrl-C; SIGQUIT ends it", async () => {
  const running = start(["check", "hostile", "--config", hostile, "--set", "deed=loops in JavaScript"])
  await running.said("here it loops")
  running.child.kill("SIGINT")
  running.child.kill("SIGQUIT")
  expect(await running.ended).toMatchObject({ status: null, signal: "SIGQUIT", stdout: "" })
})

// Each number is a local state of its own, so that every memo grows with the search: a kilobyte or three a state.
test.concurrent("a model of a million local states does not die on a heap of 100 MB: the memory limit speaks", async () => {
  const surroundings = { env: { NODE_OPTIONS: "--max-old-space-size=100" } }
  const { status, stdout } = await plait(
    ["check", "counter", "--config", hostile, "--set", "most=1000000", "--max-depth", "2000000", "--json"],
    surroundings
  )
  const { cases } = JSON.parse(stdout) as {
    readonly cases: ReadonlyArray<{
      readonly complete: boolean
      readonly stopReason: string
      readonly distinct: number
    }>
  }
  expect([status, cases[0]?.complete, cases[0]?.stopReason]).toEqual([3, false, "memory limit"])
  expect(cases[0]?.distinct).toBeGreaterThan(1000)
})
