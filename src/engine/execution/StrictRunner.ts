/**
 * Runs a handler's Effect to its end, at once. Its environment has only the given services: no wall clock, no random
 * numbers, no scheduler that runs work later. An attempt to use them is refused by name.
 */
import { Cause, Clock, Context, Effect, type Exit, Random, Scheduler, Schema } from "effect"
import { NoTruthValue } from "../../model/TruthValue.ts"
import { NotPlainData } from "../interning/Canonical.ts"
import { type Offence, Refusal } from "./ModelRefused.ts"
import { isThrown, thrownText } from "./ThrownText.ts"

/** The first offence of the current run, stored because a handler may catch the exception. */
let offended: Refusal | undefined

const offend = (offence: Offence) => (): never => {
  offended ??= new Refusal(offence)
  throw offended
}

const refuse = (offence: Offence): Effect.Effect<never> => Effect.sync(offend(offence))

const noClock: Clock.Clock = {
  currentTimeMillisUnsafe: offend("read the wall clock"),
  currentTimeMillis: refuse("read the wall clock"),
  currentTimeNanosUnsafe: offend("read the wall clock"),
  currentTimeNanos: refuse("read the wall clock"),
  monotonicTimeNanosUnsafe: offend("read the wall clock"),
  monotonicTimeNanos: refuse("read the wall clock"),
  sleep: () => refuse("scheduled work")
}

const noRandom: Random.Random = {
  nextIntUnsafe: offend("used random numbers"),
  nextDoubleUnsafe: offend("used random numbers")
}

/**
 * Most operations of one run; beyond it the run is taken to loop forever. The largest sum over a list in a handler of a
 * model takes a few thousand.
 */
const OPERATION_BUDGET = 1_000_000

/** A runner for effects that need the given services. */
export class StrictRunner<Services> {
  /**
   * True once a run is past its budget: it is then suspended for good, since an exception could be caught and the loop
   * go on.
   */
  private exhausted = false
  private readonly start: <A, E>(effect: Effect.Effect<A, E, Services>) => Exit.Exit<A, E> | undefined

  constructor(services: Context.Context<Services>) {
    const scheduler: Scheduler.Scheduler = {
      executionMode: "sync",
      shouldYield: ({ currentOpCount }) => {
        if (currentOpCount <= OPERATION_BUDGET) return false
        this.exhausted = true
        return true
      },
      makeDispatcher: () => ({
        scheduleTask: () => {
          if (!this.exhausted) offend("scheduled work")()
        },
        flush: () => {}
      })
    }
    const context = services.pipe(
      Context.add(Clock.Clock, noClock),
      Context.add(Random.Random, noRandom),
      Context.add(Scheduler.Scheduler, scheduler)
    )
    const fork = Effect.runForkWith(context)
    this.start = (effect) => {
      const fiber = fork(effect)
      const exit = fiber.pollUnsafe()
      // Leaves no waiting work behind; an ended fiber is unaffected.
      fiber.interruptUnsafe()
      return exit
    }
  }

  /** Runs an effect and returns its exit. Throws a `Refusal` if it broke a rule. */
  run<A, E>(effect: Effect.Effect<A, E, Services>): Exit.Exit<A, E> {
    this.exhausted = false
    offended = undefined
    const exit = this.start(effect)
    if (this.exhausted) throw new Refusal("took too many steps")
    if (offended !== undefined) throw offended
    if (exit === undefined) throw new Refusal("went asynchronous")
    if (exit._tag === "Failure" && Cause.hasDies(exit.cause)) throw refusalOf(Cause.squash(exit.cause))
    return exit
  }
}

/** The refusal of an effect that failed. The cause is its error, which has the line if it is an `Error`. */
export const failed = (cause: Cause.Cause<unknown>): Refusal =>
  new Refusal("failed", thrownText(cause), { cause: Cause.squash(cause) })

/** The refusal for a value thrown while a model's code ran. */
export const refusalOf = (thrown: unknown): Refusal => {
  if (isThrown(thrown, Refusal)) return thrown
  if (isThrown(thrown, NoTruthValue)) return new Refusal("returned neither true nor false", thrown.message)
  if (isThrown(thrown, NotPlainData)) return new Refusal("used a value that is not plain data", thrown.message)
  const text = thrownText(thrown)
  if (isThrown(thrown, TypeError) && mutation.test(text)) {
    return new Refusal("mutated its input", text.slice("TypeError: ".length), { cause: thrown })
  }
  return new Refusal("threw", text, { cause: thrown })
}

const mutation =
  /read only property|not extensible|Cannot delete property|belongs to the state|Cannot redefine|has only a getter/

/** Makes a check of values against a schema. The check throws a `Refusal` that names the path. */
export const admitBy = (schema: Schema.Schema<unknown>): ((value: unknown) => void) => {
  const decode = Schema.decodeUnknownSync(Schema.toType(schema) as Schema.Codec<unknown>, {
    errors: "all",
    onExcessProperty: "error"
  })
  return (value) => {
    try {
      decode(value)
    } catch (error) {
      throw new Refusal("returned a value its schema rejects", (error as Error).message)
    }
  }
}
