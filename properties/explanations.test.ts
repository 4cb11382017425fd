import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { catalogue } from "../test/catalogue.ts"
import { checkCase } from "../src/suite/CheckCase.ts"
import { selectCases } from "../src/suite/Suite.ts"

/** The reason why a property fails in a case, as the report prints it. */
const whyNot = Effect.fnUntraced(function* (filter: string, property: string) {
  const [suiteCase] = selectCases(catalogue, [filter], [])
  if (suiteCase === undefined) return yield* Effect.die(`no case is named ${filter}`)
  const { result } = yield* checkCase(suiteCase)
  return result.properties.find(({ name }) => name === property)?.counterexample?.because
})

const cases = [
  {
    says: "a law of merging names the nodes, what they hold and what the two sides give",
    filter: "lww-map/workload=tie,mutant=keeps-own",
    property: "merging is commutative",
    because:
      'n0 holds {"k":{"element":"a","replica":0,"timestamp":1,"update":"n0.1"}}, ' +
      'n1 holds {"k":{"element":null,"replica":1,"timestamp":1,"update":"n1.1"}}: ' +
      'n1\'s merged into n0\'s gives {"k":{"element":"a","replica":0,"timestamp":1,"update":"n0.1"}}, ' +
      'n0\'s into n1\'s {"k":{"element":null,"replica":1,"timestamp":1,"update":"n1.1"}}.'
  },
  {
    says: "a law of one value names its node once",
    filter: "pn-counter/style=delta,operations=2,mutant=adds",
    property: "merging is idempotent",
    because:
      'n0 holds {"decrements":{},"increments":{"n0":1}}: merged with itself it gives {"increments":{"n0":2},"decrements":{}}.'
  },
  {
    says: "a specification names the updates applied, and which of them came after which",
    filter: "or-map/mutant=keeps-whole",
    property: "a key holds the updates that no removal of it observed",
    because:
      "n0 has applied n0.1 increment k, n0.2 increment k (after n0.1 increment k), " +
      'n1.1 delete k (after n0.1 increment k) and shows {"k":2}; it should be {"k":1}.'
  },
  {
    says: "a list names its node, the element, and since when the node has known of it",
    filter: "rga/typing=forward,delivery=any-order,deletes=0,inserts=2",
    property: "a list holds what was inserted and not deleted",
    because:
      'n1 reads "" without a2, which nobody it knows of has deleted. n1 has known since step 3 that a2 was inserted.'
  },
  {
    says: "a hybrid clock names the event's node and step, and what both clocks show",
    filter: "event-clocks/clock=hybrid,nodes=2,events=1,skew=2,latency=0",
    property: "l runs ahead of the physical clock by at most 1",
    because: "In step 2 n1's physical clock shows 0, and its event gets l = 2, 2 ahead of it."
  }
]

describe("why a property fails", () => {
  for (const { because, property, filter, says } of cases) {
    it.effect(says, () =>
      Effect.gen(function* () {
        assert.strictEqual(yield* whyNot(filter, property), because)
      })
    )
  }
})
