/**
 * Systems as the reference explorer walks them: nodes by ReferenceSteps.ts, variables by running every action afresh.
 */
import { Context, Effect } from "effect"
import { Choice, type System, Variables, type WholeState } from "../../src/model/index.ts"
import type { Enabled, Observer, Property } from "../../src/property/index.ts"
import { everyWay } from "./HandlerRuns.ts"
import { type State, type Step, text } from "./ReferenceState.ts"
import { offsetsFromStart } from "./ReferenceClocks.ts"
import { ReferenceSteps } from "./ReferenceSteps.ts"

/** A system as the reference explorer walks it. */
export interface Walkable<S> {
  readonly initial: ReadonlyArray<S>
  readonly steps: (state: S) => ReadonlyArray<Step<S>>
  /** Steps that only the horizon of the clocks keeps from happening. */
  readonly outOfTime: (state: S) => ReadonlyArray<Step<S>>
  readonly isQuiescent: (state: S, steps: ReadonlyArray<Step<S>>) => boolean
  /** Whether no step changes a state that is not quiescent, and it is no end that the model declares. */
  readonly isDeadlocked: (state: S, steps: ReadonlyArray<Step<S>>) => boolean
  readonly identity: (state: S) => string
  /** Whether a state (initial where `before` is absent), or the step to it, is outside the constraints. */
  readonly excludes: (before: S | undefined, after: S) => boolean
  /** Whether an action, or an instance of it, can be taken in a state; by running all of them. */
  readonly enabled: (state: S) => Enabled
  readonly view: (state: S) => unknown
  readonly remembered: (state: S, observer: Observer<unknown> | undefined) => unknown
  /** Whether a state looks as a trace prints it, by name of node or variable. */
  readonly looksAs: (state: S, printed: { readonly [part: string]: unknown }) => boolean
}

/** A state that was found, with everything that can happen in it. */
export interface Visited<S> {
  readonly state: S
  readonly depth: number
  /** Fewest faults on a shortest way here. */
  faults: number
  steps: ReadonlyArray<Step<S>>
}

/** Does something with a system, of whatever its states are. */
export const walking = <A>(
  system: System<unknown>,
  properties: ReadonlyArray<Property<unknown>>,
  use: <S>(walkable: Walkable<S>) => A,
  ticking = false
): A => {
  if (system.kind === "whole-state") return use(walkableVariables(system))
  return use(walkableNodes(system, [...new Set(properties.flatMap(({ observer }) => observer ?? []))], ticking))
}

const viewOfNodes = ({ envelopes: all, nodes }: State): unknown => ({
  nodes: nodes.map(({ local, up }, id) => ({
    id,
    state: local,
    up,
    inbox: all.filter(({ to }) => to === id).map(({ from, message, to }) => ({ from, to, message }))
  }))
})

const walkableNodes = (
  system: Extract<System<unknown>, { readonly kind: "nodes" }>,
  observers: ReadonlyArray<Observer<unknown>>,
  ticking: boolean
): Walkable<State> => {
  const reference = new ReferenceSteps(system, observers, ticking)
  const { clocks } = system
  const initial =
    ticking && clocks !== undefined
      ? offsetsFromStart(clocks, system.machines.length).flatMap((offsets) => reference.initial(offsets))
      : reference.initial()
  const ordered = system.network.order === "ordered"
  /** In flight between the same two nodes, in order of sending where the network keeps it; else in no order. */
  const envelopes = (state: State): ReadonlyArray<string> =>
    state.envelopes
      .map((envelope, place) => ({ link: `${envelope.to} ${envelope.from}`, place, envelope: text(envelope) }))
      .sort(
        (left, right) =>
          compare(left.link, right.link) ||
          (ordered ? left.place - right.place : compare(left.envelope, right.envelope))
      )
      .map(({ envelope }) => envelope)
  const identity = (state: State): string => text({ ...state, envelopes: envelopes(state) })
  /** A state without what observers remember and are shown of causal pasts: they are no part of the system. */
  const unobserved = (state: State): string =>
    identity({
      ...state,
      nodes: state.nodes.map((node) => ({ ...node, past: [] })),
      envelopes: state.envelopes.map((envelope) => ({ ...envelope, past: [] })),
      sessions: state.sessions.map((session) => ({ ...session, past: [] })),
      remembered: []
    })
  const isStill = (state: State, { after }: Step<State>): boolean => unobserved(after) === unobserved(state)
  /** Timers may be set that change nothing for ever; with clocks they may do something later. */
  const isIdle = (state: State, steps: ReadonlyArray<Step<State>>): boolean =>
    clocks === undefined && steps.every((step) => step.fault || isStill(state, step))
  return {
    initial,
    steps: (state) => reference.steps(state),
    outOfTime: (state) => reference.outOfTime(state),
    isQuiescent: (state, steps) => reference.isQuiescent(state, isIdle(state, steps)),
    isDeadlocked: (state, steps) =>
      !reference.isQuiescent(state, isIdle(state, steps)) &&
      steps.every((step) => isStill(state, step)) &&
      !(system.ends?.when(viewOfNodes(state) as never) ?? false),
    excludes: () => false,
    enabled: () => () => {
      throw new TypeError("only whole-state models have actions to ask about")
    },
    identity,
    view: viewOfNodes,
    remembered: ({ remembered }, observer) =>
      observer === undefined ? undefined : remembered[observers.indexOf(observer)],
    looksAs: ({ envelopes: all, nodes }, printed) =>
      nodes.every(({ local, timers, up }, id) => {
        const inbox = all.filter(({ to }) => to === id).map(({ from, message }) => `${message._tag} from n${from}`)
        return text({ up, state: local, timers, inbox: inbox.sort() }) === text(readPart(printed[`n${id}`]))
      })
  }
}

/** A node as a trace prints it, its messages without what is in them. */
const readPart = (part: unknown) => {
  const {
    down = false,
    inbox,
    state,
    timers = []
  } = part as {
    readonly down?: boolean
    readonly state: unknown
    readonly timers?: ReadonlyArray<string>
    readonly inbox: ReadonlyArray<string>
  }
  return { up: !down, state, timers, inbox: inbox.map((each) => each.replace(/ \{.*\}/, "")).sort() }
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

type Values = ReadonlyArray<unknown>

/** The initial states: products of what each slot starts with, by declaration or by each state of the list. */
const initialOf = (model: WholeState<unknown>): ReadonlyArray<Values> =>
  (model.initialStates ?? [{}]).flatMap((listed) =>
    model.slots.reduce(
      (states: ReadonlyArray<Values>, { initials }, slot) => {
        const { first, name, size } = model.variables.findLast((variable) => variable.first <= slot)!
        const given = Reflect.get(listed, name) as unknown
        const values = !(name in listed) ? initials : [size === undefined ? given : (given as Values)[slot - first]]
        return states.flatMap((state) => values.map((value) => [...state, value]))
      },
      [[]]
    )
  )

const viewOf = (model: WholeState<unknown>, state: Values): unknown =>
  Object.fromEntries(
    model.variables.map(({ first, name, size }) => [
      name,
      size === undefined ? state[first] : state.slice(first, first + size)
    ])
  )

const isOver = (state: Values, steps: ReadonlyArray<Step<Values>>): boolean =>
  steps.every(({ after, fault }) => fault || text(after) === text(state))

/** Variables as the reference explorer walks them. */
export const walkableVariables = (model: WholeState<unknown>): Walkable<Values> => ({
  initial: initialOf(model).filter((state) => model.initialWhere?.(viewOf(model, state) as never) ?? true),
  excludes: (before, after) => {
    const { actionConstraint, constraint } = model
    const shown = (state: Values) => viewOf(model, state) as never
    if (constraint !== undefined && !constraint(shown(after))) return true
    return before !== undefined && actionConstraint !== undefined && !actionConstraint(shown(before), shown(after))
  },
  enabled:
    (state) =>
    (name, steps = "changing") =>
      walkableVariables(model)
        .steps(state)
        .filter(({ after }) => steps === "any" || text(after) !== text(state))
        .some(({ action, unit }) => action === name || unit === name),
  steps: (state) =>
    model.instances.flatMap(({ action, label, run }) =>
      everyWay((pick): ReadonlyArray<Step<Values>> => {
        const after = [...state]
        const context = Context.make(Variables, {
          read: (slot) => Effect.succeed(state[slot]),
          write: (slot, value) => Effect.sync(() => void (after[slot] = value))
        }).pipe(
          Context.add(Choice, {
            index: (count) => Effect.sync(() => pick(Array.from({ length: count }, (_, index) => index)))
          })
        )
        const enabled = Effect.as(run, true).pipe(Effect.catchTag("Disabled", () => Effect.succeed(false)))
        if (!Effect.runSync(Effect.provideContext(enabled, context))) return []
        return [{ action, unit: label, fault: model.faults.has(action), node: undefined, observations: [], after }]
      }).flat()
    ),
  outOfTime: () => [],
  // Nothing but faults and stuttering is left; with declared ends only an end is quiescent.
  isQuiescent: (state, steps) => isOver(state, steps) && (model.ends?.when(viewOf(model, state) as never) ?? true),
  isDeadlocked: (state, steps) => isOver(state, steps) && !(model.ends?.when(viewOf(model, state) as never) ?? true),
  identity: text,
  view: (state) => viewOf(model, state),
  remembered: () => undefined,
  looksAs: (state, printed) => model.slots.every(({ name }, slot) => text(state[slot]) === text(printed[name]))
})
