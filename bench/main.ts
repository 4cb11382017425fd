/**
 * `npm run bench`: how fast and how small the engine is, as a table and, on the last line, as JSON. Each measurement
 * runs in a process of its own. Every row has a ratio of generated states per CPU second against the object explorer on
 * the same model in the same run; where the whole space would take that one minutes, it is cut at 200,000 states.
 */
import { spawnSync } from "node:child_process"
import { Effect } from "effect"
import { growOnlySetModel } from "../models/crdt/grow-only-set.ts"
import { lamportRegisterModel } from "../models/crdt/lamport-register.ts"
import { twoPhaseCommitModel } from "../models/reference/two-phase-commit.ts"
import { explore } from "../src/search/Explorer.ts"
import type { System } from "../src/model/index.ts"
import { exploreObjects } from "./object-explorer.ts"
import { plainGrowOnlySet, plainRegister, plainTwoPhaseCommit } from "./plain-models.ts"

interface Measurement {
  readonly distinct: number
  readonly generated: number
  readonly cpuSeconds: number
  readonly generatedPerSecond: number
}

interface Row extends Measurement {
  readonly name: string
  readonly bytesPerState: number
  readonly handlerRuns: number
  /** The object explorer on the same model, and by how much the row's speed is above its. */
  readonly objects: Measurement
  readonly timesFasterThanObjects: number
}

interface Subject {
  readonly system: () => System<never>
  /** The object explorer on the same model. */
  readonly objects: (limit: number) => { readonly distinct: number; readonly generated: number }
  /** States after which plait stops; none where absent. */
  readonly limit?: number
}

const subjects: { readonly [name: string]: Subject } = {
  "two-phase-commit n=7": {
    system: () => twoPhaseCommitModel.system({ n: 7 }) as System<never>,
    objects: (limit) => exploreObjects(plainTwoPhaseCommit(7), limit)
  },
  "two-phase-commit n=8": {
    system: () => twoPhaseCommitModel.system({ n: 8 }) as System<never>,
    objects: (limit) => exploreObjects(plainTwoPhaseCommit(8), limit)
  },
  "lamport-register R=3 W=2": {
    system: () => lamportRegisterModel.system({ replicas: 3, writes: 2 }) as System<never>,
    objects: (limit) => exploreObjects(plainRegister(3, 2), limit)
  },
  "lamport-register R=3 W=3, 3,000,000 states": {
    system: () => lamportRegisterModel.system({ replicas: 3, writes: 3 }) as System<never>,
    objects: (limit) => exploreObjects(plainRegister(3, 3), limit),
    limit: 3_000_000
  },
  "grow-only-set R=4 n=7": {
    system: () => growOnlySetModel.system({ replicas: 4, operations: 7 }) as System<never>,
    objects: (limit) => exploreObjects(plainGrowOnlySet(4, 7), limit)
  }
}

/** Distinct states after which the object explorer stops: about ten seconds and a gigabyte. */
const OBJECT_LIMIT = 200_000

const measured = async <Found extends { readonly distinct: number; readonly generated: number }>(
  run: () => Promise<Found>
): Promise<Found & Measurement> => {
  const before = process.cpuUsage()
  const found = await run()
  const { system, user } = process.cpuUsage(before)
  const cpuSeconds = (user + system) / 1e6
  return { ...found, cpuSeconds, generatedPerSecond: Math.round(found.generated / cpuSeconds) }
}

const measure = async (name: string, who: string): Promise<Measurement> => {
  const subject = subjects[name]
  if (subject === undefined) throw new Error(`no subject is named "${name}"`)
  if (who === "objects") return measured(() => Promise.resolve(subject.objects(OBJECT_LIMIT)))
  const system = subject.system()
  const limits = { states: subject.limit ?? Number.MAX_SAFE_INTEGER }
  return measured(async () => {
    const { bytesPerState, distinct, generated, handlerRuns } = await Effect.runPromise(explore(system, [], { limits }))
    return { distinct, generated, bytesPerState, handlerRuns }
  })
}

const inOwnProcess = <Found extends Measurement>(name: string, who: string): Found => {
  const { stdout } = spawnSync(process.execPath, [...process.execArgv, import.meta.filename, name, who], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"]
  })
  return JSON.parse(stdout) as Found
}

const rowOf = (name: string): Row => {
  const found = inOwnProcess<Row>(name, "plait")
  const objects = inOwnProcess(name, "objects")
  return { ...found, name, objects, timesFasterThanObjects: found.generatedPerSecond / objects.generatedPerSecond }
}

const print = (rows: ReadonlyArray<Row>): void => {
  const number = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 2 })
  console.table(
    Object.fromEntries(
      rows.map(({ name, objects, timesFasterThanObjects, ...row }) => [
        name,
        Object.fromEntries([
          ...Object.entries(row).map(([key, value]) => [key, number(value)]),
          ["objects: generatedPerSecond", number(objects.generatedPerSecond)],
          ["ratio", `${number(timesFasterThanObjects)} ×`]
        ])
      ])
    )
  )
  console.log(JSON.stringify({ schema: "plait/bench@2", rows }))
}

const [name, who] = process.argv.slice(2)
if (name === undefined || who === undefined) print(Object.keys(subjects).map(rowOf))
else console.log(JSON.stringify(await measure(name, who)))
