/**
 * Coverage of an exploration, as plain data: for each system its actions, their guards, its properties and the
 * reachability properties that were reached, with the lines that declare them. Every coverage report is a function of
 * this alone.
 *
 * Meaning of the numbers: `taken` counts transitions, `fresh` those that found a state. A guard's arms count its
 * evaluations: one for each configuration of a node (or combination of values that an action read), however many
 * interleavings contain it. The outcomes of an action at a node are counted likewise.
 */

/** Place of a declaration: a path from the project's root with forward slashes, and a line and column from 1. */
export interface SourceLocation {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Numbers of configurations in which a guard let its action happen, and in which it did not. */
export interface GuardCount {
  readonly enabled: number
  readonly disabled: number
}

/**
 * Outcomes of an action at one node, counted over the configurations of the node: its state, its inbox, and the faults
 * and operations that are left.
 */
export interface OutcomeCount {
  /** All configurations. */
  readonly taken: number
  /** The node's state stayed the same, its inbox aside. */
  readonly unchanged: number
  /** Messages were sent. */
  readonly sent: number
  /** A client got an answer. */
  readonly answered: number
  /** A client got a refusal. */
  readonly refused: number
}

/** Counts of one action of a system. */
export interface ActionCounts {
  readonly name: string
  /** True for a fault of the environment. */
  readonly fault: boolean
  /** Transitions by this action. */
  readonly taken: number
  /** Transitions that led to a state not seen before. */
  readonly fresh: number
  /** Transitions that led back to the state in which they were taken. */
  readonly unchanged: number
  /** Outcomes at each node; `null` for actions of no node and models without nodes. */
  readonly outcomes: ReadonlyArray<OutcomeCount> | null
  /** Counts of the guard; `null` if no guard can forbid the action. */
  readonly guard: GuardCount | null
}

/** A variable that an action of a whole-state model read. */
export interface VariableRead {
  readonly variable: string
  /** Distinct values that occurred; for a family, the most of any member that was read. */
  readonly values: number
}

/**
 * Number of runs of an action of a whole-state model: one for each combination of values it read and choices it made.
 */
export interface ActionCost {
  readonly action: string
  /** Runs in all, for every parameter; twice as many if each is repeated to compare. */
  readonly runs: number
  /** The variables that the action read, those with most values first. */
  readonly reads: ReadonlyArray<VariableRead>
}

/** One action of a system. */
export interface ActionCoverage extends ActionCounts {
  /** The handlers that run; several if several machines accept the input, none for an action of the environment. */
  readonly places: ReadonlyArray<SourceLocation>
}

/** One property of a system. */
export interface PropertyCoverage {
  readonly name: string
  /** True for a reachability property: it promises that a state is reached, not that a predicate is true. */
  readonly isReachability: boolean
  /** True if the state was reached, or the property judged a state or step. */
  readonly met: boolean
  /** States or steps that the property judged; 1 for a property that a trace decided. */
  readonly checked: number
  readonly places: ReadonlyArray<SourceLocation>
}

/** One system. */
export interface SystemCoverage {
  /** The case's identifier. */
  readonly id: string
  readonly model: string
  /** The reason why the search was not complete; absent for a complete one. */
  readonly incomplete?: string
  readonly actions: ReadonlyArray<ActionCoverage>
  readonly properties: ReadonlyArray<PropertyCoverage>
}

/** Covered items out of all. */
export interface Ratio {
  readonly covered: number
  readonly total: number
}

/** Metrics of coverage: each has a column in the reports and takes a threshold. */
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
 * Summarises systems: actions taken, guards' arms entered, properties that judged a state, reachability properties
 * reached.
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

/** Whole percent, rounded down, so that only full coverage is 100; `undefined` if there are no items to cover. */
export const percentOf = ({ covered, total }: Ratio): number | undefined =>
  total === 0 ? undefined : Math.floor((100 * covered) / total)

/** A ratio as reports print it: `83 %`, and `n/a` for 0 of 0. */
export const percentText = (of: Ratio): string => {
  const percent = percentOf(of)
  return percent === undefined ? "n/a" : `${percent} %`
}

/** The least percentages that are required. */
export type Thresholds = { readonly [metric in Metric]?: number }

/** The thresholds that are missed, a sentence each. A metric without items to cover misses none. */
export const missed = (summary: Summary, thresholds: Thresholds): ReadonlyArray<string> =>
  metrics.flatMap((metric) => {
    const least = thresholds[metric]
    const percent = percentOf(summary[metric])
    if (least === undefined || percent === undefined || percent >= least) return []
    const { covered, total } = summary[metric]
    return [`${metric}: ${covered} of ${total} covered, ${percent} %; at least ${least} % was asked for`]
  })

/** Adds up the outcomes of an action at all nodes. */
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

/** Sorts never-taken actions first; the others stay in the order of their declarations. */
export const neverTakenFirst = <A extends Pick<ActionCounts, "taken">>(actions: ReadonlyArray<A>): ReadonlyArray<A> => [
  ...actions.filter(({ taken }) => taken === 0),
  ...actions.filter(({ taken }) => taken > 0)
]
