/**
 * Handlers and actions with a function between them and their services: it may record a send or write, leave it out, or
 * repeat it. The handler itself is unchanged.
 */
import { Effect } from "effect"
import { type HandlerKind, handlerName } from "../engine/index.ts"
import {
  type ActionEffect,
  type AnyHandler,
  type HandlerEffect,
  type Machine,
  type Message,
  Network,
  type NodeSystem,
  Variables
} from "../model/index.ts"

/** Replacement of the nth send of a run, counted from 0. */
export type OnSend = (nth: number, message: Message, sending: Effect.Effect<void>) => Effect.Effect<void>

/** The handler with its sends, broadcasts and forwards passed through a function. */
export const withSends =
  (handler: AnyHandler, onSend: OnSend): AnyHandler =>
  (state, input) =>
    Network.use((network) => {
      let sends = 0
      const through = (message: Message, sending: Effect.Effect<void>) =>
        Effect.suspend(() => onSend(sends++, message, sending))
      return Effect.provideService(handler(state, input), Network, {
        ...network,
        send: (to, message) => through(message, network.send(to, message)),
        broadcast: (message) => through(message, network.broadcast(message)),
        forward: (message) => through(message, network.forward(message))
      })
    })

/** The action with its writes passed through a function. */
export const withWrites = (
  run: ActionEffect,
  onWrite: (slot: number, writing: Effect.Effect<void>) => Effect.Effect<void>
): ActionEffect =>
  Variables.use((variables) =>
    Effect.provideService(run, Variables, {
      read: variables.read,
      write: (slot, value) => onWrite(slot, variables.write(slot, value))
    })
  )

/** A handler of a machine. */
export interface NamedHandler {
  /** The handler's name in reports, unique in the machine. */
  readonly name: string
  /** The tag of the operation or message that it handles, if any. */
  readonly tag: string | undefined
  readonly handler: AnyHandler
}

/** The machine with every handler replaced by the result of a function. */
export const withHandlers = (
  machine: Machine<unknown>,
  replace: (named: NamedHandler) => AnyHandler
): Machine<unknown> => {
  const replaced = (kind: HandlerKind, name: string, handler: AnyHandler): AnyHandler =>
    replace({ name: handlerName(kind, name), tag: kind === "input" ? name : undefined, handler })
  return {
    ...machine,
    handlers: new Map([...machine.handlers].map(([tag, handler]) => [tag, replaced("input", tag, handler)])),
    timeouts: new Map([...machine.timeouts].map(([name, handler]) => [name, replaced("timeout", name, handler)])),
    start: machine.start === undefined ? undefined : replaced("start", "", machine.start),
    recover: machine.recover === undefined ? undefined : replaced("recover", "", machine.recover)
  }
}

/** The system with one machine replaced by another at every node that runs it. */
export const withMachine = (
  system: NodeSystem<unknown>,
  before: Machine<unknown>,
  after: Machine<unknown>
): NodeSystem<unknown> => ({
  ...system,
  machines: system.machines.map((machine) => (machine === before ? after : machine))
})

/** Returns the state unchanged, without commands. */
export const idle: AnyHandler = (state): HandlerEffect<unknown> => Effect.succeed(state)
