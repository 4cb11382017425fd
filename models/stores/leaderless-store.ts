/**
 * A leaderless store: each key has three replicas, and the node that a client contacts coordinates. A write goes to all
 * replicas and succeeds once `write` of them hold it; a read returns the latest of what `read` of them hold.
 *
 * Source: DeCandia et al., "Dynamo" (SOSP 2007), sections 4.4 to 4.7; Kleppmann, Designing Data-Intensive Applications
 * (2017), chapter 5; `rounds=two` with `repair=before-answer` is the register of Attiya, Bar-Noy, Dolev (JACM 1995).
 *
 * Deviations: last write wins by a timestamp one above those that the coordinator has seen, while Dynamo keeps
 * siblings. A coordinator queries only the `read` replicas whose answers it uses, any of them: later answers are never
 * read. Anti-entropy passes versions around a ring once after each change, instead of comparing Merkle trees for ever.
 * One node is the stand-in for all that do not answer; it tries to hand a hint over once, or twice under a fault, which
 * is enough for one lost message.
 *
 * Left out: membership, reads from stand-ins, deletes.
 */
import { Faults, Model, Network, System, Topology, Workload } from "plait"
import { Get, probeNames, probing, Put } from "./probes.ts"
import { replicas } from "./quorum-coordination.ts"
import { quorumNode } from "./quorum-node.ts"

const put = (at: number, write: string) => ({ at, operation: Put.make({ key: "x", write }) })
const get = (at: number) => ({ at, operation: Get.make({ key: "x" }) })

/**
 * Two probes that are smaller than those of all stores: a write, then a read of it by the same client elsewhere, the
 * smallest run in which a read can be stale; and two clients that each write one key and read it.
 */
const smallProbes = {
  "write then read": Workload.sessions([[put(0, "a"), get(1)]]),
  "two writers": Workload.sessions([
    [put(0, "a"), get(0)],
    [put(1, "b"), get(1)]
  ])
}

const faultsOf = {
  none: {},
  "one crash": { faults: Faults.crash({ atMost: 1, inFlight: "lost" }) },
  "one cut link": { network: Network.unordered({ cut: 1 }) },
  "one lost message": { network: Network.unordered({ lose: 1 }) }
}

/** The store under one probe. */
export const leaderlessStoreModel = Model.make({
  name: "leaderless-store",
  about: "A key-value store of three replicas of which some must answer; any node coordinates.",
  source: "DeCandia et al. 2007; Kleppmann 2017, chapter 5",
  parameters: {
    read: Model.integer({ default: 2, least: 1, most: replicas, about: "replicas that a read waits for: R" }),
    write: Model.integer({ default: 2, least: 1, most: replicas, about: "nodes that a write waits for: W" }),
    rounds: Model.choice({
      default: "one",
      values: ["one", "two"],
      about: "whether a write first asks `read` replicas for their timestamps"
    }),
    repair: Model.choice({
      default: "none",
      values: ["none", "after-answer", "before-answer", "anti-entropy"],
      about: "what brings replicas up to date besides the write: a read, or versions passed around"
    }),
    unanswered: Model.choice({
      default: "waits",
      values: ["waits", "gives-up", "stand-in"],
      about: "what a coordinator does about a write that lacks answers; stand-in: a sloppy quorum with hinted handoff"
    }),
    fault: Model.choice({
      default: "none",
      values: ["none", "one crash", "one cut link", "one lost message"],
      about: "what goes wrong once"
    }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "acknowledges-early", "ties-by-arrival", "forgets-hints"],
      about: "what is wrong with it"
    }),
    probe: Model.choice({
      default: "own reads",
      values: [...probeNames, "write then read", "two writers"],
      about: "what the clients do"
    })
  },
  system: ({ fault, probe, ...quorums }) =>
    System.make("leaderless-store", {
      machine: quorumNode({ ...quorums, attempts: fault === "none" ? 1 : 2 }),
      topology: Topology.allToAll(quorums.unanswered === "stand-in" ? replicas + 1 : replicas),
      ...faultsOf[fault],
      workload: probe === "write then read" || probe === "two writers" ? smallProbes[probe] : probing(probe, "roaming")
    })
})
