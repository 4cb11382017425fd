/**
 * Random whole-state models as data: variables that hold digits, sets of bits or odd values, and actions that read, wait for
 * something, choose and set. What an action reads may depend on what it read before, as in a lookup by index.
 */
import { Effect, Schema } from "effect"
import { Choice, type System, type Variable, type VariableFamily, WholeState } from "../../src/model/index.ts"
import { oddValue, type OddValues } from "./odd-values.ts"
import { digitOf, type RandomDigitProperty } from "./RandomDigitProperties.ts"

/** A variable, or a family of some; each starts with any of the values. */
export interface RandomVariable {
  readonly size: number | null
  readonly holds: "digit" | "bits" | OddValues
  readonly initials: ReadonlyArray<number>
}

/** An index or a value: a given one, the action's parameter, or the sum of what was read and chosen so far. */
export type RandomTerm = number | "parameter" | "sum"

/** What an action does on its way. */
export type RandomMove =
  | { readonly do: "read"; readonly variable: number; readonly at: RandomTerm }
  | { readonly do: "when"; readonly is: "below" | "equal" | "not equal"; readonly to: number }
  | { readonly do: "choose"; readonly among: number }
  | { readonly do: "set"; readonly variable: number; readonly at: RandomTerm; readonly to: RandomTerm }

/** An action, with a parameter below `parameters` where that is no null. */
export interface RandomAction {
  readonly parameters: number | null
  readonly isFault: boolean
  readonly moves: ReadonlyArray<RandomMove>
}

/** A whole-state model. */
export interface RandomVariables {
  readonly variables: ReadonlyArray<RandomVariable>
  readonly actions: ReadonlyArray<RandomAction>
}

/** A model with properties about it. */
export interface RandomVariablesCase {
  readonly model: RandomVariables
  readonly properties: ReadonlyArray<RandomDigitProperty>
}

const digits = 4

const Digit = Schema.Int
const Bits = Schema.ReadonlySet(Schema.Literals(["low", "high"]))
type Value = unknown

const digit = (value: number): number => ((value % digits) + digits) % digits

/** The value that stands for a digit; a set with both bits is built in either order. */
const valueOf = ({ holds }: RandomVariable, of: number, isReversed: boolean): Value => {
  const value = digit(of)
  if (holds === "digit") return value
  if (holds !== "bits") return oddValue(holds, value)
  const bits = (["low", "high"] as const).filter((_, bit) => ((value >> bit) & 1) === 1)
  return new Set(isReversed ? bits.toReversed() : bits)
}

type Handle = Variable<Value> | VariableFamily<Value>

const run = (random: RandomVariables, handles: ReadonlyArray<Handle>, { moves }: RandomAction, parameter: number) =>
  Effect.gen(function* () {
    let sum = parameter
    const term = (of: RandomTerm) => (of === "parameter" ? parameter : of === "sum" ? sum : of)
    const member = (variable: number, at: RandomTerm) => {
      const handle = handles[variable % handles.length]!
      return "at" in handle ? handle.at(Math.abs(term(at)) % handle.size) : handle
    }
    for (const [index, move] of moves.entries()) {
      if (move.do === "read") sum += digitOf(yield* member(move.variable, move.at).get)
      if (move.do === "choose") sum += yield* Choice.among(Array.from({ length: move.among }, (_, each) => each))
      if (move.do === "when") yield* WholeState.when(isTrue(digit(sum), move))
      if (move.do === "set") {
        const declared = random.variables[move.variable % handles.length]!
        yield* member(move.variable, move.at).set(valueOf(declared, term(move.to), index % 2 === 1))
      }
    }
  })

const isTrue = (value: number, { is, to }: Extract<RandomMove, { readonly do: "when" }>): boolean =>
  is === "below" ? value < to : (value === to) === (is === "equal")

const schemaOf = ({ holds }: RandomVariable) => (holds === "digit" ? Digit : holds === "bits" ? Bits : Schema.Unknown)

/** The model that the data describes: variables `v0`, `v1` …, actions `a0`, `a1` … */
export const modelOf = (random: RandomVariables): System<unknown> => {
  const declared = random.variables.map((variable, index) => {
    const schema = schemaOf(variable) as Schema.Schema<Value>
    const initials = variable.initials.map((initial, place) => valueOf(variable, initial, place % 2 === 1))
    const { size } = variable
    const made = size === null ? WholeState.variable(schema, ...initials) : WholeState.family(size, schema, ...initials)
    return [`v${index}`, made] as const
  })
  return WholeState.make("random", {
    variables: Object.fromEntries(declared),
    actions: (variables) => {
      const handles = declared.map(([name]) => variables[name] as Handle)
      const made = random.actions.map((action, index) => {
        const { parameters } = action
        const declaration =
          parameters === null
            ? WholeState.action(run(random, handles, action, 0))
            : WholeState.each(
                Array.from({ length: parameters }, (_, parameter) => parameter),
                (parameter) => run(random, handles, action, parameter)
              )
        return [`a${index}`, declaration] as const
      })
      return Object.fromEntries(made)
    },
    faults: random.actions.flatMap(({ isFault }, index) => (isFault ? [`a${index}`] : []))
  }) as System<unknown>
}
