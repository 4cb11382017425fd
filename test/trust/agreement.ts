/**
 * The engine's figures beside the reference explorer's, and the differences in words.
 */
import { Effect } from "effect"
import { explore } from "../../src/search/Explorer.ts"
import type { Exploration } from "../../src/search/Exploration.ts"
import type { System } from "../../src/model/index.ts"
import type { Property } from "../../src/property/index.ts"
import { faultsIn, type Trace } from "../../src/trace/Trace.ts"
import type { RandomCase } from "./arbitraries.ts"
import { propertiesOf } from "./RandomProperties.ts"
import { propertiesOfDigits } from "./RandomDigitProperties.ts"
import { systemOf } from "./RandomSystem.ts"
import { modelOf, type RandomVariablesCase } from "./RandomVariables.ts"
import { type Figures, referenceFigures } from "./ReferenceExplorer.ts"
import { TooManyUnits } from "./ReferenceLiveness.ts"
import { wrongTraces } from "./ReferenceRuns.ts"

/** The figures of an exploration; of the engine's, with the trace that decided each property. */
export type Explored = Figures & { readonly traces?: ReadonlyArray<Trace | undefined> }

/** Something that explores a system as the engine does; in tests of the oracle, with a fault in it. */
export type Explorer = (
  system: System<unknown>,
  properties: ReadonlyArray<Property<unknown>>,
  limit: number
) => Promise<Explored>

/** What came of a comparison. */
export type Agreement =
  | { readonly _tag: "agreed"; readonly figures: Figures }
  | { readonly _tag: "too large" }
  | { readonly _tag: "differed"; readonly engine: unknown; readonly reference: unknown }

/** Distinct states above which a system is left out; how many were is reported. */
export const stateLimit = 3_000

/** The same where properties about runs are judged, which compares every state with every other. */
export const smallLimit = 200

/** The engine. */
export const engine: Explorer = async (system, properties, limit) => {
  const found = await Effect.runPromise(
    explore(system, properties, { checkDeterminism: true, limits: { states: 4 * limit } })
  )
  return figuresOf(found)
}

/** An exploration's figures in the reference explorer's words. */
export const figuresOf = (found: Exploration): Explored => {
  const taken = found.actions.filter((action) => action.taken > 0).map((action) => [action.name, action.taken])
  return {
    initial: found.initial,
    distinct: found.distinct,
    generated: found.generated,
    outside: found.outside,
    depth: found.depth,
    levels: found.levels,
    quiescent: found.quiescent,
    deadlocked: found.deadlocked,
    taken: Object.fromEntries(taken.sort()),
    fresh: found.actions.reduce((sum, { fresh }) => sum + fresh, 0),
    verdicts: found.properties.map(({ verdict }) => {
      if (verdict._tag === "holds") return `holds of ${verdict.checked}`
      if (verdict._tag !== "violated" && verdict._tag !== "reached") return verdict._tag
      const { loop, steps } = verdict.evidence
      const way = loop === undefined ? verdict.evidence : { ...verdict.evidence, steps: steps.slice(0, loop) }
      const length = `${loop === undefined ? "in" : "after"} ${way.steps.length}`
      return `${verdict._tag} ${length} with ${faultsIn(way)} faults`
    }),
    traces: found.properties.map(({ verdict }) =>
      verdict._tag === "violated" || verdict._tag === "reached" ? verdict.evidence : undefined
    )
  }
}

/** Compares two explorers of a system. */
export const agreementOn = async (
  system: System<unknown>,
  properties: ReadonlyArray<Property<unknown>>,
  explorer: Explorer = engine,
  limit: number = stateLimit
): Promise<Agreement> => {
  const reference = figuresUpTo(limit, system, properties)
  if (reference === undefined) return { _tag: "too large" }
  const found = await explorer(system, properties, limit).catch((thrown: unknown) => ({ thrown: String(thrown) }))
  if (system.kind === "nodes" && system.clocks !== undefined) withoutDeadlocks(found, reference)
  const isSame = (name: string) =>
    JSON.stringify(Reflect.get(found, name)) === JSON.stringify(Reflect.get(reference, name))
  const different = Object.keys(reference).filter((name) => !isSame(name))
  const traces = "traces" in found ? found.traces : undefined
  if (different.length === 0) {
    const wrong = traces === undefined ? [] : wrongTraces(system, properties, traces)
    if (wrong.length > 0) return { _tag: "differed", engine: { verdicts: reference.verdicts }, reference: wrong }
    return { _tag: "agreed", figures: reference }
  }
  const only = (figures: object) => Object.fromEntries(different.map((name) => [name, Reflect.get(figures, name)]))
  return { _tag: "differed", engine: "thrown" in found ? found : only(found), reference: only(reference) }
}

/**
 * Leaves deadlocks out of a comparison: where time runs out the engine ends the run, and the reference explorer does not
 * tell such an end from a deadlock.
 */
const withoutDeadlocks = (...all: ReadonlyArray<object>): void => {
  for (const figures of all) {
    Reflect.deleteProperty(figures, "deadlocked")
    if ("verdicts" in figures && Array.isArray(figures.verdicts)) figures.verdicts.pop()
  }
}

const figuresUpTo = (limit: number, system: System<unknown>, properties: ReadonlyArray<Property<unknown>>) => {
  try {
    return referenceFigures(system, properties, limit)
  } catch (thrown) {
    if (thrown instanceof TooManyUnits) return undefined
    throw thrown
  }
}

/** Compares two explorers of a random system and its properties. */
export const agreementOnCase = (
  { properties, observers, system }: RandomCase,
  explorer: Explorer = engine
): Promise<Agreement> => {
  const limit = properties.some(({ kind }) => kind === "eventually") ? smallLimit : stateLimit
  return agreementOn(systemOf(system), propertiesOf(properties, observers, hasAction(system)), explorer, limit)
}

/** Whether a system has an action, of those that any random system may have. */
export const hasAction = ({ workload }: RandomCase["system"]): ((name: string) => boolean) => {
  const asked = JSON.stringify(workload)
  return (name) => !name.startsWith("invoke ") || asked.includes(`"ask":"${name.slice(7)}"`)
}

/** Compares two explorers of a random whole-state model and its properties. */
export const agreementOnVariables = (random: RandomVariablesCase, explorer: Explorer = engine): Promise<Agreement> =>
  agreementOn(
    modelOf(random.model),
    propertiesOfDigits(random.properties, random.model.actions.length),
    explorer,
    smallLimit
  )

/** A disagreement as code: the case as a test to paste, with what each explorer says. */
export const asTest = (random: object, agreement: Agreement, name = "agreementOnCase"): string =>
  [
    `// ${JSON.stringify(agreement)}`,
    `test("the reference explorer agrees", async () => {`,
    `  const found = await ${name}(${JSON.stringify(random, undefined, 2).replaceAll("\n", "\n  ")})`,
    `  expect(found._tag).toBe("agreed")`,
    "})"
  ].join("\n")
