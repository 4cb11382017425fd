/**
 * The state that all nodes share: the budgets, the cut links, and the progress of the sessions. It is one slot of the
 * state, present only if a budget is positive at the start, there are sessions, or steps are taken in the order of
 * time.
 */
import type { NodeSystem } from "../../model/index.ts"

/** Progress of a session, and its causal past. */
export interface SessionState {
  /** Number of operations invoked. */
  readonly next: number
  /** True while the last of them is unanswered. */
  readonly waiting: boolean
  /** Writes in the session's causal past, sorted; null unless a property needs them. */
  readonly past: ReadonlyArray<string | number> | null
  /** Least real time of its last answer; null without clocks. */
  readonly answeredAt: number | null
}

/** The remaining shared budgets. */
export interface Environment {
  readonly lose: number
  readonly duplicate: number
  readonly cut: number
  readonly crash: number
  readonly recover: number
  /** Number of operations left to draw. */
  readonly draw: number
  /** Cut links as pairs, the lower node first, sorted. */
  readonly cutLinks: ReadonlyArray<readonly [number, number]>
  /** The sessions; absent if the workload has none. */
  readonly sessions?: ReadonlyArray<SessionState>
  /** Least real time of the last step; present only if steps are taken in the order of time. */
  readonly now?: number
}

/**
 * True if steps are taken in the order of real time. `compile` always requires it if there are clocks, for the reasons
 * given there. A program made without it, as in the test of steps out of that order, still has it if a recovery, a cut
 * or a healing orders the steps of different nodes.
 */
const isTimed = ({ clocks, faults, network }: NodeSystem<unknown>, timed: boolean): boolean =>
  clocks !== undefined && (timed || network.cut > 0 || (faults.crashes > 0 && faults.recoveries > 0))

/** Optional parts of an environment: true causal pasts, and the moment of the last step. */
export interface Tracking {
  readonly causal: boolean
  readonly timed: boolean
}

/** The environment of a system's initial states. */
export const initialEnvironment = (system: NodeSystem<unknown>, { causal, timed }: Tracking): Environment => ({
  lose: system.network.lose,
  duplicate: system.network.duplicate,
  cut: system.network.cut,
  crash: system.faults.crashes,
  recover: system.faults.crashes > 0 ? system.faults.recoveries : 0,
  draw: system.workload.kind === "drawn" ? system.workload.total : 0,
  cutLinks: [],
  ...(system.workload.kind === "sessions"
    ? {
        sessions: system.workload.sessions.map(() => ({
          next: 0,
          waiting: false,
          past: causal ? [] : null,
          answeredAt: system.clocks === undefined ? null : 0
        }))
      }
    : {}),
  ...(isTimed(system, timed) ? { now: 0 } : {})
})

/** The environment after a step at a moment that is at least the given one. */
export const withNow = (environment: Environment, moment: number): Environment =>
  environment.now === undefined || moment <= environment.now ? environment : { ...environment, now: moment }

/** The environment with one session changed. */
export const withSession = (environment: Environment, session: number, state: Partial<SessionState>): Environment => ({
  ...environment,
  sessions: (environment.sessions ?? []).map((each, index) => (index === session ? { ...each, ...state } : each))
})

/** True if the environment never changes and so needs no slot. */
export const isConstant = (environment: Environment): boolean =>
  environment.lose + environment.duplicate + environment.cut + environment.crash + environment.draw === 0 &&
  environment.sessions === undefined &&
  environment.now === undefined

/** The links of a system as undirected pairs, each once, the lower node first. */
export const linksOf = (system: NodeSystem<unknown>): ReadonlyArray<readonly [number, number]> => {
  const { neighbours } = system.topology
  return neighbours.flatMap((others, node) =>
    others.filter((other) => node < other || !neighbours[other]!.includes(node)).map((other) => ordered(node, other))
  )
}

const ordered = (left: number, right: number): readonly [number, number] =>
  left < right ? [left, right] : [right, left]

const isLink = (left: number, right: number) => {
  const [low, high] = ordered(left, right)
  return (link: readonly [number, number]): boolean => link[0] === low && link[1] === high
}

/** True if the link between two nodes is cut. */
export const isCut = (environment: Environment, left: number, right: number): boolean =>
  environment.cutLinks.some(isLink(left, right))

/** The environment after a link was cut. */
export const withCut = (environment: Environment, [left, right]: readonly [number, number]): Environment => ({
  ...environment,
  cut: environment.cut - 1,
  cutLinks: [...environment.cutLinks, ordered(left, right)].sort((a, b) => a[0] - b[0] || a[1] - b[1])
})

/** The environment after a cut link healed. */
export const withHealed = (environment: Environment, [left, right]: readonly [number, number]): Environment => {
  const healed = isLink(left, right)
  return { ...environment, cutLinks: environment.cutLinks.filter((link) => !healed(link)) }
}
