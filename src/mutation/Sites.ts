/**
 * Sites at which a system can be mutated. The code of handlers cannot be inspected, so its effects are recorded: one
 * exploration of the system counts the most messages that each handler sends and collects the fields of each message,
 * or the variables that each action of a whole-state model writes. An effect that did not occur in that exploration is
 * not a site.
 */
import { Effect } from "effect"
import { canonicalKey } from "../engine/index.ts"
import { explore, type ExploreOptions } from "../search/Explorer.ts"
import type { AnyHandler, Machine, NodeSystem, WholeState } from "../model/index.ts"
import { type NamedHandler, withHandlers, withMachine, withSends, withWrites } from "./rewiring.ts"

/** The recorded effects of one handler. */
export interface HandlerSite {
  readonly machine: Machine<unknown>
  readonly name: string
  /** Per send, in order: the tags of the messages sent there. */
  readonly sends: ReadonlyArray<ReadonlySet<string>>
  /** Per field of its message: the first value seen, and true if others were seen. */
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

/** Explores a system of nodes and returns the effects of its handlers. Fails with `ModelRefused`. */
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

/** Explores a whole-state model and returns the variables that each action wrote. Fails with `ModelRefused`. */
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

/** The name of the variable or family of a slot. */
export const variableOf = ({ variables }: WholeState<unknown>, slot: number): string =>
  variables.find(({ first, size }) => slot >= first && slot < first + (size ?? 1))?.name ?? ""
