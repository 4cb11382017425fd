/**
 * Makes one run from fair parts of the graph: a stem to a fair part, and a loop in it that repeats forever.
 *
 * The stem has the fewest steps of all runs that end in a fair loop, and among those the fewest faults. The loop is not
 * always the shortest: it goes to the nearest state or step that meets a demand of fairness, then to the next, and
 * back.
 */
import type { Program, FairnessGroup } from "../../engine/index.ts"
import type { FairnessKind } from "../../property/index.ts"
import type { Search } from "../Search.ts"
import type { TransitionGraph } from "./TransitionGraph.ts"
import { insideEdge, type Part } from "./StronglyConnected.ts"

/** A step by state numbers, with its fairness class. */
export interface Edge {
  readonly from: number
  readonly to: number
  readonly fairnessClass: number
}

/** The states of runs on which the property is still unmet, with the shortest path to each. */
export interface Region {
  readonly members: Int32Array
  /** Per state: steps from the start of a run, −1 outside the region. */
  readonly distance: Int32Array
  /** Per state: faults on that path. */
  readonly faults: Int32Array
  /** Per state of the region: the last edge of that path within the region; −1 if the property begins here. */
  readonly by: Int32Array
  /** Per state: the source of that edge. */
  readonly before: Int32Array
}

/**
 * The region: from the states where the property begins, along states that belong to it. The distance of a state where
 * the property begins is its depth in the search.
 */
export const regionOf = (
  graph: TransitionGraph,
  program: Pick<Program, "actions" | "fairnessClasses">,
  search: Pick<Search, "levels" | "faults">,
  begins: Uint8Array,
  belongs: (state: number) => boolean
): Region => {
  const { first, states, targets, fairnessClasses } = graph
  const distance = new Int32Array(states).fill(-1)
  const faults = new Int32Array(states)
  const by = new Int32Array(states)
  const before = new Int32Array(states)
  const members: Array<number> = []
  let level: Array<number> = []
  let id = 0
  for (let depth = 0; depth < search.levels.length || level.length > 0; depth++) {
    for (const end = id + (search.levels[depth] ?? 0); id < end; id++) {
      if (begins[id] === 0 || !belongs(id)) continue
      if (distance[id] === -1) level.push(id)
      distance[id] = depth
      // No path from an earlier beginning has fewer faults: this is the minimum over all paths of so many steps.
      faults[id] = search.faults?.[id] ?? 0
      by[id] = -1
    }
    const next: Array<number> = []
    for (const state of level) {
      members.push(state)
      for (let edge = first[state]!; edge < first[state + 1]!; edge++) {
        const target = targets[edge]!
        if (target === states || !belongs(target) || (distance[target] !== -1 && distance[target]! <= depth)) continue
        const isFault = program.actions[program.fairnessClasses[fairnessClasses[edge]!]!.action]!.fault
        const count = faults[state]! + (isFault ? 1 : 0)
        if (distance[target] === -1) next.push(target)
        else if (faults[target]! <= count) continue
        distance[target] = depth + 1
        faults[target] = count
        by[target] = edge
        before[target] = state
      }
    }
    level = next
  }
  return { members: Int32Array.from(members), distance, faults, by, before }
}

/** The stem: the state where the property begins, and the edges from there to a state of the region. */
export const stemTo = (graph: TransitionGraph, region: Region, state: number) => {
  const edges: Array<Edge> = []
  let at = state
  for (; region.by[at] !== -1; at = region.before[at]!) {
    edges.unshift({ from: region.before[at]!, to: at, fairnessClass: graph.fairnessClasses[region.by[at]!]! })
  }
  return { begin: at, edges }
}

/** The nearest state of fair parts, with its part. */
export const entryOf = (region: Region, parts: ReadonlyArray<Part>) => {
  const { distance, faults } = region
  const nearer = (a: number, b: number): boolean => {
    const order = distance[a]! - distance[b]! || faults[a]! - faults[b]! || a - b
    return order < 0
  }
  let best: { readonly state: number; readonly part: Part } | undefined
  for (const part of parts) {
    for (const state of part.members) if (best === undefined || nearer(state, best.state)) best = { state, part }
  }
  return best
}

/** A fair loop in a fair part, from a state of it back to that state, that visits a wanted state. */
export const loopThrough = (
  entry: number,
  part: Part,
  fairnessKinds: ReadonlyArray<FairnessKind>,
  isWanted: (state: number) => boolean,
  groups: ReadonlyArray<FairnessGroup> = []
): ReadonlyArray<Edge> => {
  const loop: Array<Edge> = []
  for (;;) {
    const at = loop.at(-1)?.to ?? entry
    const unmet = unmetDemands([entry, ...loop.map(({ to }) => to)], loop, part, fairnessKinds, isWanted, groups)
    if (unmet === undefined && at === entry) return loop
    const way = nearest(at, part, unmet ?? { state: (state) => state === entry, edge: () => false })
    loop.push(...way)
  }
}

/** Demands that a loop does not meet yet, as the states and steps that would meet one of them. */
interface UnmetDemands {
  readonly state: (state: number) => boolean
  readonly edge: (fairnessClass: number) => boolean
}

const unmetDemands = (
  states: ReadonlyArray<number>,
  loop: ReadonlyArray<Edge>,
  part: Part,
  fairnessKinds: ReadonlyArray<FairnessKind>,
  isWanted: (state: number) => boolean,
  groups: ReadonlyArray<FairnessGroup>
): UnmetDemands | undefined => {
  const { first, fairnessClasses } = part.graph
  const enabledIn = (state: number) => new Set(fairnessClasses.subarray(first[state], first[state + 1]))
  const enabled = states.map(enabledIn)
  const taken = new Set(loop.map(({ fairnessClass }) => fairnessClass))
  const lacking = new Set<number>()
  for (const fairnessClass of new Set(enabled.flatMap((each) => [...each]))) {
    if (taken.has(fairnessClass)) continue
    if (
      fairnessKinds[fairnessClass] === "strong" ||
      (fairnessKinds[fairnessClass] === "weak" && enabled.every((each) => each.has(fairnessClass)))
    ) {
      lacking.add(fairnessClass)
    }
  }
  const enables = (members: Uint8Array, enabled: ReadonlySet<number>) =>
    [...enabled].some((fairnessClass) => members[fairnessClass] === 1)
  const lackingGroups = groups.filter(({ members, fairnessKind }) => {
    if ([...taken].some((fairnessClass) => members[fairnessClass] === 1)) return false
    const inEach = enabled.map((each) => enables(members, each))
    return fairnessKind === "weak" ? inEach.every(Boolean) : inEach.some(Boolean)
  })
  const wanting = !states.some(isWanted)
  if (lacking.size + lackingGroups.length === 0 && !wanting) return undefined
  return {
    state: (state) =>
      (wanting && isWanted(state)) ||
      [...lacking].some(
        (fairnessClass) => fairnessKinds[fairnessClass] === "weak" && !enabledIn(state).has(fairnessClass)
      ) ||
      lackingGroups.some(({ members, fairnessKind }) => fairnessKind === "weak" && !enables(members, enabledIn(state))),
    edge: (fairnessClass) =>
      lacking.has(fairnessClass) || lackingGroups.some(({ members }) => members[fairnessClass] === 1)
  }
}

/** The shortest path of at least one step within a part to a state or step that meets a demand, breadth first. */
const nearest = (start: number, part: Part, unmet: UnmetDemands): ReadonlyArray<Edge> => {
  const { first, targets, fairnessClasses } = part.graph
  const cameBy = new Map<number, Edge>()
  const queue = [start]
  for (const from of queue) {
    for (let at = first[from]!; at < first[from + 1]!; at++) {
      if (!insideEdge(part, at)) continue
      const edge: Edge = { from, to: targets[at]!, fairnessClass: fairnessClasses[at]! }
      if (unmet.edge(edge.fairnessClass) || unmet.state(edge.to)) return [...wayTo(cameBy, start, from), edge]
      if (cameBy.has(edge.to)) continue
      cameBy.set(edge.to, edge)
      queue.push(edge.to)
    }
  }
  throw new Error("plait's fault: a fair part has no way to what fairness demands")
}

const wayTo = (cameBy: ReadonlyMap<number, Edge>, start: number, end: number): ReadonlyArray<Edge> => {
  const way: Array<Edge> = []
  for (let at = end; at !== start; at = way[0]!.from) way.unshift(cameBy.get(at)!)
  return way
}
