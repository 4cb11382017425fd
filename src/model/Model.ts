/**
 * A protocol with its parameters: the command line lists it, takes `--set name=value` for it, and pins it in a
 * baseline.
 */
import {
  type Parameter,
  type ParameterValue,
  type ParameterValues,
  refuseChoice,
  refuseInteger,
  refuseModel
} from "./Parameter.ts"
import type { System } from "./System.ts"

/** A family of systems, one for each setting of its parameters. */
export interface Model<in Values extends ParameterValues, out View> {
  /** Identifier on the command line, in kebab case. */
  readonly name: string
  /** Subject of the model in one sentence. */
  readonly about: string
  /** Publication or page that describes the protocol. */
  readonly source: string
  readonly parameters: { readonly [name: string]: Parameter }
  /** The reason why values that are possible one by one do not go together; `undefined` if they do. */
  readonly requires?: (values: Values) => string | undefined
  readonly system: (values: Values) => System<View>
}

type ValuesOf<P> = { readonly [K in keyof P]: P[K] extends Parameter<infer A> ? A : never }

/** A whole number between `least` and `most`, both possible. */
const integer = (options: {
  readonly default: number
  readonly least: number
  readonly most: number
  readonly about: string
}): Parameter<number> => {
  refuseInteger("Model.integer", options)
  return { kind: "integer", ...options }
}

/**
 * One of the given values: texts, finite numbers, true and false, no two of which are written alike, as 1 and "1" are.
 */
const choice = <const A extends ParameterValue>(options: {
  readonly default: NoInfer<A>
  readonly values: ReadonlyArray<A>
  readonly about: string
}): Parameter<A> => {
  refuseChoice("Model.choice", options)
  return { kind: "choice", ...options }
}

/**
 * Deliberate bugs in the protocol that only its author can point to, such as a comparison that takes the lesser for the
 * greater. The default is the protocol without a bug; each other value is a mutant, which `plait mutate` judges by the
 * properties of the default. The environment's faults are no mutants: they belong to `Faults`, or to a `Model.choice`.
 *
 * @example
 * ```ts
 * Model.mutants({ default: "none", values: ["none", "forgets"], about: "the deliberate bug" })
 * ```
 */
const mutants = <const A extends ParameterValue>(options: {
  readonly default: NoInfer<A>
  readonly values: ReadonlyArray<A>
  readonly about: string
}): Parameter<A> => {
  refuseChoice("Model.mutants", options)
  return { kind: "choice", ...options, mutants: true }
}

/**
 * Declares a model.
 *
 * @example
 * ```ts
 * export const bagModel = Model.make({
 *   name: "bag",
 *   about: "A bag whose additions are broadcast once.",
 *   source: "this example",
 *   parameters: { replicas: Model.integer({ default: 3, least: 1, most: 6, about: "replicas" }) },
 *   system: ({ replicas }) => System.make("bag", { machine: bag, topology: Topology.allToAll(replicas) })
 * })
 * ```
 */
const make = <const P extends { readonly [name: string]: Parameter }, View>(definition: {
  readonly name: string
  readonly about: string
  readonly source: string
  readonly parameters: P
  /**
   * Returns the reason why values do not go together, in a sentence: a node that does not exist, a value that would be
   * ignored.
   */
  readonly requires?: (values: ValuesOf<P>) => string | undefined
  readonly system: (values: ValuesOf<P>) => System<View>
}): Model<ValuesOf<P>, View> => {
  refuseModel(definition)
  return definition
}

/** Constructors of models and of their parameters. */
export const Model = { make, integer, choice, mutants }
