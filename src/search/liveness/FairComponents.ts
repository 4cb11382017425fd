/**
 * The strongly connected parts of a graph in which a fair run may stay forever. A single state is such a part too: a
 * run that stops there.
 *
 * A part meets a weak demand on a fairness class if it takes one of the class's steps, or has a state that does not
 * enable the class; if it does not, no smaller part meets it. A part meets a strong demand if it takes a step, or no
 * state enables the class; if it does not, the states that enable the class are removed, and the components of the rest
 * are examined.
 *
 * Source: Emerson and Lei, "Modalities for model checking" (1987), for strong fairness as Streett pairs.
 */
import { grown, type FairnessGroup } from "../../engine/index.ts"
import type { FairnessKind } from "../../property/index.ts"
import { insideEdge, type Part, StronglyConnected } from "./StronglyConnected.ts"
import type { TransitionGraph } from "./TransitionGraph.ts"

/** Finds the fair parts of a graph. */
export class FairComponents {
  private readonly graph: TransitionGraph
  private readonly fairnessKinds: ReadonlyArray<FairnessKind>
  private readonly without: Uint8Array
  private readonly connected: StronglyConnected
  private readonly marks: Int32Array
  private lastMark = 0
  /** Per fairness class: states of the part that enable it, the one counted last, and steps within the part. */
  private readonly enabled: Int32Array
  private readonly counted: Int32Array
  private readonly taken: Int32Array
  private met: Int32Array = new Int32Array(64)
  private readonly groups: ReadonlyArray<FairnessGroup>

  /**
   * Creates the search for fair parts. `fairnessKinds` has a kind per class; `groups` are classes that fairness treats
   * as one.
   */
  constructor(
    graph: TransitionGraph,
    fairnessKinds: ReadonlyArray<FairnessKind>,
    groups: ReadonlyArray<FairnessGroup> = []
  ) {
    this.graph = graph
    this.groups = groups
    this.fairnessKinds = fairnessKinds
    this.without = Uint8Array.from(fairnessKinds, (fairnessKind) => (fairnessKind === "finite" ? 1 : 0))
    this.connected = new StronglyConnected(graph.states)
    this.marks = new Int32Array(graph.states + 1)
    this.enabled = new Int32Array(fairnessKinds.length)
    this.counted = new Int32Array(fairnessKinds.length)
    this.taken = new Int32Array(fairnessKinds.length)
  }

  /** The largest fair parts among `members`, each with a wanted state. */
  find(members: Int32Array, isWanted: (state: number) => boolean): ReadonlyArray<Part> {
    const found: Array<Part> = []
    const waiting = [this.part(members)]
    for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
      const components: Array<Int32Array> = []
      this.connected.components(part, (component) => components.push(component))
      for (const component of components) {
        if (!component.some(isWanted)) continue
        const inner = this.part(component)
        const rest = this.unmet(inner)
        if (rest === undefined) found.push(inner)
        else if (rest.length > 0) waiting.push(this.part(rest))
      }
    }
    return found
  }

  private part(members: Int32Array): Part {
    const mark = ++this.lastMark
    for (const state of members) this.marks[state] = mark
    return { graph: this.graph, members, marks: this.marks, mark, without: this.without }
  }

  /** The states that may contain a smaller fair part; `undefined` if the part itself is fair. */
  private unmet(part: Part): Int32Array | undefined {
    const count = this.count(part)
    const { enabled, met, fairnessKinds, taken } = this
    let strong = false
    for (let index = 0; index < count; index++) {
      const fairnessClass = met[index]!
      if (taken[fairnessClass]! > 0) continue
      if (fairnessKinds[fairnessClass] === "weak" && enabled[fairnessClass] === part.members.length)
        return new Int32Array(0)
      if (fairnessKinds[fairnessClass] === "strong") strong = true
    }
    const untaken = this.groups.filter((group) => !this.isTaken(part, group))
    const isWeakUnmet = ({ members, fairnessKind }: FairnessGroup): boolean =>
      fairnessKind === "weak" && part.members.every((state) => this.enables(state, members))
    if (untaken.some(isWeakUnmet)) return new Int32Array(0)
    const strongGroups = untaken.filter(
      ({ members, fairnessKind }) =>
        fairnessKind === "strong" && part.members.some((state) => this.enables(state, members))
    )
    if (!strong && strongGroups.length === 0) return undefined
    return part.members.filter(
      (state) => !this.enablesUntakenStrong(state) && !strongGroups.some(({ members }) => this.enables(state, members))
    )
  }

  private enablesUntakenStrong(state: number): boolean {
    const { first, fairnessClasses } = this.graph
    for (let edge = first[state]!; edge < first[state + 1]!; edge++) {
      const fairnessClass = fairnessClasses[edge]!
      if (this.fairnessKinds[fairnessClass] === "strong" && this.taken[fairnessClass] === 0) return true
    }
    return false
  }

  /** True if a state enables some class of a group. */
  private enables(state: number, members: Uint8Array): boolean {
    const { first, fairnessClasses } = this.graph
    for (let edge = first[state]!; edge < first[state + 1]!; edge++)
      if (members[fairnessClasses[edge]!] === 1) return true
    return false
  }

  /** True if a step of some class of a group stays within a part. */
  private isTaken(part: Part, { members }: FairnessGroup): boolean {
    const { first, fairnessClasses } = this.graph
    return part.members.some((state) => {
      for (let edge = first[state]!; edge < first[state + 1]!; edge++) {
        if (members[fairnessClasses[edge]!] === 1 && insideEdge(part, edge)) return true
      }
      return false
    })
  }

  /**
   * Counts, for each class that the part's states enable, those states and the steps within the part. Returns the
   * number of classes.
   */
  private count(part: Part): number {
    const { counted, enabled, taken } = this
    const { first, fairnessClasses } = this.graph
    let count = 0
    for (const state of part.members)
      for (let edge = first[state]!; edge < first[state + 1]!; edge++) counted[fairnessClasses[edge]!] = -2
    for (const state of part.members) {
      for (let edge = first[state]!; edge < first[state + 1]!; edge++) {
        const fairnessClass = fairnessClasses[edge]!
        if (counted[fairnessClass] === -2) {
          if (count >= this.met.length) this.met = grown(this.met, count)
          this.met[count++] = fairnessClass
          enabled[fairnessClass] = taken[fairnessClass] = 0
          counted[fairnessClass] = -1
        }
        if (counted[fairnessClass] !== state) enabled[fairnessClass]!++
        counted[fairnessClass] = state
        if (insideEdge(part, edge)) taken[fairnessClass]!++
      }
    }
    return count
  }
}
