/**
 * Models that use names every JavaScript object inherits, or that a format of traces uses itself: as keys of records in
 * states, messages, operations and observations, as variables, actions, parameters, properties and models.
 */
import { Effect, Schema } from "effect"
import {
  defineConfig,
  entry,
  Machine,
  Model,
  Network,
  type NodesView,
  Observe,
  Property,
  System,
  Topology,
  WholeState,
  Workload
} from "../../src/index.ts"

/** The names. */
export const names = [
  "constructor",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "__proto__",
  "then",
  "toJSON",
  "_tag",
  "length",
  "#bigint",
  "#map",
  "#set",
  "#meta",
  "mbt::actionTaken",
  "a: 1, b",
  "\u202e\n\u0000\ud800"
] as const

const word = Model.choice({
  default: "0",
  values: names.map((_, index) => index).map(String),
  about: "which"
})
const Counts = Schema.Record(Schema.String, Schema.Finite)
type Counts = typeof Counts.Type

const counted = (counts: Counts, name: string): Counts => {
  const before = Object.hasOwn(counts, name) ? (counts[name] ?? 0) : 0
  return Object.fromEntries([...Object.entries(counts).filter(([each]) => each !== name), [name, before + 1]])
}

const Count = Schema.TaggedStruct("Count", { counts: Counts })
const Told = Schema.TaggedStruct("Told", { counts: Counts })

const messages = (name: string) =>
  System.make("messages", {
    machine: Machine.make("counter", {
      state: Counts,
      operations: [Count],
      messages: [Told],
      initial: () => ({})
    }).handlers({
      Count: Effect.fnUntraced(function* (counts, input) {
        yield* Observe.note("counts", input.counts)
        yield* Network.broadcast(Told.make({ counts: counted(input.counts, name) }))
        return counted(counts, name)
      }),
      Told: (_, input) => Effect.succeed(input.counts)
    }),
    topology: Topology.allToAll(2),
    workload: Workload.script([[{ _tag: "Count", counts: counted({}, name) } as typeof Count.Type]])
  })

const variables = (name: string) => {
  const counts = WholeState.variable(Counts, {})
  return WholeState.make("variables", {
    variables: Object.fromEntries([[name, counts]]),
    actions: (all) => {
      const variable = Object.values(all)[0]!
      const count = Effect.gen(function* () {
        const before = yield* variable.get
        yield* WholeState.when(Object.keys(before).length === 0)
        yield* variable.set(counted(before, name))
      })
      return Object.fromEntries([[name, WholeState.action(count)]])
    }
  })
}

const nameOf = (index: string): string => names[Number(index)] ?? names[0]
const twoOf = (counts: Counts, name: string) => Object.hasOwn(counts, name) && counts[name] === 2

const model = <View>(name: string, system: (name: string) => System<View>) =>
  Model.make({
    name,
    about: "Counts a name.",
    source: "made for a test",
    parameters: { constructor: word },
    system: (values) => system(nameOf(values.constructor))
  })

const settings = names.map((_, index) => ({ constructor: String(index) }))

/** Two models for each name, one called as what objects inherit. */
export default defineConfig({
  entries: [
    entry(model("constructor", messages), {
      properties: (values) => [
        Property.invariant("constructor", {
          holds: ({ nodes }: NodesView<Counts>) => !nodes.some(({ state }) => twoOf(state, nameOf(values.constructor)))
        }),
        Property.reachable("__proto__", {
          holds: ({ nodes }: NodesView<Counts>) => nodes.some(({ state }) => Object.keys(state).length === 1)
        })
      ],
      settings
    }),
    entry(model("variables", variables), {
      properties: () => [
        Property.invariant("toString", {
          holds: (view: { readonly [name: string]: Counts }) => Object.keys(Object.values(view)[0] ?? {}).length === 0
        })
      ],
      settings
    })
  ]
})
