/**
 * Small systems of nodes for tests of the engine: nodes that say what they are asked to and remember what they are told.
 */
import { Effect, Schema } from "effect"
import { nodesProgram } from "../src/engine/nodes/NodesProgram.ts"
import type { Program } from "../src/engine/Program.ts"
import { Machine, Network, System, type SystemParts, Topology, Workload } from "../src/model/index.ts"
import { Observer } from "../src/property/index.ts"
import { labelsOf, stateAfter } from "./programs.ts"

/** The operation. */
export const Say = Schema.TaggedStruct("Say", { word: Schema.String })

/** The message. */
export const Told = Schema.TaggedStruct("Told", { word: Schema.String })

export const say = (word: string) => Say.make({ word })
export const told = (word: string) => Told.make({ word })

const State = Schema.Struct({ heard: Schema.String, said: Schema.Int })

/** What a node was told, in a row, and how often it was asked. */
export type Speaker = typeof State.Type

type Declared = ReturnType<typeof Machine.make<Speaker, typeof Say, typeof Told>>
type Handlers = Parameters<Declared["handlers"]>[0]
type Behaviour = NonNullable<Parameters<Declared["handlers"]>[1]>
type Definition = Parameters<typeof Machine.make<Speaker, typeof Say, typeof Told>>[1]

/** A state that has heard one thing more. */
export const hear = (state: Speaker, word: string): Speaker => ({ ...state, heard: `${state.heard}${word}` })

/** The machine: tells all others what it is asked to say, and counts how often it was asked. */
export const speaker = (
  given: Partial<Handlers> = {},
  behaviour: Behaviour = {},
  definition: Partial<Definition> = {}
): Machine<Speaker> =>
  Machine.make<Speaker, typeof Say, typeof Told>("speaker", {
    state: State,
    operations: [Say],
    messages: [Told],
    initial: () => ({ heard: "", said: 0 }),
    ...definition
  }).handlers(
    {
      Say: Effect.fnUntraced(function* (state, { word }) {
        yield* Network.broadcast(told(word))
        return { ...state, said: state.said + 1 }
      }),
      Told: (state, { word }) => Effect.succeed(hear(state, word)),
      ...given
    },
    behaviour
  )

/** Remembers what was noted and where, such as `wrote@n0`, with the writes that it knows of behind it. */
export const log = (options: { readonly causal?: boolean; readonly timed?: boolean } = {}): Observer<string> =>
  Observer.make("log", {
    initial: "",
    observe: (before: string, { kind, node, past }) => `${before} ${[`${kind}@n${node}`, ...past].join("<")}`.trim(),
    ...options
  })

/** The program of two speakers, or of another system of nodes. */
export const speakers = <State = Speaker>(
  parts: Partial<SystemParts<State>> = {},
  observers: ReadonlyArray<Observer<string>> = []
): Program =>
  nodesProgram(
    System.make("speakers", {
      machine: speaker() as Machine<unknown>,
      topology: Topology.allToAll(2),
      ...(parts as Partial<SystemParts<unknown>>)
    }),
    {
      observers: observers as ReadonlyArray<Observer<unknown>>,
      checkDeterminism: true
    }
  )

/** A workload: the words that each node is asked to say, one after another. */
export const asked = (...perNode: ReadonlyArray<ReadonlyArray<string>>) => ({
  workload: Workload.script(perNode.map((words) => words.map(say)))
})

/** A node in a snapshot, by what it heard, how often it was asked and what is on its way to it. */
export const node = (heard = "", said = 0, inbox: ReadonlyArray<string> = []) => ({ state: { heard, said }, inbox })

/** The state that steps of these labels lead to, as plain values. */
export const snapshotAfter = (program: Program, ...labels: ReadonlyArray<string>) =>
  program.snapshot(stateAfter(program, ...labels))

/** What can happen after steps of these labels. */
export const labelsAfter = (program: Program, ...labels: ReadonlyArray<string>) =>
  labelsOf(program, stateAfter(program, ...labels))

/** Steps in the words of traces. */
export const asks = (id: number, word: string) => `n${id} is asked to Say {"word":"${word}"}`
export const receives = (to: number, word: string, from: number) => `n${to} receives ${inFlight(word, from)}`

/** A message in the words of snapshots. */
export const inFlight = (word: string, from: number) => `Told {"word":"${word}"} from n${from}`
