/**
 * Runs of a whole-state model's actions under the strict rules, with their reads, choices and writes.
 */
import { Context, Effect } from "effect"
import { type ActionEffect, Choice, Disabled, Variables } from "../../model/index.ts"
import { canonical } from "../interning/Canonical.ts"
import { failed, StrictRunner } from "../execution/StrictRunner.ts"
import { isThrown } from "../execution/ThrownText.ts"

/** Runs actions against a state and records their reads, choices and writes. */
export class ActionRuns {
  runs = 0
  private read: (slot: number) => unknown = () => undefined
  private choose: (alternatives: number) => number = () => 0
  private writes = new Map<number, unknown>()
  /** The first refusal, stored because an action may catch the exception and go on. */
  private refused: unknown
  private readonly runner: StrictRunner<Variables | Choice>

  constructor() {
    this.runner = new StrictRunner(
      Context.make(Variables, {
        read: (slot) => Effect.sync(() => this.read(slot)),
        write: (slot, value) => Effect.sync(() => this.write(slot, value))
      }).pipe(Context.add(Choice, { index: (alternatives) => Effect.sync(() => this.choose(alternatives)) }))
    )
  }

  /** The writes of an action; `undefined` if it is disabled. Throws `Refusal`. */
  run(
    action: ActionEffect,
    read: (slot: number) => unknown,
    choose: (alternatives: number) => number
  ): ReadonlyMap<number, unknown> | undefined {
    this.runs++
    this.read = read
    this.choose = choose
    this.writes = new Map()
    this.refused = undefined
    const exit = this.runner.run(action)
    if (this.refused !== undefined) throw this.refused
    if (exit._tag === "Success") return this.writes
    for (const reason of exit.cause.reasons) {
      if (reason._tag === "Fail" && isThrown(reason.error, Disabled)) return undefined
    }
    throw failed(exit.cause)
  }

  /** Stores a value as it is now: the action may change its own objects afterwards. */
  private write(slot: number, value: unknown): void {
    try {
      this.writes.set(slot, canonical(value))
    } catch (thrown) {
      this.refused ??= thrown
      throw thrown
    }
  }
}
