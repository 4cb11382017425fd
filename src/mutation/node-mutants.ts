/**
 * Mutants of a system of nodes: each changes one machine in one place, at every node that runs it.
 *
 * An ignored field has in every message the first value that the original system delivered in it: a receiver that
 * ignores a timestamp treats all alike. A field that never varies is not a site. In a handler that sends many messages
 * one by one only the first three are sites: the others come from the same loop.
 */
import { Effect } from "effect"
import type { AnyHandler, Machine, NodeSystem } from "../model/index.ts"
import { fieldsOf } from "../model/Durability.ts"
import type { Mutant } from "./Mutant.ts"
import { idle, type OnSend, withHandlers, withMachine, withSends } from "./rewiring.ts"
import type { HandlerSite } from "./Sites.ts"

const MOST_SENDS = 3
const ordinals = ["first", "second", "third"] as const

/** The mutants, in the order of machines, handlers and operators. */
export const nodeMutants = (system: NodeSystem<unknown>, sites: ReadonlyArray<HandlerSite>): ReadonlyArray<Mutant> => {
  const several = new Set(system.machines).size > 1
  const named = ({ name }: Machine<unknown>, text: string): string => (several ? `${name}: ${text}` : text)
  const changed = (machine: Machine<unknown>, after: Machine<unknown>) => withMachine(system, machine, after)
  return [
    ...sites.flatMap((site) =>
      ofHandler(site).map(({ name, operator, replace }) => ({
        name: named(site.machine, name),
        operator,
        system: changed(
          site.machine,
          withHandlers(site.machine, (each) => (each.name === site.name ? replace(each.handler) : each.handler))
        )
      }))
    ),
    ...[...new Set(system.machines)].flatMap((machine) =>
      [...ofGuards(machine), ...(hasRecoveries(system) ? ofDurability(machine) : [])].map((each) => ({
        name: named(machine, each.name),
        operator: each.operator,
        system: changed(machine, each.machine)
      }))
    )
  ]
}

const hasRecoveries = ({ faults }: NodeSystem<unknown>): boolean => faults.crashes > 0 && faults.recoveries > 0

interface HandlerMutation extends Pick<Mutant, "name" | "operator"> {
  readonly replace: (handler: AnyHandler) => AnyHandler
}

const ofHandler = ({ fields, name, sends }: HandlerSite): ReadonlyArray<HandlerMutation> => [
  { name: `${name} does nothing`, operator: "skip handler", replace: () => idle },
  ...sends.slice(0, MOST_SENDS).flatMap((tags, nth): ReadonlyArray<HandlerMutation> => {
    const what =
      sends.length === 1 ? [...tags].join(" or ") : `its ${ordinals[nth]} message (${[...tags].join(" or ")})`
    return [
      { name: `${name} does not send ${what}`, operator: "drop send", replace: atSend(nth, () => Effect.void) },
      {
        name: `${name} sends ${what} twice`,
        operator: "send twice",
        replace: atSend(nth, (sending) => Effect.andThen(sending, sending))
      }
    ]
  }),
  ...[...fields]
    .filter(([field, { varies }]) => field !== "_tag" && varies)
    .map(([field, { first }]): HandlerMutation => ({
      name: `${name} ignores ${field}`,
      operator: "ignore field",
      replace: (handler) => (state, input) => handler(state, { ...(input as object), [field]: first })
    }))
]

const atSend =
  (place: number, change: (sending: Effect.Effect<void>) => Effect.Effect<void>) =>
  (handler: AnyHandler): AnyHandler => {
    const onSend: OnSend = (nth, _message, sending) => (nth === place ? change(sending) : sending)
    return withSends(handler, onSend)
  }

interface MachineMutation extends Pick<Mutant, "name" | "operator"> {
  readonly machine: Machine<unknown>
}

const ofGuards = (machine: Machine<unknown>): ReadonlyArray<MachineMutation> =>
  [...machine.guards.keys()].map((tag) => ({
    name: `${tag} is not guarded`,
    operator: "ignore guard",
    machine: { ...machine, guards: new Map([...machine.guards].filter(([name]) => name !== tag)) }
  }))

/** Drops a field that survives a crash, or keeps one that does not. Only for a state that is a struct. */
const ofDurability = (machine: Machine<unknown>): ReadonlyArray<MachineMutation> => {
  const fields = fieldsOf(machine.state) ?? []
  const durable = machine.durable ?? fields
  return fields.map((field) =>
    durable.includes(field)
      ? {
          name: `${field} is forgotten over a crash`,
          operator: "forget field",
          machine: { ...machine, durable: durable.filter((each) => each !== field) }
        }
      : {
          name: `${field} survives a crash`,
          operator: "keep field",
          machine: { ...machine, durable: [...durable, field] }
        }
  )
}
