/**
 * A case under mutation: every mutant is explored with the properties of the case, and the verdict of each property is
 * compared with its verdict on the case itself.
 *
 * Only a property that is true of the case (holds, reached) can notice a mutant. A mutant is
 * - `killed` by each property whose verdict is another one: violated, unreached, failed, or vacuous;
 * - `refused` if the engine refuses to run it, which no user can overlook: it counts as killed, by no property;
 * - `equivalent?` if no property notices it and its states are those of the case: it may not be a bug at all;
 * - `undecided` if a limit ended its search before any property noticed it;
 * - `survived` otherwise: no property noticed it.
 *
 * A property that becomes vacuous (its premise is never true any more) has noticed the mutant, since a baseline would,
 * but has not shown that it can be false: a property that no mutant makes false is never falsified.
 *
 * The score is the share of the killed and refused among all but the equivalent ones; an undecided one counts against
 * it.
 */
import { Effect } from "effect"
import { explore, type ExploreOptions } from "../search/Explorer.ts"
import type { Exploration, PropertyResult } from "../search/Exploration.ts"
import type { ParameterValues } from "../model/index.ts"
import type { Built, Case } from "../suite/Suite.ts"
import type { Mutant, Operator } from "./Mutant.ts"
import { nodeMutants } from "./node-mutants.ts"
import { handlerSites, writeSites } from "./Sites.ts"
import { wholeStateMutants } from "./whole-state-mutants.ts"

/** The fate of a mutant. */
export type Fate = "killed" | "refused" | "equivalent?" | "undecided" | "survived"

/** A property that noticed a mutant, with its verdict. */
export interface Kill {
  readonly property: string
  /** The verdict on the mutant, such as `violated in 4`. */
  readonly outcome: string
}

/** One mutant with its fate. */
export interface MutantResult {
  readonly name: string
  readonly operator: Operator
  readonly fate: Fate
  readonly killedBy: ReadonlyArray<Kill>
  /** The message with which the engine refused the mutant, or the limit that left it undecided. */
  readonly why: string | null
  /** Distinct states that were explored; 0 for a refused mutant. */
  readonly distinct: number
}

/** One property with the mutants it noticed. */
export interface MutatedProperty {
  readonly name: string
  readonly kind: string
  /** Its verdict on the case itself. */
  readonly verdict: string
  /** True if it can notice mutants, which requires that it is true of the case. */
  readonly judged: boolean
  /** Mutants that make it false. */
  readonly kills: number
  /** Mutants that make it vacuous. */
  readonly silenced: number
}

/** A case's mutants and properties. */
export interface MutationResult {
  readonly id: string
  readonly model: string
  readonly parameters: ParameterValues
  readonly distinct: number
  readonly mutants: ReadonlyArray<MutantResult>
  readonly properties: ReadonlyArray<MutatedProperty>
  readonly score: Score
}

/** The killed and refused, out of all but the equivalent. */
export interface Score {
  readonly killed: number
  readonly of: number
}

/** Default limit of a mutant's states: some bugs make a bounded system unbounded. */
export const MUTANT_STATES = 100_000

/** The names of the parameters that `Model.mutants` made. */
export const mutantParameters = ({ parameters }: Case["entry"]): ReadonlyArray<string> =>
  Object.keys(parameters).filter((name) => {
    const parameter = parameters[name]
    return parameter?.kind === "choice" && parameter.mutants === true
  })

/** The mutants of a case. Fails with `ModelRefused`. */
export const mutantsOf = Effect.fnUntraced(function* (suiteCase: Case, options: ExploreOptions = {}) {
  const { system } = suiteCase.entry.build(suiteCase.values)
  const found: ReadonlyArray<Mutant> =
    system.kind === "nodes"
      ? nodeMutants(system, yield* handlerSites(system, options))
      : wholeStateMutants(system, yield* writeSites(system, options))
  return [...declaredMutants(suiteCase), ...found]
})

const declaredMutants = ({ entry, values }: Case): ReadonlyArray<Mutant> =>
  mutantParameters(entry).flatMap((name) => {
    const parameter = entry.parameters[name]
    if (parameter?.kind !== "choice" || values[name] !== parameter.default) return []
    return parameter.values
      .filter((mutant) => mutant !== parameter.default && entry.requires({ ...values, [name]: mutant }) === undefined)
      .map((mutant) => ({
        name: `${name}=${mutant}`,
        operator: "declared",
        system: entry.build({ ...values, [name]: mutant }).system
      }))
  })

/** Explores a case and all its mutants. Fails with `ModelRefused` if the case itself is refused. */
export const mutate = Effect.fnUntraced(function* (
  suiteCase: Case,
  options: ExploreOptions = {},
  onMutant: (name: string) => void = () => {}
) {
  const built = suiteCase.entry.build(suiteCase.values)
  const original = yield* explore(built.system, built.properties, options)
  const bounded = { ...options, limits: { states: MUTANT_STATES, ...options.limits } }
  const mutants: Array<MutantResult> = []
  for (const mutant of yield* mutantsOf(suiteCase, bounded)) {
    if (options.signal?.aborted === true) break
    onMutant(mutant.name)
    mutants.push(yield* judged(original, mutant, built, bounded))
  }
  return resultOf(suiteCase, original, mutants)
})

const judged = (
  original: Exploration,
  { name, operator, system }: Mutant,
  { properties }: Built,
  options: ExploreOptions
) =>
  explore(system, properties, options).pipe(
    Effect.map((exploration) => ({ name, operator, distinct: exploration.distinct, ...fateOf(original, exploration) })),
    Effect.catchTag("ModelRefused", ({ message }) =>
      Effect.succeed<MutantResult>({
        name,
        operator,
        fate: "refused",
        killedBy: [],
        why: message.split("\n")[0] ?? "",
        distinct: 0
      })
    )
  )

const fateOf = (original: Exploration, mutated: Exploration): Pick<MutantResult, "fate" | "killedBy" | "why"> => {
  const killedBy = original.properties.flatMap((before, index): ReadonlyArray<Kill> => {
    const after = mutated.properties[index]
    if (after === undefined || !isTrue(before) || !differs(before, after)) return []
    return [{ property: before.name, outcome: outcomeOf(after) }]
  })
  if (killedBy.length > 0) return { fate: "killed", killedBy, why: null }
  if (!mutated.complete) return { fate: "undecided", killedBy, why: mutated.stopReason }
  const isSame = original.distinct === mutated.distinct && original.digest === mutated.digest
  return { fate: isSame ? "equivalent?" : "survived", killedBy, why: null }
}

const isTrue = ({ verdict }: PropertyResult): boolean => verdict._tag === "holds" || verdict._tag === "reached"

const differs = (before: PropertyResult, after: PropertyResult): boolean =>
  after.verdict._tag !== "inconclusive" && after.verdict._tag !== before.verdict._tag

const outcomeOf = ({ verdict }: PropertyResult): string =>
  verdict._tag === "violated" ? `violated in ${verdict.evidence.steps.length}` : verdict._tag

const resultOf = (suiteCase: Case, original: Exploration, mutants: ReadonlyArray<MutantResult>): MutationResult => ({
  id: suiteCase.id,
  model: suiteCase.entry.name,
  parameters: suiteCase.values,
  distinct: original.distinct,
  mutants,
  // A property that no model states is not counted among those that are never falsified.
  properties: original.properties
    .filter(({ kind }) => kind !== "noDeadlock")
    .map((property) => ({
      name: property.name,
      kind: property.kind,
      verdict: property.verdict._tag,
      judged: isTrue(property),
      kills: countOf(mutants, property.name, (outcome) => outcome !== "vacuous"),
      silenced: countOf(mutants, property.name, (outcome) => outcome === "vacuous")
    })),
  score: scoreOf(mutants)
})

const countOf = (mutants: ReadonlyArray<MutantResult>, name: string, counts: (outcome: string) => boolean): number =>
  mutants.filter(({ killedBy }) => killedBy.some(({ outcome, property }) => property === name && counts(outcome)))
    .length

/** The score of some mutants. */
export const scoreOf = (mutants: ReadonlyArray<MutantResult>): Score => ({
  killed: mutants.filter(({ fate }) => fate === "killed" || fate === "refused").length,
  of: mutants.filter(({ fate }) => fate !== "equivalent?").length
})
