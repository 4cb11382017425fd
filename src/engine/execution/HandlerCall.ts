/**
 * One run of a handler: its requests, its commands, its result. The services here take their answers from an oracle and
 * record all commands.
 */
import { Context, Effect } from "effect"
import {
  type AnyHandler,
  Choice,
  type HandlerServices,
  LocalClock,
  type Message,
  Network,
  type Note,
  Observe,
  Self,
  Timer
} from "../../model/index.ts"
import { canonical, canonicalFields } from "../interning/Canonical.ts"
import { brief, Refusal } from "./ModelRefused.ts"
import { failed, StrictRunner } from "./StrictRunner.ts"

/** A request of a handler to a service; the handler's result may depend on the answer. */
export type Ask =
  | { readonly kind: "self" | "operation" | "sender" | "neighbours" | "clock" }
  | { readonly kind: "choice"; readonly alternatives: number }

/** A message to send: to one node, to all peers, or onwards. */
export type SendCommand =
  | { readonly kind: "send"; readonly to: number; readonly message: Message }
  | { readonly kind: "broadcast"; readonly message: Message }
  | { readonly kind: "forward"; readonly message: Message }

/** A command of a handler. */
export type HandlerCommand =
  | SendCommand
  | { readonly kind: "note"; readonly note: Note }
  | { readonly kind: "setTimer"; readonly name: string }
  | { readonly kind: "cancelTimer"; readonly name: string }

/** Answers a handler's requests, in order. */
export type Oracle = (ask: Ask) => unknown

/** Thrown if no answer is possible (the clock is past its horizon): the run is abandoned, not refused. */
export class NoAnswer extends Error {}

/** Most requests and commands of one run; beyond it the handler is taken to loop forever. */
const STEP_BUDGET = 10_000

/** Runs handlers; counts the runs. */
export class HandlerCalls {
  /** Number of handler runs so far. */
  runs = 0
  private oracle: Oracle = () => undefined
  private commands: Array<HandlerCommand> = []
  private steps = 0
  /** The first refusal, stored because a handler may catch the exception and go on. */
  private refused: unknown
  private readonly runner: StrictRunner<HandlerServices>

  constructor() {
    const ask = (what: Ask): Effect.Effect<never> => Effect.sync(() => this.answer(what) as never)
    const done = (command: HandlerCommand): Effect.Effect<void> => Effect.sync(() => this.note(command))
    this.runner = new StrictRunner(
      Context.make(Self, { id: ask({ kind: "self" }), operation: ask({ kind: "operation" }) }).pipe(
        Context.add(Network, {
          send: (to, message) => done({ kind: "send", to, message }),
          broadcast: (message) => done({ kind: "broadcast", message }),
          forward: (message) => Effect.andThen(ask({ kind: "sender" }), done({ kind: "forward", message })),
          sender: ask({ kind: "sender" }),
          neighbours: ask({ kind: "neighbours" })
        }),
        Context.add(LocalClock, { now: ask({ kind: "clock" }) }),
        Context.add(Choice, { index: (alternatives) => ask({ kind: "choice", alternatives }) }),
        Context.add(Timer, {
          set: (name) => done({ kind: "setTimer", name }),
          cancel: (name) => done({ kind: "cancelTimer", name })
        }),
        Context.add(Observe, { note: (note) => done({ kind: "note", note }) })
      )
    )
  }

  /** Runs a handler; `undefined` if no answer to a request was possible. Throws `Refusal`. */
  run(handler: AnyHandler, state: unknown, input: unknown, oracle: Oracle): HandlerRun | undefined {
    this.runs++
    this.oracle = oracle
    this.commands = []
    this.steps = 0
    this.refused = undefined
    try {
      const exit = this.runner.run(Effect.suspend(() => effectOf(handler(state, input))))
      if (this.refused !== undefined) throw this.refused
      if (exit._tag === "Failure") throw failed(exit.cause)
      return { state: exit.value, commands: this.commands }
    } catch (thrown) {
      if (this.refused instanceof NoAnswer) return undefined
      throw this.refused ?? thrown
    }
  }

  private answer(ask: Ask): unknown {
    this.count()
    try {
      return this.oracle(ask)
    } catch (thrown) {
      this.refused ??= thrown
      throw thrown
    }
  }

  private note(command: HandlerCommand): void {
    this.count()
    try {
      this.commands.push(taken(command))
    } catch (thrown) {
      this.refused ??= thrown
      throw thrown
    }
  }

  private count(): void {
    if (++this.steps <= STEP_BUDGET) return
    const refusal = new Refusal("took too many steps")
    this.refused ??= refusal
    throw refusal
  }
}

/** A command with its values as they are now: the handler may change its own objects afterwards. */
const taken = (command: HandlerCommand): HandlerCommand => {
  switch (command.kind) {
    case "send":
    case "broadcast":
    case "forward":
      return { ...command, message: canonical(command.message) }
    case "note":
      return { ...command, note: canonicalFields(command.note) }
    case "setTimer":
    case "cancelTimer":
      return command
  }
}

/** The value a handler returned, if it is an Effect: code that was never type-checked may return anything. */
const effectOf = <A>(returned: A): A => {
  if (Effect.isEffect(returned)) return returned
  throw new Refusal("returned no Effect", returned instanceof Promise ? "a promise" : brief(returned))
}

/** Result of one run of a handler. */
export interface HandlerRun {
  readonly state: unknown
  readonly commands: ReadonlyArray<HandlerCommand>
}
