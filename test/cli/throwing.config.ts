/**
 * A model of variables and one of nodes with a part that throws or fails: THROWING says which. Each throws on a line of
 * its own.
 */
import { Data, Effect, Schema } from "effect"
import {
  defineConfig,
  entry,
  Machine,
  Model,
  Observer,
  Property,
  System,
  Topology,
  WholeState,
  Workload
} from "../../src/index.ts"

const part = process.env["THROWING"] ?? ""

class Unreadable extends Data.TaggedError("Unreadable")<{ readonly value: number }> {}

interface View {
  readonly x: number
}

const small = ({ x }: View): boolean => x < 9

const larger = WholeState.make("larger", {
  variables: { x: WholeState.variable(Schema.Finite, 0) },
  actions: ({ x }) => ({ up: WholeState.action(Effect.flatMap(x.get, (count) => x.set(count + 1))) })
})

const properties: { readonly [part: string]: () => Property<View> } = {
  invariant: () =>
    Property.invariant("p", {
      holds: ({ x }) => {
        if (x === 2) throw new RangeError("of an invariant")
        return true
      }
    }),
  premise: () =>
    Property.invariant("p", {
      holds: small,
      premise: () => {
        throw new RangeError("of a premise")
      }
    }),
  step: () =>
    Property.stepInvariant("p", {
      holds: () => {
        throw new RangeError("of a step invariant")
      }
    }),
  reachable: () =>
    Property.reachable("p", {
      holds: () => {
        throw new RangeError("of a situation")
      }
    }),
  refinement: () =>
    Property.refines("p", {
      abstract: larger,
      map: () => {
        throw new RangeError("of a mapping")
      }
    }),
  "no error": () =>
    Property.invariant("p", {
      holds: (): boolean => {
        throw "a text"
      }
    })
}

const ends = {
  when: (): boolean => {
    if (part === "no error for ends") throw "a text"
    throw new RangeError("of the ends")
  },
  why: "It is done."
}

const texts: { readonly [part: string]: () => unknown } = {
  "action whose text fails": () => Effect.fail("a text"),
  "action whose text dies": () => Effect.die("a text"),
  "action whose text is thrown": () => {
    throw "a text"
  }
}

const counter = entry(
  Model.make({
    name: "counter",
    about: "A number that grows to 3.",
    source: "made for a test",
    parameters: {},
    system: () =>
      WholeState.make("counter", {
        variables: { x: WholeState.variable(Schema.Finite, 0) },
        ...(part.endsWith("ends") ? { ends } : {}),
        actions: ({ x }) => ({
          up: WholeState.action(
            Effect.gen(function* () {
              const count = yield* x.get
              yield* WholeState.when(count < 3)
              if (part === "failing action")
                yield* Effect.fail(new Unreadable({ value: count })) as unknown as Effect.Effect<void>
              if (part in texts) yield* texts[part]!() as Effect.Effect<void>
              yield* x.set(count + 1)
            })
          )
        })
      })
  }),
  { properties: () => [properties[part]?.() ?? Property.invariant("p", { holds: small })], settings: [{}] }
)

const Add = Schema.TaggedStruct("Add", { amount: Schema.Finite })

const failures: { readonly [part: string]: (amount: number) => unknown } = {
  tagged: (amount) => Effect.fail(new Unreadable({ value: amount })),
  defect: () => Effect.die(new RangeError("of a defect")),
  "text that fails": () => Effect.fail("a text"),
  "text that dies": () => Effect.die("a text"),
  "text that is thrown": () => {
    throw "a text"
  }
}

const observer = Observer.make("sums", {
  initial: 0,
  observe: (sum) => {
    if (part === "observer") throw new RangeError("of an observer")
    if (part === "no error for sums") throw "a text"
    return sum
  }
})

const input = Add.make({ amount: 1 })

const adding = entry(
  Model.make({
    name: "adding",
    about: "A sum.",
    source: "made for a test",
    parameters: {},
    system: () =>
      System.make("adding", {
        machine: Machine.make("adder", { state: Schema.Finite, operations: [Add], initial: () => 0 }).handlers({
          Add: (state, { amount }) =>
            Effect.gen(function* () {
              if (part in failures) yield* failures[part]!(amount) as Effect.Effect<void>
              return state + amount
            })
        }),
        topology: Topology.allToAll(1),
        workload: Workload.script([[input]])
      })
  }),
  {
    properties: () => [
      Property.invariant("p", { holds: () => true, observer }),
      Property.onEveryNode("every node", {
        holds: () => {
          if (part === "node") throw new RangeError("of every node")
          return true
        }
      })
    ],
    settings: [{}]
  }
)

export default defineConfig({ entries: [counter, adding] })
