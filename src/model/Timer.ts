/**
 * Timers without durations: a timer that is set may fire at any later moment, before or after any message. That covers
 * every length a real timeout may have, and every misjudged one.
 */
import { Context, type Effect } from "effect"

/** Sets and cancels this node's timers. A timer fires once; its handler stands under `timeouts` in the machine. */
export class Timer extends Context.Service<
  Timer,
  {
    readonly set: (name: string) => Effect.Effect<void>
    readonly cancel: (name: string) => Effect.Effect<void>
  }
>()("plait/model/Timer") {
  /** Sets the named timer; setting one that is set changes nothing. */
  static readonly set = (name: string): Effect.Effect<void, never, Timer> => Timer.use((timer) => timer.set(name))

  /** Cancels the named timer; cancelling one that is not set changes nothing. */
  static readonly cancel = (name: string): Effect.Effect<void, never, Timer> => Timer.use((timer) => timer.cancel(name))
}
