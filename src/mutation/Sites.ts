/**
 * Where a system can be mutated. Handlers are code that cannot be looked into, so they are watched: one exploration of
 * the system tells how many messages each handler sends at most and what the fields of each message carry, or which
 * variables each action of a whole-state model writes. What that exploration never did is no site.
 */
import { Effect } from "effect"
import { canonicalKey } from "../engine/index.ts"
import { explore, type ExploreOptions } from "../search/Explorer.ts"
import type { AnyHandler, Machine, NodeSystem, WholeState } from "../model/index.ts"
import { type NamedHandler, withHandlers, withMachine, withSends, withWrites } from "./rewiring.ts"

/** What was seen of one handler. */
export interface HandlerSite {
  readonly machine: Machine<unknown>
  readonly name: string
  /** Per send in the order in which they are done: the tags of the messages seen there. */
  readonly sends: ReadonlyArray<ReadonlySet<string>>
  /** Per field of its message: the first value seen, and whether others were. */
  readonly fields: ReadonlyMap<string, { readonly first: unknown; readonly varies: boolean }>
}

interface Watched {
  readonly machine: Machine<unknown>
  readonly name: string
  readonly sends: Array<Set<string>>
  readonly fields: Map<string, { readonly first: unknown; varies: boolean }>
}

const watching = (watched: Watched, { handler, tag }: NamedHandler): AnyHandler => {
  const counted = withSends(handler, (nth, message, sending) => {
    ;(watched.sends[nth] ??= new Set()).add(message._tag)
    return sending
  })
  if (tag === undefined || !watched.machine.messages.has(tag)) return counted
  return (state, input) => {
    for (const [field, value] of Object.entries(input as object)) {
      const known = watched.fields.get(field)
      if (known === undefined) watched.fields.set(field, { first: value, varies: false })
      else known.varies ||= canonicalKey(known.first) !== canonicalKey(value)
    }
    return counted(state, input)
  }
}

/** Explores a system of nodes and says what its handlers did. Fails with `ModelRefused`. */
export const handlerSites = Effect.fnUntraced(function* (system: NodeSystem<unknown>, options: ExploreOptions) {
  const sites: Array<Watched> = []
  let watched = system
  for (const machine of new Set(system.machines)) {
    const replaced = withHandlers(machine, (named) => {
      const site: Watched = { machine, name: named.name, sends: [], fields: new Map() }
      sites.push(site)
      return watching(site, named)
    })
    watched = withMachine(watched, machine, replaced)
  }
  yield* explore(watched, [], options)
  return sites as ReadonlyArray<HandlerSite>
})

/** Explores a whole-state model; which variables each action wrote. Fails with `ModelRefused`. */
export const writeSites = Effect.fnUntraced(function* (model: WholeState<unknown>, options: ExploreOptions) {
  const written = new Map<string, Set<string>>(model.actions.map((action) => [action, new Set()]))
  const instances = model.instances.map((instance) => ({
    ...instance,
    run: withWrites(instance.run, (slot, writing) => {
      written.get(instance.action)?.add(variableOf(model, slot))
      return writing
    })
  }))
  yield* explore({ ...model, instances }, [], options)
  return written as ReadonlyMap<string, ReadonlySet<string>>
})

/** The name of the variable or family that a slot belongs to. */
export const variableOf = ({ variables }: WholeState<unknown>, slot: number): string =>
  variables.find(({ first, size }) => slot >= first && slot < first + (size ?? 1))?.name ?? ""
