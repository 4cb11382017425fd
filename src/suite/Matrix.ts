/**
 * The guarantee matrix: for each design in each setting, the guarantees that hold within the bounds and those that
 * fail, with the steps of the shortest trace. Several cases (one per script of the clients) make up one row.
 *
 * Guarantees imply each other. A case in which a stronger one holds and a weaker one fails contradicts a theorem, which
 * is an error of the model, of a property or of plait. In a row in which a weaker one fails, the stronger one fails by
 * the same trace, even if no case of the row judges the stronger one.
 */
import { Schema } from "effect"
import { BaselineUnreadable } from "./Baseline.ts"
import type { CaseResult, PropertyReport } from "./CheckCase.ts"
import type { MatrixPlace } from "./Suite.ts"

/** A guarantee by which designs are judged. */
export interface Guarantee {
  /** The name of the property that states it. */
  readonly name: string
  /** Names of further properties that state it, or a part of it, each in the words of its kind of design. */
  readonly properties?: ReadonlyArray<string>
  /** Two to four letters for the head of a column. */
  readonly label: string
  /** The promise in a sentence. */
  readonly about: string
  readonly source: string
  /** Names of the guarantees that follow from it, nearest first. */
  readonly implies: ReadonlyArray<string>
}

/** A guarantee with its verdict in a row. */
export interface Judged {
  readonly name: string
  /** `vacuous`: its premise is true in no case of the row. */
  readonly verdict: "holds" | "violated" | "vacuous" | "inconclusive" | "failed"
  /** Steps of the shortest trace that violates it. */
  readonly steps: number | null
  /** The weaker guarantee that the trace violates, if no case violated this one itself. */
  readonly through: string | null
  /** The argument of `plait replay`. */
  readonly replay: string | null
  readonly because: string | null
  readonly schedule: ReadonlyArray<string>
  /** Number of steps after which the run repeats for ever, if it does. */
  readonly loop: number | null
}

/** A design in a setting. */
export interface MatrixRow extends MatrixPlace {
  readonly cases: ReadonlyArray<string>
  readonly guarantees: ReadonlyArray<Judged>
  /** Guarantees that hold and do not follow from another that holds. */
  readonly strongest: ReadonlyArray<string>
  /** Guarantees that fail although all that they imply hold. */
  readonly weakestViolated: ReadonlyArray<string>
}

/** The matrix, and the verdicts in it that contradict the implications. */
export interface Matrix {
  readonly rows: ReadonlyArray<MatrixRow>
  readonly contradictions: ReadonlyArray<string>
}

/** A case's result with its row. */
export interface PlacedResult {
  readonly place: MatrixPlace
  readonly result: CaseResult
}

/** Every guarantee that follows from one, by name. */
export const consequences = (guarantees: ReadonlyArray<Guarantee>, name: string): ReadonlySet<string> => {
  const found = new Set<string>()
  const queue = [name]
  for (const next of queue) {
    for (const implied of guarantees.find((each) => each.name === next)?.implies ?? []) {
      if (found.has(implied)) continue
      found.add(implied)
      queue.push(implied)
    }
  }
  return found
}

/** Judges the rows: those of a part, and in it of a design, together, in the order of their first cases. */
export const matrixOf = (results: ReadonlyArray<PlacedResult>, guarantees: ReadonlyArray<Guarantee>): Matrix => {
  const implied = new Map(guarantees.map(({ name }) => [name, consequences(guarantees, name)]))
  const follows = (stronger: string, weaker: string): boolean => implied.get(stronger)?.has(weaker) ?? false
  const apart = (group: ReadonlyArray<PlacedResult>, key: keyof MatrixPlace) => [
    ...Map.groupBy(group, ({ place }) => place[key]).values()
  ]
  const groups = apart(results, "part")
    .flatMap((part) => apart(part, "design"))
    .flatMap((design) => apart(design, "setting"))
  return {
    rows: groups.map((group) => rowOf(group, guarantees, follows)),
    contradictions: results.flatMap((result) => contradictionsIn(result, guarantees, follows))
  }
}

type Follows = (stronger: string, weaker: string) => boolean

const contradictionsIn = (
  placed: PlacedResult,
  guarantees: ReadonlyArray<Guarantee>,
  follows: Follows
): ReadonlyArray<string> => {
  const judged = guarantees.map((guarantee) => judge(guarantee, [placed]))
  return judged.flatMap((stronger) =>
    judged
      .filter(
        (weaker) => stronger.verdict === "holds" && weaker.verdict === "violated" && follows(stronger.name, weaker.name)
      )
      .map(
        (weaker) => `${placed.result.id}: “${stronger.name}” holds and “${weaker.name}”, which it implies, is violated`
      )
  )
}

const rowOf = (
  group: ReadonlyArray<PlacedResult>,
  guarantees: ReadonlyArray<Guarantee>,
  follows: Follows
): MatrixRow => {
  const own = guarantees.map((guarantee) => judge(guarantee, group))
  const judged = own.map((each) => inherited(each, own, follows))
  const named = (verdict: Judged["verdict"]) =>
    judged.filter((each) => each.verdict === verdict).map(({ name }) => name)
  const [holding, violated] = [named("holds"), named("violated")]
  return {
    ...(group[0]?.place ?? { design: "", setting: "" }),
    cases: group.map(({ result }) => result.id),
    guarantees: judged,
    strongest: holding.filter((name) => !holding.some((other) => follows(other, name))),
    weakestViolated: violated.filter((name) => !violated.some((other) => follows(name, other)))
  }
}

const without = { steps: null, through: null, replay: null, because: null, schedule: [], loop: null } as const

/** The verdict of a row's own cases on a guarantee. */
const judge = ({ properties = [], name }: Guarantee, group: ReadonlyArray<PlacedResult>): Judged => {
  const reports = group.flatMap(({ result }) =>
    result.properties.filter((property) => property.name === name || properties.includes(property.name))
  )
  const violations = reports.filter(({ verdict }) => verdict === "violated").sort(byLength)
  const [shortest] = violations
  if (shortest !== undefined) return violatedBy(name, shortest)
  const has = (verdict: PropertyReport["verdict"]) => reports.some((report) => report.verdict === verdict)
  if (has("failed")) return { name, verdict: "failed", ...without }
  if (has("inconclusive")) return { name, verdict: "inconclusive", ...without }
  return { name, verdict: has("holds") ? "holds" : "vacuous", ...without }
}

const byLength = (left: PropertyReport, right: PropertyReport): number =>
  (left.counterexample?.length ?? 0) - (right.counterexample?.length ?? 0)

const violatedBy = (name: string, { counterexample }: PropertyReport): Judged => ({
  name,
  verdict: "violated",
  steps: counterexample?.length ?? null,
  through: null,
  replay: counterexample?.replay ?? null,
  because: counterexample?.because ?? null,
  schedule: counterexample?.schedule ?? [],
  loop: counterexample?.loop ?? null
})

/** A guarantee that no case violated is violated nevertheless if one that follows from it is. */
const inherited = (judged: Judged, all: ReadonlyArray<Judged>, follows: Follows): Judged => {
  if (judged.verdict === "violated") return judged
  const [weaker] = all
    .filter(({ name, verdict }) => verdict === "violated" && follows(judged.name, name))
    .sort((left, right) => (left.steps ?? 0) - (right.steps ?? 0))
  return weaker === undefined ? judged : { ...weaker, name: judged.name, through: weaker.name }
}

const KeptMatrix = Schema.Struct({
  schema: Schema.Literal("plait/matrix@2"),
  rows: Schema.Array(
    Schema.Struct({
      design: Schema.String,
      setting: Schema.String,
      guarantees: Schema.Array(
        Schema.Struct({ name: Schema.String, verdict: Schema.String, steps: Schema.NullOr(Schema.Natural) })
      )
    })
  )
})

const decode = Schema.decodeUnknownSync(KeptMatrix)

/** The stored form of a matrix: each row with its verdicts, and the replay lines of violations. */
export const keptMatrix = ({ rows }: Matrix) => ({
  schema: "plait/matrix@2" as const,
  rows: rows.map(({ cases, guarantees, strongest: _strongest, weakestViolated: _weakest, ...place }) => ({
    ...place,
    cases,
    guarantees: guarantees
      .filter(({ verdict }) => verdict !== "vacuous")
      .map(({ name, replay, steps, through, verdict }) => ({ name, verdict, steps, through, replay }))
  }))
})

/** The differences of a matrix from the stored one, a sentence each. Throws `BaselineUnreadable`. */
export const matrixDrift = (text: string, path: string, found: Matrix): ReadonlyArray<string> => {
  const before = flat(kept(text, path).rows)
  const after = flat(found.rows)
  const word = (rows: Verdicts, row: string, name: string): string =>
    rows.get(row)?.get(name) ?? (rows.has(row) ? "vacuous" : "not in the matrix")
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((row) => {
    const names = new Set([...(after.get(row)?.keys() ?? []), ...(before.get(row)?.keys() ?? [])])
    return [...names].flatMap((name) => {
      const [was, is] = [word(before, row, name), word(after, row, name)]
      return was === is ? [] : [`${row}; ${name}: ${was} → ${is}`]
    })
  })
}

const kept = (text: string, path: string): typeof KeptMatrix.Type => {
  try {
    return decode(JSON.parse(text))
  } catch (error) {
    throw new BaselineUnreadable({ path, problem: error instanceof Error ? error.message : String(error) })
  }
}

/** Verdicts by row and guarantee. */
type Verdicts = ReadonlyMap<string, ReadonlyMap<string, string>>

const flat = (rows: (typeof KeptMatrix.Type)["rows"]): Verdicts =>
  new Map(
    rows.map(({ design, guarantees, setting }): [string, ReadonlyMap<string, string>] => [
      `${design}; ${setting}`,
      new Map(
        guarantees
          .filter(({ verdict }) => verdict !== "vacuous")
          .map(({ name, steps, verdict }) => [name, steps === null ? verdict : `${verdict} in ${steps}`])
      )
    ])
  )
