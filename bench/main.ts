/**
 * `npm run bench`: how fast and how small the engine is, as JSON on the last line and as a table before it. Each row
 * runs in a process of its own; the ratio is against the object explorer on the register, in the same run.
 */
import { spawnSync } from "node:child_process"
import { Effect } from "effect"
import { growOnlySetModel } from "../models/crdt/grow-only-set.ts"
import { lamportRegisterModel } from "../models/crdt/lamport-register.ts"
import { twoPhaseCommitModel } from "../models/reference/two-phase-commit.ts"
import { explore } from "../src/explorer/Explorer.ts"
import type { System } from "../src/model/index.ts"
import { exploreObjects } from "./object-explorer.ts"
import { plainRegister } from "./plain-models.ts"

interface Row {
  readonly name: string
  readonly distinct: number
  readonly generated: number
  readonly cpuSeconds: number
  readonly generatedPerSecond: number
  readonly bytesPerState: number | null
  readonly handlerRuns: number | null
}

const systems: { readonly [name: string]: () => readonly [system: System<never>, stateLimit: number] } = {
  "two-phase-commit n=7": () => [twoPhaseCommitModel.system({ n: 7 }) as System<never>, 1e9],
  "two-phase-commit n=8": () => [twoPhaseCommitModel.system({ n: 8 }) as System<never>, 1e9],
  "lamport-register R=3 W=2": () => [lamportRegisterModel.system({ replicas: 3, writes: 2 }) as System<never>, 1e9],
  "lamport-register R=3 W=3, 3,000,000 states": () => [
    lamportRegisterModel.system({ replicas: 3, writes: 3 }) as System<never>,
    3_000_000
  ],
  "grow-only-set R=4 n=7": () => [growOnlySetModel.system({ replicas: 4, operations: 7 }) as System<never>, 1e9]
}

const baselineName = "object explorer, lamport-register R=3 W=2"

const measured = async (name: string): Promise<Row> => {
  const system = systems[name]?.()
  const before = process.cpuUsage()
  const found =
    system === undefined
      ? { ...exploreObjects(plainRegister(3, 2), 1e9), bytesPerState: null, handlerRuns: null }
      : await Effect.runPromise(explore(system[0], [], { limits: { states: system[1] } }))
  const { system: kernel, user } = process.cpuUsage(before)
  const cpuSeconds = (user + kernel) / 1e6
  const { bytesPerState, distinct, generated, handlerRuns } = found
  return {
    name,
    distinct,
    generated,
    cpuSeconds,
    generatedPerSecond: Math.round(generated / cpuSeconds),
    bytesPerState,
    handlerRuns
  }
}

const inOwnProcess = (name: string): Row => {
  const { stdout } = spawnSync(process.execPath, [import.meta.filename, name], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"]
  })
  return JSON.parse(stdout) as Row
}

const print = (rows: ReadonlyArray<Row>): void => {
  const slow = rows.find(({ name }) => name === baselineName)
  const fast = rows.find(({ name }) => name === "lamport-register R=3 W=2")
  const number = (value: number | null): string =>
    value === null ? "n/a" : value.toLocaleString("en-US", { maximumFractionDigits: 2 })
  console.table(
    Object.fromEntries(
      rows.map(({ name, ...row }) => [
        name,
        Object.fromEntries(Object.entries(row).map(([key, value]) => [key, number(value)]))
      ])
    )
  )
  const ratio = slow === undefined || fast === undefined ? null : slow.cpuSeconds / fast.cpuSeconds
  console.log(JSON.stringify({ schema: "plait/bench@1", timesFasterThanObjects: ratio, rows }))
}

const [name] = process.argv.slice(2)
if (name === undefined) print([...Object.keys(systems), baselineName].map(inOwnProcess))
else console.log(JSON.stringify(await measured(name)))
