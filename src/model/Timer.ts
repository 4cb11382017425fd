/**
 * Timers without durations: a timer that is set may fire at any later moment, before or after any message. This covers
 * every length of a real timeout, misjudged ones included.
 */
import { Context, type Effect } from "effect"

/** Sets and cancels this node's timers. A timer fires once; its handler is declared under `timeouts` in the machine. */
export class Timer extends Context.Service<
  Timer,
  {
    readonly set: (name: string) => Effect.Effect<void>
    readonly cancel: (name: string) => Effect.Effect<void>
  }
>()("plait/model/Timer") {
  /** Sets the named timer; no effect if it is already set. */
  static readonly set = (name: string): Effect.Effect<void, never, Timer> => Timer.use((timer) => timer.set(name))

  /** Cancels the named timer; no effect if it is not set. */
  static readonly cancel = (name: string): Effect.Effect<void, never, Timer> => Timer.use((timer) => timer.cancel(name))
}
