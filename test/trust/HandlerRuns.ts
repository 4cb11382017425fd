/**
 * Every way in which a handler can go, by running it from the start once per way: no memo, and nothing of the engine.
 * The services write down what the handler does and answer what it asks; where there are several answers, each is tried.
 */
import { Context, Effect } from "effect"
import {
  type AnyHandler,
  Choice,
  LocalClock,
  type Message,
  Network,
  type Note,
  Observe,
  Self,
  Timer
} from "../../src/model/index.ts"

/** Something a handler did, in the order in which it did it. */
export type HandlerCommand =
  | { readonly does: "send"; readonly to: number; readonly message: Message }
  | { readonly does: "broadcast" | "forward"; readonly message: Message }
  | { readonly does: "set" | "cancel"; readonly timer: string }
  | { readonly does: "note"; readonly note: Note }

/** One way in which a handler went, with what its node's clock is like afterwards. */
export interface Run<Clock> {
  readonly local: unknown
  readonly commands: ReadonlyArray<HandlerCommand>
  readonly clock: Clock
}

/** Why a handler runs. */
export interface Cause {
  readonly action: string
  readonly handler: AnyHandler | undefined
  readonly input?: Message
  readonly operation?: string
  readonly sender?: number
  /** What is noted before the handler says anything. */
  readonly first?: Note
}

/** What a handler is told when it asks. */
export interface Answers<Clock> {
  readonly self: number
  readonly operation: string | undefined
  readonly sender: number | undefined
  readonly neighbours: ReadonlyArray<number>
  readonly clock: Clock
  /** The values that the clock may show, each with the clock afterwards. */
  readonly readings: (clock: Clock) => ReadonlyArray<readonly [value: number, after: Clock]>
  /** Called where a clock has nothing left to show. */
  readonly outOfTime: () => void
}

/** Picks one of the alternatives; with none of them, this way does not exist. */
export type Pick = <A>(alternatives: ReadonlyArray<A>) => A

/** Calls `run` once for each way of picking. */
export const everyWay = <A>(run: (pick: Pick) => A): ReadonlyArray<A> => {
  const found: Array<A> = []
  const waiting: Array<ReadonlyArray<number>> = [[]]
  for (let way = waiting.pop(); way !== undefined; way = waiting.pop()) {
    const picked = [...way]
    let at = 0
    let exists = true
    const pick: Pick = (alternatives) => {
      exists = alternatives.length > 0
      if (!exists) throw new RangeError("nothing to pick from")
      if (at === picked.length) {
        for (let other = 1; other < alternatives.length; other++) waiting.push([...picked, other])
        picked.push(0)
      }
      return alternatives[picked[at++]!]!
    }
    try {
      found.push(run(pick))
    } catch (thrown) {
      if (exists) throw thrown
    }
  }
  return found
}

/** Every way in which a handler can go. */
export const handlerRuns = <Clock>(
  handler: AnyHandler,
  state: unknown,
  input: unknown,
  answers: Answers<Clock>
): ReadonlyArray<Run<Clock>> =>
  everyWay((pick) => {
    const commands: Array<HandlerCommand> = []
    let { clock } = answers
    const does = (command: HandlerCommand) => Effect.sync(() => void commands.push(command))
    const now = Effect.sync(() => {
      const readings = answers.readings(clock)
      if (readings.length === 0) answers.outOfTime()
      const [value, after] = pick(readings)
      clock = after
      return value
    })
    const context = Context.make(Self, {
      id: Effect.succeed(answers.self),
      operation: Effect.sync(() => answers.operation ?? "")
    }).pipe(
      Context.add(Network, {
        send: (to, message) => does({ does: "send", to, message }),
        broadcast: (message) => does({ does: "broadcast", message }),
        forward: (message) => does({ does: "forward", message }),
        sender: Effect.sync(() => answers.sender ?? -1),
        neighbours: Effect.succeed(answers.neighbours)
      }),
      Context.add(LocalClock, { now }),
      Context.add(Choice, {
        index: (count) => Effect.sync(() => pick(Array.from({ length: count }, (_, index) => index)))
      }),
      Context.add(Timer, {
        set: (timer) => does({ does: "set", timer }),
        cancel: (timer) => does({ does: "cancel", timer })
      }),
      Context.add(Observe, { note: (note) => does({ does: "note", note }) })
    )
    const local = Effect.runSync(Effect.provideContext(handler(state, input), context))
    return { local, commands, clock }
  })
