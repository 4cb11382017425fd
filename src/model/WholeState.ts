/**
 * Protocols published as variables and named actions over the whole state, as in TLA+. The same engine explores them:
 * it records the variables that an action read, and runs the action again only for other values of them.
 *
 * An action reads variables (always their values before the step), may be disabled, and sets the variables it changes.
 * Actions are Effects under the same strict rules as handlers.
 *
 * A model may bound the search as TLC does, by a `constraint` on states and an `actionConstraint` on steps. States
 * outside count as generated and are judged by invariants and step invariants, but are neither distinct nor expanded.
 * TLC's order (`tlc2.tool.Worker`): a successor is generated, tested against the constraints, then judged.
 */
import { Context, Effect, Schema } from "effect"
import { distinct, list, refuse, shown, wholeNumber } from "./Checked.ts"
import { type Ends, refuseEnds } from "./Ends.ts"
import type { Choice } from "./Choice.ts"
import { truthValue } from "./TruthValue.ts"

/** Access to the variables of a whole-state model; a service of actions. */
export class Variables extends Context.Service<
  Variables,
  {
    readonly read: (slot: number) => Effect.Effect<unknown>
    readonly write: (slot: number, value: unknown) => Effect.Effect<void>
  }
>()("plait/model/Variables") {}

/** Failure of an action that is not enabled in this state. */
export class Disabled extends Schema.TaggedError<Disabled>()("Disabled", {}) {}

/** The Effect of an action: it reads and sets variables, chooses, or is disabled. */
export type ActionEffect = Effect.Effect<void, Disabled, Variables | Choice>

/** One variable of the state. */
export interface Variable<in out A> {
  /** The value before the step. */
  readonly get: Effect.Effect<A, never, Variables>
  /** Sets the value after the step; the last of several in one action counts. */
  readonly set: (value: A) => Effect.Effect<void, never, Variables>
}

/** An indexed family of variables, such as one per node. */
export interface VariableFamily<in out A> {
  readonly size: number
  readonly at: (index: number) => Variable<A>
}

/** Declaration of a variable or family: its schema and its initial values. */
export interface VariableDeclaration<A, View> {
  readonly schema: Schema.Schema<A>
  readonly initials: ReadonlyArray<A>
  /** Number of members of a family; absent for a single variable. */
  readonly size: number | undefined
  /** Never set: carries the type that properties see. */
  readonly View?: View
}

/** One slot of the state vector. */
export interface Slot {
  readonly name: string
  readonly schema: Schema.Schema<unknown>
  readonly initials: ReadonlyArray<unknown>
}

/** One instance of an action: the action with its parameter. */
export interface ActionInstance {
  readonly action: string
  /** The action's name and parameter, such as `prepare(2)`. */
  readonly label: string
  readonly run: ActionEffect
}

/** A whole-state model without its types except the view's. Made by `WholeState.make`. */
export interface WholeState<out View> {
  readonly kind: "whole-state"
  readonly name: string
  readonly slots: ReadonlyArray<Slot>
  /** Variable names with the slots they occupy, in declaration order. */
  readonly variables: ReadonlyArray<{
    readonly name: string
    readonly first: number
    readonly size: number | undefined
  }>
  /** Names of the declared actions, in declaration order. */
  readonly actions: ReadonlyArray<string>
  readonly instances: ReadonlyArray<ActionInstance>
  /** Actions that are faults of the environment: traces with fewer of them are preferred. */
  readonly faults: ReadonlySet<string>
  /** True for the products of initial values that are initial states; absent: all. */
  readonly initialWhere: ((state: never) => boolean) | undefined
  /** Initial states instead of all products; a variable that one leaves out starts with each of its own values. */
  readonly initialStates: ReadonlyArray<{ readonly [variable: string]: unknown }> | undefined
  /** True for the states that are explored; absent: all. */
  readonly constraint: ((state: never) => boolean) | undefined
  /** True for the steps that are followed; absent: all. */
  readonly actionConstraint: ((before: never, after: never) => boolean) | undefined
  /** States in which the model ends on purpose; absent: every state in which only faults are left. */
  readonly ends: Ends<never> | undefined
  /** Never set: carries the type of the view. */
  readonly View?: View
}

/** An action as declared: one effect, or one per value of a parameter. */
export type ActionDeclaration = ReadonlyArray<{ readonly parameter: string | undefined; readonly run: ActionEffect }>

type Declarations = { readonly [name: string]: VariableDeclaration<unknown, unknown> }

/** The variables as actions use them. */
export type Handles<D extends Declarations> = {
  readonly [K in keyof D]: D[K] extends VariableDeclaration<infer A, infer View>
    ? View extends ReadonlyArray<unknown>
      ? D[K]["size"] extends number
        ? VariableFamily<A>
        : Variable<A>
      : Variable<A>
    : never
}

/** The view of a whole-state model's properties: each variable by name, families as arrays. */
export type WholeStateView<D extends Declarations> = {
  readonly [K in keyof D]: D[K] extends VariableDeclaration<infer _A, infer View> ? View : never
}

/** A variable and its initial values; several give several initial states. */
const variable = <A>(
  schema: Schema.Schema<A>,
  ...initials: ReadonlyArray<NoInfer<A>>
): VariableDeclaration<A, A> & { readonly size: undefined } => ({ schema, initials, size: undefined })

/**
 * A family of `size` variables (a whole number, 0 included) of one schema, reached by index with `at`; each starts with
 * any of the given values.
 */
const family = <A>(
  size: number,
  schema: Schema.Schema<A>,
  ...initials: ReadonlyArray<NoInfer<A>>
): VariableDeclaration<A, ReadonlyArray<A>> & { readonly size: number } => {
  wholeNumber({ of: "WholeState.family", name: "size" }, size)
  return { schema, initials, size }
}

const handle = (slot: number): Variable<unknown> => ({
  get: Variables.use((variables) => variables.read(slot)),
  set: (value) => Variables.use((variables) => variables.write(slot, value))
})

const familyHandle = (first: number, size: number): VariableFamily<unknown> => {
  const members = Array.from({ length: size }, (_, index) => handle(first + index))
  return {
    size,
    at: (index) => {
      const member = members[index]
      if (member === undefined) throw new RangeError(`index ${index} of a family of ${size} variables`)
      return member
    }
  }
}

/** An action without a parameter. */
const action = (run: ActionEffect): ActionDeclaration => [{ parameter: undefined, run }]

/** An action for each of the given values. */
const each = <A>(values: ReadonlyArray<A>, run: (value: A) => ActionEffect): ActionDeclaration =>
  values.map((value) => ({
    parameter: typeof value === "object" ? JSON.stringify(value) : String(value),
    run: run(value)
  }))

/** Continues only if the condition is true; otherwise the action is disabled. */
const when = (condition: boolean): Effect.Effect<void, Disabled> =>
  condition === true
    ? Effect.void
    : Effect.suspend(() =>
        truthValue(condition, "WholeState.when was given") ? Effect.void : Effect.fail(new Disabled())
      )

/**
 * Declares a whole-state model. Throws `RangeError` if a variable has no initial value, or a fault is not an action.
 *
 * **Details** `initial` narrows the initial states: a predicate keeps some products of the variables' initial values, a
 * list replaces them. With `constraint` or `actionConstraint` a property of runs (`Property.eventually`) is refused: a
 * run that leaves the constraint is cut off, and its continuation is not known.
 *
 * @example
 * ```ts
 * const counter = WholeState.make("counter", {
 *   variables: { count: WholeState.variable(Schema.Number, 0) },
 *   actions: ({ count }) => ({
 *     increment: WholeState.action(Effect.gen(function*() {
 *       const value = yield* count.get
 *       yield* WholeState.when(value < 3)
 *       yield* count.set(value + 1)
 *     }))
 *   })
 * })
 * ```
 */
const make = <const D extends Declarations>(
  name: string,
  definition: {
    readonly variables: D
    readonly actions: (variables: Handles<D>) => { readonly [name: string]: ActionDeclaration }
    /** Names of the actions that are faults. */
    readonly faults?: ReadonlyArray<string>
    /**
     * True for the initial states among the products of initial values, or a list of them; variables left out are as
     * declared.
     */
    readonly initial?:
      | ((state: NoInfer<WholeStateView<D>>) => boolean)
      | ReadonlyArray<Partial<NoInfer<WholeStateView<D>>>>
    /** True for the states to explore (TLC: `CONSTRAINT`). */
    readonly constraint?: (state: NoInfer<WholeStateView<D>>) => boolean
    /** True for the steps to follow (TLC: `ACTION_CONSTRAINT`). */
    readonly actionConstraint?: (before: NoInfer<WholeStateView<D>>, after: NoInfer<WholeStateView<D>>) => boolean
    /** States in which the model ends on purpose. Any other in which only faults are left is then deadlocked. */
    readonly ends?: Ends<NoInfer<WholeStateView<D>>>
  }
): WholeState<WholeStateView<D>> => {
  const slots: Array<Slot> = []
  const variables: Array<WholeState<unknown>["variables"][number]> = []
  const handles: Record<string, unknown> = {}
  const of = `WholeState.make("${name}")`
  const { initial } = definition
  for (const [variableName, declaration] of Object.entries(definition.variables)) {
    const { initials, schema, size } = declaration
    const first = slots.length
    const isListed = Array.isArray(initial) && initial.every((state) => Object.hasOwn(state, variableName))
    if (initials.length === 0 && size !== 0 && !isListed) {
      refuse({ of, name: `variable ${shown(variableName)}` }, "has no initial value", "at least one")
    }
    variables.push({ name: variableName, first, size })
    for (let index = 0; index < (size ?? 1); index++) {
      slots.push({ name: size === undefined ? variableName : `${variableName}[${index}]`, schema, initials })
    }
    const value = size === undefined ? handle(first) : familyHandle(first, size)
    Object.defineProperty(handles, variableName, { value, enumerable: true })
  }
  distinct(
    { of, name: "variables" },
    slots.map((slot) => slot.name)
  )
  const declared = Object.entries(definition.actions(handles as Handles<D>))
  const faults = definition.faults ?? []
  list({ of, name: "faults" }, faults)
  const stranger = faults.find((fault) => !declared.some(([actionName]) => actionName === fault))
  if (stranger !== undefined) {
    const allowed = declared.map(([actionName]) => shown(actionName)).join(", ")
    refuse({ of, name: "faults" }, `names ${shown(stranger)}, which is no action`, `actions: ${allowed}`)
  }
  refuseEnds(of, definition.ends)
  return {
    kind: "whole-state",
    name,
    slots,
    variables,
    actions: declared.map(([actionName]) => actionName),
    instances: declared.flatMap(([actionName, instances]) =>
      instances.map(({ parameter, run }) => ({
        action: actionName,
        label: parameter === undefined ? actionName : `${actionName}(${parameter})`,
        run
      }))
    ),
    faults: new Set(faults),
    initialWhere: typeof initial === "function" ? initial : undefined,
    initialStates: typeof initial === "function" ? undefined : initial,
    constraint: definition.constraint,
    actionConstraint: definition.actionConstraint,
    ends: definition.ends
  }
}

/** Constructors of whole-state models: `make`, its variables (`variable`, `family`) and actions (`action`, `each`, `when`). */
export const WholeState = { make, variable, family, action, each, when }
