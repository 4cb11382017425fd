/**
 * The examples of the doc comments as modules: what an example does not declare comes from plait, from effect or from
 * prelude.ts. A line that asks a handler's services stands in a handler of its own, which is built and not run.
 */
import { surfaceOf, type Declared } from "./surface.ts"

/** An example, and where it stands. */
export interface Example {
  /** Such as `Topology.graph`. */
  readonly of: string
  readonly code: string
}

/** The examples in the doc comments of declarations and their members. */
export const examplesOf = (surface: ReadonlyArray<Declared>): ReadonlyArray<Example> =>
  surface.flatMap(({ doc, members, name }) => [
    ...[...doc.matchAll(/@example\s+```ts\n([\s\S]*?)\n```/g)].map(([, code = ""]) => ({ of: name, code })),
    ...examplesOf(members)
  ])

const plait = new Set(surfaceOf("src/index.ts").map(({ name }) => name))
const effect = new Set(["Effect", "Schema"])
const prelude = new Set(["Add", "Added", "bag", "bagModel", "bagsAgree", "Put", "Get", "value", "RingView"])
const types = new Set([
  "RingView",
  ...surfaceOf("src/index.ts")
    .filter(
      ({ isType, name }) => isType && !surfaceOf("src/index.ts").some((each) => each.name === name && !each.isType)
    )
    .map(({ name }) => name)
])

const fromSource = (specifier: string): string => {
  if (specifier === "plait") return "../../src/index.ts"
  if (specifier === "plait/vitest") return "../../src/vitest/index.ts"
  return specifier.replace(/^plait\/(.+)$/, "../../$1.ts")
}

/** What an example says comes out, `found.distinct // => 125`, is expected of it. */
const asserted = (code: string): string => code.replace(/^(.+?) \/\/ => (.+)$/gm, "expect($1).toEqual($2)")

/** The module of an example, to stand two folders below the root. */
export const moduleOf = ({ code, of }: Example): string => {
  const words = new Set(code.match(/(?<![.\w"'])[A-Za-z]\w*/g))
  const own = new Set([...code.matchAll(/\b(?:const|function|class|interface|type)\s+(\w+)/g)].map(([, name]) => name))
  const imported = /^import/m.test(code)
  const needed = (names: ReadonlySet<string>) =>
    imported ? [] : [...names].filter((name) => words.has(name) && !own.has(name))
  const line = (names: ReadonlyArray<string>, from: string): ReadonlyArray<string> =>
    names.length === 0
      ? []
      : [`import { ${names.map((name) => (types.has(name) ? `type ${name}` : name)).join(", ")} } from "${from}"`]
  const asksServices = /^(?!.*function\*).*yield\*/.test(code.split("\n")[0] ?? "")
  const body = asksServices ? `export const handler = Effect.gen(function* () {\n${code}\n})` : code
  return [
    `// ${of}`,
    ...line(needed(plait), fromSource("plait")),
    ...line([...new Set([...needed(effect), ...(asksServices ? ["Effect"] : [])])], "effect"),
    ...line(needed(prelude), "../../test/api/prelude.ts"),
    `import { expect, test } from "vitest"`,
    asserted(body).replace(/from "(plait[^"]*)"/g, (_all, specifier: string) => `from "${fromSource(specifier)}"`),
    `test("the example of ${of} runs", () => {})`,
    "export { expect }",
    ""
  ].join("\n")
}
