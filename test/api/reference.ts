/**
 * The API reference: the exports of the package by task, in the words of the doc comments. A name that is a value and a
 * type has one section.
 */
import type { Declared } from "./surface.ts"

/** An entry of the package and its exports. */
export interface Entry {
  /** The name that is imported, such as `plait/vitest`. */
  readonly specifier: string
  readonly surface: ReadonlyArray<Declared>
}

/** A task of a user, and the files or rooms whose exports serve it, in the order of the page. */
interface Task {
  readonly title: string
  readonly about: string
  readonly sources: ReadonlyArray<string>
}

const inModel = (...names: ReadonlyArray<string>) => names.map((name) => `src/model/${name}.ts`)

/** A file belongs to the first task that names it, or else to the first that names its room. */
const tasks: ReadonlyArray<Task> = [
  {
    title: "Write a machine",
    about: "A machine is a state, its operations and messages, and a handler for each. Handlers use these services.",
    sources: inModel("Machine", "Self", "Network", "Choice", "Timer", "Clocks", "Observe")
  },
  {
    title: "Compose a system",
    about:
      "A system is machines with a topology, a network, faults, clocks and a workload; a model gives it parameters.",
    sources: [...inModel("System", "Model", "Topology", "Faults", "Workload"), "src/model/"]
  },
  {
    title: "Write a model of variables and actions",
    about: "Protocols in the style of TLA+.",
    sources: inModel("WholeState")
  },
  {
    title: "State properties",
    about: "Properties are predicates over states, steps, observations and runs.",
    sources: ["src/property/Property.ts", "src/property/"]
  },
  {
    title: "Explore and replay",
    about: "A search is an Effect; a counterexample is a schedule that can be repeated.",
    sources: ["src/search/Explorer.ts", "src/search/", "src/trace/", "src/coverage/", "src/engine/"]
  },
  {
    title: "Configure the command line",
    about: "The default export of `plait.config.ts`.",
    sources: ["src/suite/"]
  },
  {
    title: "Test with vitest",
    about: "Imported from `plait/vitest`; everything else is imported from `plait`.",
    sources: ["src/vitest/verify.ts", "src/vitest/"]
  }
]

const block = (code: string): string => `\`\`\`ts\n${code}\n\`\`\``

const prose = (doc: string): string => doc.replace(/^@example\s*/gm, "Example:\n\n")

const body = ({ doc, members, name, signature }: Declared): ReadonlyArray<string> => [
  ...(signature === name || members.length > 0 ? [] : [block(signature)]),
  ...(doc === "" ? [] : [prose(doc)])
]

/** A public name: its value with its members, and its type. */
const section = (name: string, declared: ReadonlyArray<Declared>): ReadonlyArray<string> => {
  const files = [...new Set(declared.map(({ file }) => file))]
  return [
    `### ${name}`,
    ...declared.flatMap(body),
    `Declared in ${files.map((file) => `[${file}](../../${file})`).join(", ")}.`,
    ...declared.flatMap(({ members }) => members.flatMap((member) => [`#### ${member.name}`, ...body(member)]))
  ]
}

const anchor = (title: string): string => title.toLowerCase().replaceAll(" ", "-").replaceAll(".", "")

const covers = (source: string, file: string): boolean =>
  file === source || (source.endsWith("/") && file.startsWith(source))

/** The task that a file serves. Throws if it serves none. */
const taskOf = (file: string): Task => {
  const task =
    tasks.find(({ sources }) => sources.includes(file)) ??
    tasks.find(({ sources }) => sources.some((source) => covers(source, file)))
  if (task === undefined) throw new Error(`no task of test/api/reference.ts has ${file}`)
  return task
}

/** The exports of a task by name, values first; each declaration once. */
const namesOf = (task: Task, surface: ReadonlyArray<Declared>): ReadonlyMap<string, ReadonlyArray<Declared>> => {
  const place = ({ file }: Declared) => task.sources.findIndex((source) => covers(source, file))
  const own = surface
    .filter(({ file }) => taskOf(file) === task)
    .filter(
      (each, index, all) => index === all.findIndex(({ isType, name }) => isType === each.isType && name === each.name)
    )
    .toSorted((left, right) => Number(left.isType) - Number(right.isType) || place(left) - place(right))
  return Map.groupBy(own, ({ name }) => name)
}

/** The page. Throws if an export serves no task. */
export const reference = (entries: ReadonlyArray<Entry>): string => {
  const surface = entries.flatMap((entry) => entry.surface)
  const all = tasks.map((task) => ({ ...task, names: namesOf(task, surface) }))
  return (
    [
      "# API reference",
      "Written from the doc comments by `npm run docs`. Every example is compiled and run by a test.",
      ...all.map(({ names, title }) => {
        const links = [...names.keys()].map((name) => `[${name}](#${anchor(name)})`)
        return `- **[${title}](#${anchor(title)})**: ${links.join(", ")}`
      }),
      ...all.flatMap(({ about, names, title }) => [
        `## ${title}`,
        about,
        ...[...names].flatMap(([name, declared]) => section(name, declared))
      ])
    ].join("\n\n") + "\n"
  )
}
