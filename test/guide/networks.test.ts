/** The code of docs/guide/networks-and-time.md, which shows the regions of this file. */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import {
  Clocks,
  explore,
  Faults,
  LocalClock,
  Machine,
  Network,
  type NodesView,
  Property,
  System,
  Timer,
  Topology,
  Workload
} from "../../src/index.ts"

// #region machine
const Put = Schema.TaggedStruct("Put", {})
const Bring = Schema.TaggedStruct("Bring", { time: Schema.Int })

/** A node keeps the time of the latest write that it has. Its origin sends it once more when a timer fires. */
const latest = Machine.make("latest", {
  state: Schema.Int,
  operations: [Put],
  messages: [Bring],
  initial: () => 0
}).handlers(
  {
    Put: Effect.fnUntraced(function* () {
      const time = yield* LocalClock.now
      yield* Network.broadcast(Bring.make({ time }))
      yield* Timer.set("again")
      return time
    }),
    Bring: (time, message) => Effect.succeed(Math.max(time, message.time))
  },
  {
    timeouts: {
      again: Effect.fnUntraced(function* (time) {
        yield* Network.broadcast(Bring.make({ time }))
        return time
      })
    }
  }
)
// #endregion

// #region system
const system = System.make("latest", {
  machine: latest,
  topology: Topology.allToAll(2),
  network: Network.unordered({ lose: 1 }),
  clocks: Clocks.skewed({ skew: 1, horizon: 2 }),
  faults: Faults.crash({ atMost: 1, recoveries: 1, nodes: [1] }),
  workload: Workload.script([[Put.make({})]])
})
// #endregion

const agree = Property.atQuiescence<NodesView<number>>("both have the same", {
  holds: ({ nodes }) => nodes.every(({ state }) => state === nodes[0]?.state)
})

test("the guide's system survives one loss by its timer, and no crash, since its state is volatile", async () => {
  const found = await Effect.runPromise(explore(system, [agree]))
  expect([found.complete, found.properties[0]?.verdict._tag]).toEqual([true, "violated"])
  const withoutCrash = System.make("latest", {
    machine: latest,
    topology: Topology.allToAll(2),
    network: Network.unordered({ lose: 1 }),
    workload: Workload.script([[Put.make({})]]),
    clocks: Clocks.skewed({ skew: 1, horizon: 2 })
  })
  const safe = await Effect.runPromise(explore(withoutCrash, [agree]))
  expect([safe.complete, safe.properties[0]?.verdict._tag]).toEqual([true, "holds"])
})
