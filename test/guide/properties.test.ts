/** The code of docs/guide/properties.md, which shows the regions of this file. */
import { Effect } from "effect"
import { expect, test } from "vitest"
import { explore, type NodesView, Observer, Property } from "../../src/index.ts"
import { growOnlySetModel } from "../../models/crdt/grow-only-set.ts"

// #region kinds
type Sets = NodesView<ReadonlySet<number>>

/** Every state: no replica has more elements than were ever added. */
const noInventions = Property.invariant<Sets>("no replica has an element that was not added", {
  holds: ({ nodes }) => nodes.every(({ state }) => [...state].every((element) => element < 3))
})

/** Every step: `before` and `after` are the states around it. */
const onlyGrows = Property.stepInvariant<Sets>("no replica loses an element", {
  holds: (before, after) =>
    before.nodes.every(({ state }, replica) => after.nodes[replica]?.state.isSupersetOf(state) === true)
})

/** Every quiescent state, in which no message is in flight and no operation is left. */
const agree = Property.atQuiescence<Sets>("replicas agree", {
  holds: ({ nodes }) => nodes.every(({ state }) => state.size === nodes[0]?.state.size),
  explain: ({ nodes }) => nodes.map(({ id, state }) => `n${id} has ${[...state].join()}`).join("; ")
})

/** Some state: without it, agreement would be easy. */
const disagree = Property.reachable<Sets>("two replicas differ", {
  holds: ({ nodes }) => nodes.some(({ state }) => state.size !== nodes[0]?.state.size)
})
// #endregion

// #region monitor
/** The names of the operations that were invoked, and whether one was invoked twice. */
const invocations = Observer.make("invocations", {
  initial: { seen: [] as ReadonlyArray<string>, twice: "" },
  observe: (history, observation) => {
    if (observation.kind !== "invoked") return history
    const twice = history.seen.includes(observation.id) ? observation.id : history.twice
    return { seen: [...history.seen, observation.id].toSorted(), twice }
  }
})

const onceOnly = Property.monitor("no operation is invoked twice", {
  observer: invocations,
  premise: ({ seen }) => seen.length > 0,
  rejects: ({ twice }) => (twice === "" ? undefined : `${twice} was invoked twice.`)
})
// #endregion

test("the guide's properties hold of the grow-only set", async () => {
  // #region explore
  const system = growOnlySetModel.system({ replicas: 3, operations: 3 })
  const search = explore(system, [noInventions, onlyGrows, agree, disagree, onceOnly])
  // `complete`: true if every state was explored. A verdict is `holds`, `violated` with its trace, `inconclusive` with
  // the reason, …
  const { complete, properties } = await Effect.runPromise(search)
  // #endregion
  expect(complete).toBe(true)
  // "no deadlock" comes last.
  const verdicts = ["holds", "holds", "holds", "reached", "holds", "holds"]
  expect(properties.map(({ verdict }) => verdict._tag)).toEqual(verdicts)
})
