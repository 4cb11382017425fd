/**
 * Workloads of every replicated store of this folder: the same operations, and the same short scripts of sessions, each
 * of which can refute some guarantees. A store that passes a probe is not proved right for longer scripts.
 *
 * The scripts are the smallest in which a guarantee can fail: the histories of Terry et al. (PDIS 1994) for sessions,
 * of Bouajjani et al. (POPL 2017) for causality, and phenomenon P4 of Berenson et al. (SIGMOD 1995) for updates.
 */
import { Schema } from "effect"
import { type SessionStep, Workload } from "plait"

/** Replaces the value of a key by a write with a name of its own. */
export const Put = Schema.TaggedStruct("Put", { key: Schema.String, write: Schema.String })

/** Reads a key. */
export const Get = Schema.TaggedStruct("Get", { key: Schema.String })

const put = (at: SessionStep["at"], key: string, write: string): SessionStep => ({
  at,
  operation: Put.make({ key, write })
})
const get = (at: SessionStep["at"], key: string): SessionStep => ({ at, operation: Get.make({ key }) })

/**
 * The probes by name, for replicas from 0. A session that may go to either of two replicas tries both.
 *
 * - `own reads`: one client writes and reads, another reads twice: read your writes, monotonic reads.
 * - `write order`: one client writes two keys, another reads them in the other order: monotonic writes.
 * - `answer`: a write, a reply to it by a client that read it, and a reader of both: writes follow reads.
 * - `concurrent`: two clients write one key and read it: convergence, lost writes, the winner of two writes.
 * - `updates`: two clients read one key and then write it: lost updates.
 * - `crossing`: two clients each write a key and read the other's: sequential consistency (Dekker's test).
 */
export const probes = {
  "own reads": [
    [put(0, "x", "a"), get([0, 1], "x")],
    [get([0, 1], "x"), get([0, 1], "x")]
  ],
  "write order": [
    [put(0, "x", "a"), put([0, 1], "y", "b")],
    [get(1, "y"), get(1, "x")]
  ],
  answer: [[put(0, "x", "a")], [get(1, "x"), put(1, "y", "b")], [get(2, "y"), get(2, "x")]],
  concurrent: [
    [put(0, "x", "a"), get(0, "x"), get(0, "x")],
    [put(1, "x", "b"), get(1, "x"), get(1, "x")]
  ],
  updates: [
    [get(0, "x"), put(0, "x", "a")],
    [get(1, "x"), put(1, "x", "b")]
  ],
  crossing: [
    [put(0, "x", "a"), get(0, "y")],
    [put(1, "y", "b"), get(1, "x")]
  ]
} as const satisfies { readonly [name: string]: ReadonlyArray<ReadonlyArray<SessionStep>> }

/** The name of a probe. */
export type Probe = keyof typeof probes

/** The names of the probes. */
export const probeNames = Object.keys(probes) as ReadonlyArray<Probe>

/** Number of replicas that a probe needs. */
export const replicasOf = (probe: Probe): number =>
  1 + Math.max(...probes[probe].flatMap((steps) => steps.flatMap(({ at }) => at)))

/** The sessions of a probe; `sticky` clients stay with the first replica they name, others roam. */
export const probing = (probe: Probe, clients: "sticky" | "roaming"): Workload => {
  const sessions: ReadonlyArray<ReadonlyArray<SessionStep>> = probes[probe]
  if (clients === "roaming") return Workload.sessions(sessions)
  const home = ({ at }: SessionStep, index: number) => (typeof at === "number" ? at : (at[index % at.length] ?? 0))
  return Workload.sessions(
    sessions.map((steps, index) => {
      const [first] = steps
      return first === undefined ? [] : steps.map((step) => ({ ...step, at: home(first, index) }))
    })
  )
}
