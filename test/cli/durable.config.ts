/**
 * A node that crashes and keeps the field `vote` of its state, which it may lack: KIND says how the schema has it.
 */
import { Effect, Schema } from "effect"
import { defineConfig, entry, Faults, Machine, Model, Property, System, Topology, Workload } from "../../src/index.ts"
import type { NodesView } from "../../src/index.ts"

const Vote = Schema.TaggedStruct("Vote", {})

interface Ballot {
  readonly round: number
  readonly vote?: number | undefined
}

const schemas: { readonly [kind: string]: Schema.Codec<Ballot> } = {
  "optional key": Schema.Struct({ round: Schema.Finite, vote: Schema.optionalKey(Schema.Finite) }),
  optional: Schema.Struct({ round: Schema.Finite, vote: Schema.optional(Schema.Finite) })
}

const ballot = (name: string, votes: boolean) =>
  entry(
    Model.make({
      name,
      about: "A node that votes once, or never, and crashes once.",
      source: "made for a test",
      parameters: {},
      system: () =>
        System.make(name, {
          machine: Machine.make("voter", {
            state: schemas[process.env["KIND"] ?? ""]!,
            operations: [Vote],
            initial: (): Ballot => ({ round: 0 }),
            durable: ["vote"]
          }).handlers({ Vote: () => Effect.succeed({ round: 1, vote: 7 }) }),
          topology: Topology.allToAll(1),
          faults: Faults.crash({ recoveries: 1 }),
          workload: votes ? Workload.script([[Vote.make({})]]) : Workload.none
        })
    }),
    {
      properties: () => [
        Property.invariant<NodesView<Ballot>>("no vote, no field", {
          holds: ({ nodes }) => nodes.every(({ state }) => !("vote" in state))
        }),
        Property.reachable<NodesView<Ballot>>("a vote outlives a crash", {
          holds: ({ nodes }) => nodes.every(({ state }) => state.vote === 7 && state.round === 0)
        })
      ],
      settings: [{}]
    }
  )

export default defineConfig({ entries: [ballot("absent", false), ballot("present", true)] })
