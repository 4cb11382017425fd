/**
 * A project of somebody who uses plait, in a temporary folder: two registers that know nothing of each other, each with a
 * model, a constant that the model imports, a property and an entry in files of their own, and one property that both share.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const root = realpathSync(new URL("..", import.meta.url).pathname)

const model = (name: string, api: string): string => `import { Effect, Schema } from "effect"
import { Machine, Model, Network, System, Topology, Workload } from ${JSON.stringify(api)}
import { first } from "./${name}-first.ts"

export const State = Schema.Struct({ value: Schema.Natural })
const Write = Schema.TaggedStruct("Write", { value: Schema.Natural })
const Written = Schema.TaggedStruct("Written", { value: Schema.Natural })

const machine = Machine.make("${name}", {
  state: State,
  operations: [Write],
  messages: [Written],
  initial: () => ({ value: 0 })
}).handlers({
  Write: Effect.fnUntraced(function* (state, { value }) {
    yield* Network.broadcast(Written.make({ value }))
    return { value: Math.max(state.value, value) }
  }),
  Written: (state, { value }) => Effect.succeed({ value: Math.max(state.value, value) })
})

export const ${name}Model = Model.make({
  name: "${name}",
  about: "The greatest value.",
  source: "a test",
  parameters: {
    replicas: Model.integer({ default: 2, least: 2, most: 5, about: "replicas" }),
    lose: Model.integer({ default: 0, least: 0, most: 2, about: "messages lost" })
  },
  system: ({ lose, replicas }) =>
    System.make("${name}", {
      machine,
      topology: Topology.allToAll(replicas),
      network: Network.unordered({ lose }),
      workload: Workload.script(Array.from({ length: replicas }, (_, index) => [Write.make({ value: first + index })]))
    })
})
`

const property = (name: string, api: string): string => `import { Property } from ${JSON.stringify(api)}

export const ${name} = Property.atQuiescence("${name}", {
  holds: ({ nodes }) => nodes.every(({ state }) => state.value === nodes[0].state.value),
  explain: ({ nodes }) => nodes.map(({ state }) => state.value).join(" and ")
})
`

const entry = (name: string, api: string): string => `import { entry } from ${JSON.stringify(api)}
import { ${name}Model } from "./${name}.ts"
import { ${name}Agrees } from "./${name}-property.ts"
import { shared } from "./shared-property.ts"

export const ${name} = entry(${name}Model, {
  properties: () => [${name}Agrees, shared],
  settings: [{ replicas: 2, lose: 0 }, { replicas: 2, lose: 1 }]
})
`

/** The project's folder. `plait`: the root of the plait that it uses; this repository unless it is given. */
export const makeProject = (plait = root): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "plait-own-")))
  const api = join(plait, "src/index.ts")
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"))
  write("package.json", JSON.stringify({ type: "module" }))
  write("shared-property.ts", property("shared", api))
  for (const name of ["left", "right"]) {
    write(`${name}-first.ts`, "export const first = 1\n")
    write(`${name}.ts`, model(name, api))
    write(`${name}-property.ts`, property(`${name}Agrees`, api))
    write(`${name}-entry.ts`, entry(name, api))
  }
  write(
    "plait.config.ts",
    `import { left } from "./left-entry.ts"\nimport { right } from "./right-entry.ts"\nexport default { entries: [left, right], baseline: "pins.json" }\n`
  )
  return folder
}

/** Its four cases. */
export const projectCases = ["left", "right"].flatMap((name) => [0, 1].map((lose) => `${name}/replicas=2,lose=${lose}`))

/** Writes into a file of the project what a function makes of its text. */
export const edit = (folder: string, name: string, change: (text: string) => string): void => {
  const path = join(folder, name)
  writeFileSync(path, change(readFileSync(path, "utf8")))
}

/** A copy of plait's own code, for a change of the engine. */
export const copyOfPlait = (): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "plait-copy-")))
  for (const room of ["src", "models", "properties"]) {
    const { status } = spawnSync("cp", ["-R", join(root, room), join(folder, room)])
    if (status !== 0) throw new Error(`${room} could not be copied`)
  }
  writeFileSync(join(folder, "package.json"), readFileSync(join(root, "package.json")))
  writeFileSync(join(folder, "plait.config.ts"), readFileSync(join(root, "plait.config.ts")))
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"))
  return folder
}

/** Runs plait in a folder, as somebody does on their own machine. */
export const runPlait = (
  cwd: string,
  words: ReadonlyArray<string>,
  { environment = {}, plait = root }: { readonly environment?: NodeJS.ProcessEnv; readonly plait?: string } = {}
) => {
  const { CI: _ci, FORCE_COLOR: _force, NODE_V8_COVERAGE: _counted, ...own } = process.env
  const command = join(plait, "src/cli/main.ts")
  const env = { ...own, ...environment }
  const { status, stderr, stdout } = spawnSync(process.execPath, [command, ...words], { cwd, encoding: "utf8", env })
  return { status, stderr, stdout }
}
