/**
 * Observers as slots: the values of an observer are interned, and each (value, observations) pair is folded once.
 */
import type { Observation } from "../../model/index.ts"
import type { Observer } from "../../property/index.ts"
import { canonical, takenOnce } from "../interning/Canonical.ts"
import type { HashLanes } from "../interning/ContentHash.ts"
import { Interner } from "../interning/Interner.ts"
import { brief, Refusal } from "../execution/ModelRefused.ts"
import { callModelCode, type ModelCode } from "../execution/ModelCode.ts"
import { PairMemo } from "../interning/PairTable.ts"
import { SpotChecks } from "../memo/SpotChecks.ts"
import { refusalOf } from "../execution/StrictRunner.ts"

/** The observers of a search. */
export class Observers {
  readonly count: number
  /** True if any observer needs causal pasts. */
  readonly causal: boolean
  /** True if any observer needs the order of real time. */
  readonly timed: boolean
  private readonly system: string
  private readonly observers: ReadonlyArray<Observer<unknown>>
  private readonly batches = new Interner()
  private readonly values: ReadonlyArray<Interner>
  private readonly memos: ReadonlyArray<PairMemo>
  private readonly runsTwice: boolean
  private readonly spots = new SpotChecks<unknown>()

  /** Creates the observers. With `runsTwice`, each fold is run twice and the results are compared. */
  constructor(system: string, observers: ReadonlyArray<Observer<unknown>>, runsTwice = false) {
    this.runsTwice = runsTwice
    this.system = system
    this.observers = observers
    this.count = observers.length
    this.causal = observers.some((observer) => observer.causal)
    this.timed = observers.some((observer) => observer.timed)
    this.values = observers.map(() => new Interner())
    this.memos = observers.map(() => new PairMemo())
    this.batches.intern([])
  }

  /** The id of the observations of a step; 0 for none. Step invariants read them, even without observers. */
  observationsId(observations: ReadonlyArray<Observation>): number {
    return this.batches.intern(observations)
  }

  /** The observations with this id, as step invariants see them: without causal pasts, even if observers need them. */
  observations(observationsId: number): ReadonlyArray<Observation> {
    const seen = this.seen(observationsId)
    return this.causal ? seen.map(withoutPast) : seen
  }

  private seen(observationsId: number): ReadonlyArray<Observation> {
    return this.batches.values[observationsId] as ReadonlyArray<Observation>
  }

  /** The id of an observer's initial value. */
  initial(index: number): number {
    const observer = this.observers[index]!
    return this.values[index]!.intern(takenOnce(observer, () => canonical(observer.initial)))
  }

  /** The id of an observer's value after observations. */
  next(index: number, remembered: number, observationsId: number): number {
    const existing = this.memos[index]!.get(remembered, observationsId)
    return existing === -1 ? this.fold(index, remembered, observationsId) : existing
  }

  /** An observer's value by its id. */
  value(index: number, id: number): unknown {
    return this.values[index]!.values[id]
  }

  /** An observer's name. */
  name(index: number): string {
    return this.observers[index]!.name
  }

  /** Content hashes of an observer's values. */
  hashes(index: number): HashLanes {
    return this.values[index]!.hashes
  }

  /** Runs some folds again. Throws `ModelRefused` if one differs. */
  recheck(): void {
    this.spots.recheck()
  }

  private fold(index: number, remembered: number, observationsId: number): number {
    const observer = this.observers[index]!
    let id = remembered
    for (const observation of observer.causal ? this.seen(observationsId) : this.observations(observationsId)) {
      const before = id
      const after = this.observed(index, before, observation)
      const again = (): void => void this.observed(index, before, observation, after)
      this.spots.called(observer, again)
      if (this.runsTwice) again()
      id = after
    }
    this.memos[index]!.set(remembered, observationsId, id)
    return id
  }

  private observed(index: number, remembered: number, observation: Observation, expected?: number): number {
    const observer = this.observers[index]!
    const { values } = this.values[index]!
    const describe = (): ModelCode => ({
      where: `observer "${observer.name}"`,
      input: brief(observation),
      written: observer.observe
    })
    try {
      const before = values[remembered]
      const id = this.values[index]!.intern(callModelCode(describe, () => observer.observe(before, observation)))
      if (id === (expected ?? id)) return id
      const results = `${brief(values[expected ?? id])} first, and then ${brief(values[id])}`
      throw new Refusal("is not deterministic", `It remembered ${results}.`)
    } catch (thrown) {
      throw refusalOf(thrown).of({ system: this.system, ...describe() })
    }
  }
}

const NO_PAST: ReadonlyArray<never> = Object.freeze([])

const withoutPast = (observation: Observation): Observation => Object.freeze({ ...observation, past: NO_PAST })
