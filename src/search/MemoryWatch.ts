/**
 * Watches the memory of the process for a search: at intervals, and before the store of states grows.
 */
import type { StateStore } from "../engine/index.ts"
import type { SearchOptions } from "./SearchOptions.ts"

/** Time between two measurements of the process's memory; one takes up to a fifth of a millisecond. */
const INTERVAL_MILLIS = 50

/** Most successors that may be added before the store's room is checked again. */
export const MARGIN = 4096

/** The watch of one search. */
export class MemoryWatch {
  private readonly store: StateStore
  private readonly options: Pick<SearchOptions, "limits" | "resources">
  private lookedAt = 0
  private lookedAtCapacity = 0
  /** Number of distinct states when garbage was last released. */
  private releasedAt = 0

  constructor(store: StateStore, options: Pick<SearchOptions, "limits" | "resources">) {
    this.store = store
    this.options = options
  }

  /** True if memory is short; measures only if an interval has passed or the store is about to grow. */
  isShort(moment: number): boolean {
    const { capacity } = this.store
    const growth = this.store.growthBytes(MARGIN)
    const beforeGrowth = growth > 0 && this.lookedAtCapacity !== capacity
    if (!beforeGrowth && moment - this.lookedAt < INTERVAL_MILLIS) return false
    this.lookedAt = moment
    if (growth > 0) this.lookedAtCapacity = capacity
    return this.exceeds(growth) && !(this.release() && !this.exceeds(growth))
  }

  private exceeds(growth: number): boolean {
    const { limits, resources } = this.options
    return resources.residentBytes() + growth > limits.memoryBytes || resources.heapIsFull()
  }

  /**
   * Releases garbage before the memory limit ends the search: an earlier search in this process may have left most of
   * it. It is not repeated until the search has twice as many states, since each collection reads the whole heap.
   */
  private release(): boolean {
    const { release } = this.options.resources
    if (release === undefined || this.store.count < 2 * this.releasedAt) return false
    this.releasedAt = this.store.count
    release()
    return true
  }
}
