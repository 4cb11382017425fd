/** The single-leader store: its guarantees while its leader stays, and the cost of failover. */
import { type LogState, logValues, logWrites } from "./replicated-log.ts"
import { probeNames } from "./probes.ts"
import { singleLeaderStoreModel } from "./single-leader-store.ts"
import { consistentPrefix } from "plait/properties/consistent-prefix"
import { convergence } from "plait/properties/convergence"
import { noLostWrite } from "plait/properties/no-lost-write"
import { oneOwnerPerEpoch } from "plait/properties/one-owner"
import { entry, type Entry, type NodesView, Property } from "plait"
import { parts } from "./guarantees.ts"
import { consistency, probeProperties } from "./suite.ts"

type View = NodesView<LogState>
type Values = Parameters<typeof singleLeaderStoreModel.system>[0]

const oneLeader = oneOwnerPerEpoch<LogState>({
  owns: ({ epoch, leader }, node) => (leader === node ? [{ what: "the log", epoch }] : [])
})

/** The log contains the writes that were replaced: a write is lost only if its log is. */
const kept = noLostWrite<LogState>({ survivors: logWrites })

const believers = ({ nodes }: View) => nodes.filter(({ id, state, up }) => up && state.leader === id).length

const twoBelieve = Property.reachable<View>("two nodes believe that they lead", {
  holds: (view) => believers(view) === 2
})

const behind = Property.reachable<View>("a follower lacks a write that the leader has", {
  holds: ({ nodes }) => nodes.some(({ state }) => state.log.length > (nodes[2]?.state.log.length ?? 0))
})

const asked = (probe: Values["probe"]) => {
  const stored = { shown: logValues, survivors: logValues }
  if (probe === "write order") {
    const causes = (write: string | number) => (write === "b" ? ["a"] : [])
    return [
      ...probeProperties<LogState>(probe, stored),
      consistentPrefix<LogState>({ visible: logWrites, causes }),
      kept
    ]
  }
  if (probe !== "concurrent") return [...probeProperties<LogState>(probe, stored), kept]
  return [...consistency, convergence<LogState>({ view: logValues }), kept]
}

const properties = ({ failover, probe }: Values) => [
  ...asked(probe),
  oneLeader,
  ...(failover === "none" ? [behind] : [twoBelieve])
]

const plain: Values = {
  replication: "asynchronous",
  reads: "leader",
  failover: "none",
  crash: "none",
  mutant: "none",
  probe: "own reads"
}
const semi: Values = { ...plain, replication: "semi-synchronous" }

/** The other probes take up to some hundred thousand states more and show the same about failover. */
const failovers = ["own reads", "write order", "updates"] as const

const alarm = {
  none: "a false alarm",
  leader: "the leader crashes",
  "leader comes back": "the leader crashes and comes back"
}

const singleLeaderStore = entry(singleLeaderStoreModel, {
  properties,
  settings: [
    ...probeNames.flatMap((probe) => [
      { ...plain, probe },
      { ...plain, reads: "any node", probe } as const,
      { ...semi, probe },
      { ...semi, reads: "any node", probe } as const
    ]),
    ...failovers.flatMap((probe) => [
      { ...plain, failover: "at once", crash: "leader", probe } as const,
      { ...semi, failover: "at once", crash: "leader", probe } as const,
      { ...semi, failover: "most up to date", crash: "leader", probe } as const,
      { ...semi, failover: "most up to date", crash: "leader comes back", probe } as const
    ]),
    { ...plain, failover: "most up to date", crash: "leader" },
    { ...plain, failover: "at once", probe: "concurrent" },
    { ...plain, failover: "at once", mutant: "unfenced", probe: "concurrent" },
    { ...plain, mutant: "any-order", probe: "write order" }
  ],
  place: ({ crash, failover, mutant, reads, replication }) =>
    mutant === "none"
      ? {
          part: parts.stores,
          design: `single leader, ${replication}, ${reads === "leader" ? "reads at the leader" : "reads at any node"}`,
          setting: failover === "none" ? "no faults" : `${alarm[crash]}, failover ${failover}`
        }
      : undefined
})

/** The entries. */
export const singleLeader: ReadonlyArray<Entry> = [singleLeaderStore]
