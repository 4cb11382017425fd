/**
 * Conflict avoidance: every key has a home, found by its hash; any other node passes a question on to the home, which
 * sends its version to the other two nodes. There are no conflicts while all agree on the home.
 *
 * The home of x, n0, is replaced: n1 comes to believe that n0 is gone, rightly or not, at any time. `announced`: it is
 * the home from then on and sends this to the others. `lease`: n0 is the home until its clock shows the end of its
 * lease; n1 waits until its own clock shows that end and the skew it assumes. `epoch`: n1 is the home of a new epoch,
 * and a node that has received it refuses messages of an earlier one. With a lease or an epoch n1 first queries n2, and
 * continues from the later version.
 *
 * A home answers `at once`; or a write, and a read while a write waits, once one other node has it (`writes
 * replicated`); or so every read too (`all replicated`): without a lease an old home that queries no other node gives
 * outdated answers.
 *
 * The clocks of n0 and n2 show real time and n1's is ahead by `skew`, the worst for a lease (least-lease-skew.test.ts
 * tries all offsets). The lease ends at 1 and messages take any time or none, so that the horizon, the last moment at
 * which n1 can have to wait, cuts no run short.
 *
 * Source: Kleppmann, Designing Data-Intensive Applications (2017), chapter 5, "Conflict avoidance", and chapter 8,
 * "Process pauses" and "Fencing tokens"; leases: Gray and Cheriton (SOSP 1989). Deviations: the home answers the client
 * of the node that passed the question on; a home without its lease rejects operations. Left out: renewal, the end of
 * the new home's lease, a second re-homing, sending again the messages that a cut link lost.
 *
 * Mutants: `takes-old-epochs` refuses no message; `ignores-expiry` and `starts-early` do not check the lease before
 * they answer or take over; `checks-once` checks it at the request and not at the answer, as a paused process would.
 */
import { type ClockModel, Clocks, Faults, Model, Network, System, Topology, Workload } from "plait"
import { type HomeLeader, moving } from "./home-answering.ts"
import { homeNode } from "./home-node.ts"
import { homes } from "./home-replica.ts"
import { Get, probeNames, probing, Put } from "./probes.ts"

/**
 * A workload smaller than the probes of all stores: a client writes x at its home and reads it at either, another
 * writes it at n1.
 */
const handover = Workload.sessions([
  [
    { at: 0, operation: Put.make({ key: moving, write: "a" }) },
    { at: [0, 1], operation: Get.make({ key: moving }) }
  ],
  [{ at: 1, operation: Put.make({ key: moving, write: "b" }) }]
])

/** Parameters of the store, and its faults. */
export interface HomeSetting extends HomeLeader {
  readonly fault: "none" | "crash" | "cut"
  readonly workload: Workload
  /** Clocks, which only a lease reads. */
  readonly clocks: ClockModel
}

/** The store with any lease on any clocks. */
export const homeLeaderSystem = ({ clocks, fault, workload, ...parts }: HomeSetting) =>
  System.make("home-leader-store", {
    machine: homeNode(parts),
    topology: Topology.allToAll(homes),
    network: Network.ordered(fault === "cut" ? { cut: 1, heal: false } : {}),
    faults: fault === "crash" ? Faults.crash({ atMost: 1, nodes: [0], inFlight: "lost" }) : Faults.none,
    ...(parts.rehoming === "lease" ? { clocks } : {}),
    workload
  })

const leaseEnd = 1

/** The store under one probe. */
export const homeLeaderStoreModel = Model.make({
  name: "home-leader-store",
  about: "A key-value store in which each key has a home by its hash, and the home of one key is replaced.",
  source: "Kleppmann 2017, chapter 5, conflict avoidance, and chapter 8, fencing tokens; Gray and Cheriton 1989",
  parameters: {
    rehoming: Model.choice({
      default: "never",
      values: ["never", "announced", "lease", "epoch"],
      about: "how n1 becomes the home of x once it believes that n0 is gone"
    }),
    answers: Model.choice({
      default: "at once",
      values: ["at once", "writes replicated", "all replicated"],
      about: "what a home answers only once another node has what the answer shows"
    }),
    assumed: Model.integer({ default: 0, least: 0, most: 2, about: "most by which n1 assumes two clocks to differ" }),
    skew: Model.integer({ default: 0, least: 0, most: 3, about: "by how much its clock is ahead of the other ones" }),
    fault: Model.choice({
      default: "none",
      values: ["none", "crash", "cut"],
      about: "whether n0 crashes, or a link is cut for good"
    }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "takes-old-epochs", "ignores-expiry", "checks-once", "starts-early"],
      about: "what is wrong with it"
    }),
    probe: Model.choice({ default: "handover", values: [...probeNames, "handover"], about: "what the clients do" })
  },
  requires: ({ assumed, mutant, rehoming, skew }) => {
    if (rehoming !== "lease" && assumed + skew > 0) return `${rehoming} does not look at clocks`
    const needed = mutant === "takes-old-epochs" ? "epoch" : "lease"
    return mutant === "none" || rehoming === needed ? undefined : `${mutant} is about rehoming by ${needed}`
  },
  system: ({ assumed, probe, skew, ...parts }) =>
    homeLeaderSystem({
      ...parts,
      lease: { end: leaseEnd, assumed },
      clocks: Clocks.offset([0, skew, 0], { latency: 0, horizon: leaseEnd + assumed }),
      workload: probe === "handover" ? handover : probing(probe, "roaming")
    })
})
