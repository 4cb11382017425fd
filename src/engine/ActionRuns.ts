/**
 * Runs of a whole-state model's actions under the strict rules, with what they read, chose and wrote.
 */
import { Context, Effect } from "effect"
import { type ActionEffect, Choice, Disabled, Variables } from "../model/index.ts"
import { Refusal } from "./ModelRefused.ts"
import { StrictRunner } from "./StrictRunner.ts"

/** Runs actions against a state and writes down what they read, chose and wrote. */
export class ActionRuns {
  runs = 0
  private read: (slot: number) => unknown = () => undefined
  private choose: (alternatives: number) => number = () => 0
  private writes = new Map<number, unknown>()
  private readonly runner: StrictRunner<Variables | Choice>

  constructor() {
    this.runner = new StrictRunner(
      Context.make(Variables, {
        read: (slot) => Effect.sync(() => this.read(slot)),
        write: (slot, value) => Effect.sync(() => void this.writes.set(slot, value))
      }).pipe(Context.add(Choice, { index: (alternatives) => Effect.sync(() => this.choose(alternatives)) }))
    )
  }

  /** The writes of an action, or nothing if it is disabled. Throws `Refusal`. */
  run(
    action: ActionEffect,
    read: (slot: number) => unknown,
    choose: (alternatives: number) => number
  ): ReadonlyMap<number, unknown> | undefined {
    this.runs++
    this.read = read
    this.choose = choose
    this.writes = new Map()
    const exit = this.runner.run(action)
    if (exit._tag === "Success") return this.writes
    for (const reason of exit.cause.reasons) {
      if (reason._tag === "Fail" && reason.error instanceof Disabled) return undefined
    }
    throw new Refusal("failed", String(exit.cause))
  }
}
