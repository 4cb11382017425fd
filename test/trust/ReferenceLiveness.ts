/**
 * Properties about runs, judged on plain lists by the words of src/property/Eventually.ts, without the engine's way of doing
 * it: no search for strongly connected parts, no removal of states.
 *
 * The states that a run is in again and again lead to each other along them alone. If one fair run exists, then so does
 * the one that is in all the states that lead to each other and do not enable what that run leaves disabled. So every
 * choice of strongly fair units that stay disabled is tried, and with each all sets of states that lead to each other.
 */
import type { Eventually, Property, FairnessKind } from "../../src/property/index.ts"
import type { Visited, Walkable } from "./Walkable.ts"

/** A step that changes the state; any other is stuttering. */
interface Edge {
  readonly to: number
  readonly demands: ReadonlyArray<Demand>
  /** Whether it is taken finitely often. */
  readonly stops: boolean
  readonly fault: boolean
}

/** Where a step leads that only the horizon of the clocks keeps from happening: it is owed, and leaves what is judged. */
const nowhere = -1

/** Steps, and faults among them, of the best way: few steps, then few faults. */
interface Way {
  readonly steps: number
  readonly faults: number
}

/** Units that may be owed strongly before a property is left open. */
const mostStrong = 5

/** What a property demands for an action, or for an instance of it. */
export const fairnessKindFor = (
  { fairness }: Eventually<never>,
  action: string,
  isFault: boolean,
  unit = action
): FairnessKind => {
  const isGrouped =
    fairness.together?.some(({ actions }) => actions.includes(action) || actions.includes(unit)) ?? false
  const otherwise = isFault || isGrouped ? "none" : (fairness.default ?? "weak")
  const named = new Map(Object.entries(fairness.actions ?? {}))
  return named.get(unit) ?? named.get(action) ?? otherwise
}

/** Something that a fair run owes, by name: a unit, or actions together. */
interface Demand {
  readonly name: string
  readonly fairnessKind: FairnessKind
}

/** What a step meets the demands of: its unit's, and those of the actions together with it. */
export const demandsOn = (
  property: Eventually<never>,
  { action, fault, unit }: { readonly action: string; readonly fault: boolean; readonly unit: string }
): ReadonlyArray<Demand> => [
  { name: unit, fairnessKind: fairnessKindFor(property, action, fault, unit) },
  ...(property.fairness.together ?? []).flatMap(({ actions, fairness: fairnessKind }, index) =>
    actions.includes(action) || actions.includes(unit) ? [{ name: `together ${index}`, fairnessKind }] : []
  )
]

/** Such as `violated after 3 with 1 faults`: the steps and faults before the loop. */
export const judgedRuns = <S>(
  walkable: Walkable<S>,
  property: Extract<Property<unknown>, { readonly kind: "eventually" }>,
  found: ReadonlyArray<Visited<S>>
): string => {
  const answers = answersOf(walkable, property, found)
  if (answers === undefined) return "failed"
  const checked = answers.filter(({ begins }) => begins).length
  if (checked === 0) return "vacuous"
  const lacks = (state: number): boolean => !answers[state]!.holds
  const edges = edgesOf(walkable, property, found)
  const ways = waysTo(found, edges, answers, property.stable ? () => true : lacks)
  const region = [...ways.keys()]
  const ends = fairSets(edges, region)
    .filter((set) => [...set].some(lacks))
    .flatMap((set) => [...set].map((state) => ways.get(state)!))
  const [nearest] = ends.sort((left, right) => (isBetter(left, right) ? -1 : 1))
  return nearest === undefined ? `holds of ${checked}` : `violated after ${nearest.steps} with ${nearest.faults} faults`
}

const isBetter = (left: Way, right: Way): boolean =>
  left.steps < right.steps || (left.steps === right.steps && left.faults < right.faults)

const answersOf = <S>(walkable: Walkable<S>, property: Eventually<unknown>, found: ReadonlyArray<Visited<S>>) => {
  try {
    return found.map(({ depth, state }) => {
      const view = walkable.view(state)
      const enabled = walkable.enabled(state)
      const remembered = walkable.remembered(state, property.observer) as never
      const begins = property.premise?.(view, remembered, enabled) ?? depth === 0
      return { begins, holds: property.holds(view, remembered, enabled) }
    })
  } catch {
    return undefined
  }
}

const edgesOf = <S>(walkable: Walkable<S>, property: Eventually<never>, found: ReadonlyArray<Visited<S>>) => {
  const places = new Map(found.map(({ state }, place) => [walkable.identity(state), place]))
  return found.map(({ state, steps }, from) => [
    ...steps
      .map(({ action, after, fault, unit }): Edge => {
        const demands = demandsOn(property, { action, fault, unit })
        const stops = demands.some(({ fairnessKind }) => fairnessKind === "finite")
        return { to: places.get(walkable.identity(after))!, demands, stops, fault }
      })
      .filter(({ to }) => to !== from),
    ...walkable
      .outOfTime(state)
      .map((step): Edge => ({ to: nowhere, demands: demandsOn(property, step), stops: false, fault: step.fault }))
  ])
}

/** The best way to each state from where the property begins, along states that belong: improved until nothing improves. */
const waysTo = <S>(
  found: ReadonlyArray<Visited<S>>,
  edges: ReadonlyArray<ReadonlyArray<Edge>>,
  answers: ReadonlyArray<{ readonly begins: boolean }>,
  belongs: (state: number) => boolean
): ReadonlyMap<number, Way> => {
  const ways = new Map<number, Way>()
  found.forEach(({ depth, faults }, state) => {
    if (answers[state]!.begins && belongs(state)) ways.set(state, { steps: depth, faults })
  })
  for (let changed = true; changed;) {
    changed = false
    for (const [state, { faults, steps }] of ways) {
      for (const { fault, to } of edges[state]!) {
        const way = { steps: steps + 1, faults: faults + (fault ? 1 : 0) }
        const known = ways.get(to)
        if (to === nowhere || !belongs(to) || (known !== undefined && !isBetter(way, known))) continue
        ways.set(to, way)
        changed = true
      }
    }
  }
  return ways
}

/** The sets of states in which a fair run can stay, each the largest for what it leaves disabled. */
const fairSets = (
  edges: ReadonlyArray<ReadonlyArray<Edge>>,
  region: ReadonlyArray<number>
): ReadonlyArray<ReadonlySet<number>> => {
  const strong = new Set(
    region
      .flatMap((state) => edges[state]!.flatMap(({ demands }) => demands))
      .flatMap(({ name, fairnessKind }) => (fairnessKind === "strong" ? [name] : []))
  )
  if (strong.size > mostStrong) throw new TooManyUnits()
  return subsets([...strong]).flatMap((disabled) => {
    const allowed = region.filter((state) =>
      edges[state]!.every(({ demands }) => demands.every(({ name }) => !disabled.has(name)))
    )
    return tiedTogether(edges, allowed).filter((set) => isFair(edges, set))
  })
}

/** Thrown where a property owes too much to try all choices. */
export class TooManyUnits extends Error {}

const subsets = (all: ReadonlyArray<string>): ReadonlyArray<ReadonlySet<string>> =>
  Array.from({ length: 2 ** all.length }, (_, bits) => new Set(all.filter((_, index) => ((bits >> index) & 1) === 1)))

/** Whether a run that takes every step within a set, again and again, is fair. */
const isFair = (edges: ReadonlyArray<ReadonlyArray<Edge>>, set: ReadonlySet<number>): boolean => {
  const within = [...set].flatMap((state) => edges[state]!)
  const taken = new Set(
    within.filter(({ stops, to }) => !stops && set.has(to)).flatMap(({ demands }) => demands.map(({ name }) => name))
  )
  const isEnabled = (state: number, name: string) =>
    edges[state]!.some(({ demands }) => demands.some((demand) => demand.name === name))
  return within
    .flatMap(({ demands }) => demands)
    .every(({ name, fairnessKind }) => {
      if (taken.has(name) || fairnessKind === "none" || fairnessKind === "finite") return true
      return fairnessKind === "weak" && [...set].some((state) => !isEnabled(state, name))
    })
}

/** Each largest set of the allowed states that lead to each other; a state alone is one, where a run stops. */
const tiedTogether = (
  edges: ReadonlyArray<ReadonlyArray<Edge>>,
  allowed: ReadonlyArray<number>
): ReadonlyArray<ReadonlySet<number>> => {
  const inside = new Set(allowed)
  const next = new Map(
    allowed.map((state) => [
      state,
      edges[state]!.filter(({ stops, to }) => !stops && inside.has(to)).map(({ to }) => to)
    ])
  )
  const looping = loopingAmong(next)
  const leadsTo = new Map([...looping].map((state) => [state, reachedFrom(state, looping, next)]))
  const placed = new Set<number>()
  return allowed.flatMap((state) => {
    if (!looping.has(state)) return [new Set([state])]
    if (placed.has(state)) return []
    const set = new Set([...leadsTo.get(state)!].filter((other) => leadsTo.get(other)!.has(state)))
    for (const each of set) placed.add(each)
    return [set]
  })
}

/** The states that are left when those that come from none, or lead to none, are put aside until there are no more. */
const loopingAmong = (next: ReadonlyMap<number, ReadonlyArray<number>>): ReadonlySet<number> => {
  let left = new Set(next.keys())
  for (;;) {
    const kept = [...left].filter((state) => next.get(state)!.some((to) => left.has(to)))
    const cameTo = new Set(kept.flatMap((state) => next.get(state)!))
    const both = new Set(kept.filter((state) => cameTo.has(state)))
    if (both.size === left.size) return left
    left = both
  }
}

const reachedFrom = (
  start: number,
  among: ReadonlySet<number>,
  next: ReadonlyMap<number, ReadonlyArray<number>>
): ReadonlySet<number> => {
  const reached = new Set([start])
  for (const state of reached) for (const to of next.get(state)!) if (among.has(to)) reached.add(to)
  return reached
}
