/**
 * What an exploration touched, as plain data: for each system its actions, their guards, its properties and the situations it
 * reached, with the lines that declare them. Every coverage report is a function of this and nothing else.
 *
 * What a number says: `taken` counts transitions, `fresh` those that found a state; a guard's arms count how often it was
 * asked: once for each different situation of a node (or combination of what an action read), however many interleavings
 * contain it. What became of an action at a node is counted likewise.
 */

/** Where something is declared: a path from the project's root with forward slashes, and a line and column from 1. */
export interface SourceLocation {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** How often a guard let its action happen, and how often it did not; each different situation is asked once. */
export interface GuardCount {
  readonly enabled: number
  readonly disabled: number
}

/**
 * What became of an action at one node, in how many different situations of the node: its state, its inbox, and the
 * faults and operations that are left.
 */
export interface OutcomeCount {
  /** All of them. */
  readonly taken: number
  /** The node's state stayed as it was, its inbox aside. */
  readonly unchanged: number
  /** Messages left. */
  readonly sent: number
  /** A client was answered. */
  readonly answered: number
  /** A client was refused. */
  readonly refused: number
}

/** What is counted of one action of a system. */
export interface ActionCounts {
  readonly name: string
  /** Whether it is a fault of the environment. */
  readonly fault: boolean
  /** Transitions by this action. */
  readonly taken: number
  /** Those that led to a state not seen before. */
  readonly fresh: number
  /** Those that led back to the state that they were taken in. */
  readonly unchanged: number
  /** What became of it at each node; nothing for actions of no node and models without nodes. */
  readonly outcomes: ReadonlyArray<OutcomeCount> | null
  /** Absent where nothing can forbid the action. */
  readonly guard: GuardCount | null
}

/** A variable that an action of a whole-state model read. */
export interface VariableRead {
  readonly variable: string
  /** Distinct values that it was met with; of a family the most of one member that was read. */
  readonly values: number
}

/** How often an action of a whole-state model was run: once for each combination of what it read and chose. */
export interface ActionCost {
  readonly action: string
  /** Runs in all, whichever its parameter; twice as many where each is repeated to compare. */
  readonly runs: number
  /** The variables that it read, those with most values first. */
  readonly reads: ReadonlyArray<VariableRead>
}

/** One action of a system. */
export interface ActionCoverage extends ActionCounts {
  /** The handlers that run; several where several machines accept the input, none for what the environment does. */
  readonly places: ReadonlyArray<SourceLocation>
}

/** One property of a system. */
export interface PropertyCoverage {
  readonly name: string
  /** Whether it claims that a situation is reached, rather than that something is true. */
  readonly isReachability: boolean
  /** Whether the situation was reached, or the property had something to say. */
  readonly met: boolean
  /** States or steps in which it had something to say; 1 for what a trace decided. */
  readonly checked: number
  readonly places: ReadonlyArray<SourceLocation>
}

/** One system. */
export interface SystemCoverage {
  /** The case's identifier. */
  readonly id: string
  readonly model: string
  /** Why the search was not complete; nothing of a complete one. */
  readonly incomplete?: string
  readonly actions: ReadonlyArray<ActionCoverage>
  readonly properties: ReadonlyArray<PropertyCoverage>
}

/** Covered out of all. */
export interface Ratio {
  readonly covered: number
  readonly total: number
}

/** What is counted: each has a column in the reports and takes a threshold. */
export const metrics = ["actions", "guards", "premises", "reachability"] as const

/** One of the metrics. */
export type Metric = (typeof metrics)[number]

/** A ratio for each metric. */
export type Summary = { readonly [metric in Metric]: Ratio }

const ratio = (flags: ReadonlyArray<boolean>): Ratio => ({
  covered: flags.filter(Boolean).length,
  total: flags.length
})

/**
 * The summary of some systems: actions taken, guards' arms entered, claims that had something to say, situations reached.
 */
export const summaryOf = (systems: ReadonlyArray<SystemCoverage>): Summary => {
  const actions = systems.flatMap((system) => system.actions)
  const properties = systems.flatMap((system) => system.properties)
  const guards = actions.flatMap(({ guard }) => (guard === null ? [] : [guard.enabled > 0, guard.disabled > 0]))
  return {
    actions: ratio(actions.map(({ taken }) => taken > 0)),
    guards: ratio(guards),
    premises: ratio(properties.filter(({ isReachability }) => !isReachability).map(({ met }) => met)),
    reachability: ratio(properties.filter(({ isReachability }) => isReachability).map(({ met }) => met))
  }
}

/** Whole percent, rounded down, so that only everything is 100; nothing where there is nothing to cover. */
export const percentOf = ({ covered, total }: Ratio): number | undefined =>
  total === 0 ? undefined : Math.floor((100 * covered) / total)

/** A ratio as reports print it: `83 %`, and `n/a` for 0 of 0. */
export const percentText = (of: Ratio): string => {
  const percent = percentOf(of)
  return percent === undefined ? "n/a" : `${percent} %`
}

/** The least percentages that are asked for. */
export type Thresholds = { readonly [metric in Metric]?: number }

/** Which thresholds are missed, a sentence each. Where there is nothing to cover nothing is missed. */
export const missed = (summary: Summary, thresholds: Thresholds): ReadonlyArray<string> =>
  metrics.flatMap((metric) => {
    const least = thresholds[metric]
    const percent = percentOf(summary[metric])
    if (least === undefined || percent === undefined || percent >= least) return []
    const { covered, total } = summary[metric]
    return [`${metric}: ${covered} of ${total} covered, ${percent} %; at least ${least} % was asked for`]
  })

/** What became of an action at all nodes together. */
export const outcomesOf = (outcomes: ReadonlyArray<OutcomeCount>): OutcomeCount => {
  const sum = (part: keyof OutcomeCount): number => outcomes.reduce((total, each) => total + each[part], 0)
  return {
    taken: sum("taken"),
    unchanged: sum("unchanged"),
    sent: sum("sent"),
    answered: sum("answered"),
    refused: sum("refused")
  }
}

/** Never-taken actions first, then by name of the declaration's order. */
export const neverTakenFirst = <A extends Pick<ActionCounts, "taken">>(actions: ReadonlyArray<A>): ReadonlyArray<A> => [
  ...actions.filter(({ taken }) => taken === 0),
  ...actions.filter(({ taken }) => taken > 0)
]
