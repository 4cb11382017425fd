/**
 * The guarantee matrix: for each design in each setting, which guarantees hold within the bounds and which fail, with the
 * steps of the shortest trace. Several cells (one per script of the clients) make up one row.
 *
 * Guarantees imply each other. A cell in which a stronger one holds and a weaker one fails contradicts a theorem, which
 * is an error of the model, of a property or of plait; a row in which a weaker one fails has the stronger one failed by
 * the same trace, even if no cell asked for the stronger one there.
 */
import { Schema } from "effect"
import { BaselineUnreadable } from "./Baseline.ts"
import type { CellResult, PropertyReport } from "./CheckCell.ts"
import type { Place } from "./Suite.ts"

/** A guarantee that designs are judged by. */
export interface Guarantee {
  /** The name of the property that claims it. */
  readonly name: string
  /** Two to four letters for the head of a column. */
  readonly label: string
  /** What it says, in a sentence. */
  readonly about: string
  readonly source: string
  /** Names of the guarantees that follow from it, nearest first. */
  readonly implies: ReadonlyArray<string>
}

/** A guarantee as a row judges it. */
export interface Judged {
  readonly name: string
  /** `vacuous`: no cell of the row gave it anything to say. */
  readonly verdict: "holds" | "violated" | "vacuous" | "inconclusive" | "failed"
  /** Steps of the shortest trace that violates it. */
  readonly steps: number | null
  /** The weaker guarantee whose trace it is, where no cell violated this one itself. */
  readonly through: string | null
  /** What `plait replay` takes. */
  readonly replay: string | null
  readonly because: string | null
  readonly schedule: ReadonlyArray<string>
}

/** A design in a setting. */
export interface MatrixRow extends Place {
  readonly cells: ReadonlyArray<string>
  readonly guarantees: ReadonlyArray<Judged>
  /** What holds and does not follow from anything else that holds. */
  readonly strongest: ReadonlyArray<string>
  /** What fails although all that it implies holds. */
  readonly weakestViolated: ReadonlyArray<string>
}

/** The matrix, and what in it contradicts the implications. */
export interface Matrix {
  readonly rows: ReadonlyArray<MatrixRow>
  readonly contradictions: ReadonlyArray<string>
}

/** A cell's result with its row. */
export interface PlacedResult {
  readonly place: Place
  readonly result: CellResult
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

/** Judges the rows: those of a design together, in the order of their first cells, guarantees in the order given. */
export const matrixOf = (results: ReadonlyArray<PlacedResult>, guarantees: ReadonlyArray<Guarantee>): Matrix => {
  const implied = new Map(guarantees.map(({ name }) => [name, consequences(guarantees, name)]))
  const follows = (stronger: string, weaker: string): boolean => implied.get(stronger)?.has(weaker) ?? false
  const designs = [...Map.groupBy(results, ({ place }) => place.design).values()]
  const groups = designs.flatMap((design) => [...Map.groupBy(design, ({ place }) => place.setting).values()])
  return {
    rows: groups.map((group) => rowOf(group, guarantees, follows)),
    contradictions: results.flatMap(({ result }) => contradictionsIn(result, follows))
  }
}

type Follows = (stronger: string, weaker: string) => boolean

const contradictionsIn = ({ id, properties }: CellResult, follows: Follows): ReadonlyArray<string> =>
  properties.flatMap((stronger) =>
    properties
      .filter(
        (weaker) => stronger.verdict === "holds" && weaker.verdict === "violated" && follows(stronger.name, weaker.name)
      )
      .map((weaker) => `${id}: “${stronger.name}” holds and “${weaker.name}”, which it implies, is violated`)
  )

const rowOf = (
  group: ReadonlyArray<PlacedResult>,
  guarantees: ReadonlyArray<Guarantee>,
  follows: Follows
): MatrixRow => {
  const own = guarantees.map(({ name }) => judge(name, group))
  const judged = own.map((each) => inherited(each, own, follows))
  const named = (verdict: Judged["verdict"]) =>
    judged.filter((each) => each.verdict === verdict).map(({ name }) => name)
  const [holding, violated] = [named("holds"), named("violated")]
  const { design, setting } = group[0]?.place ?? { design: "", setting: "" }
  return {
    design,
    setting,
    cells: group.map(({ result }) => result.id),
    guarantees: judged,
    strongest: holding.filter((name) => !holding.some((other) => follows(other, name))),
    weakestViolated: violated.filter((name) => !violated.some((other) => follows(name, other)))
  }
}

const without = { steps: null, through: null, replay: null, because: null, schedule: [] } as const

/** What the cells of a row themselves say of a guarantee. */
const judge = (name: string, group: ReadonlyArray<PlacedResult>): Judged => {
  const reports = group.flatMap(({ result }) => result.properties.filter((property) => property.name === name))
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
  schedule: counterexample?.schedule ?? []
})

/** A guarantee that no cell violated is violated all the same where one that follows from it is. */
const inherited = (judged: Judged, all: ReadonlyArray<Judged>, follows: Follows): Judged => {
  if (judged.verdict === "violated") return judged
  const [weaker] = all
    .filter(({ name, verdict }) => verdict === "violated" && follows(judged.name, name))
    .sort((left, right) => (left.steps ?? 0) - (right.steps ?? 0))
  return weaker === undefined ? judged : { ...weaker, name: judged.name, through: weaker.name }
}

const KeptMatrix = Schema.Struct({
  schema: Schema.Literal("plait/matrix@1"),
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

/** How a matrix differs from the one that is kept, a sentence each. Throws `BaselineUnreadable`. */
export const matrixDrift = (text: string, path: string, found: Matrix): ReadonlyArray<string> => {
  const before = flat(kept(text, path).rows)
  const after = flat(found.rows)
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)]
    return was === is ? [] : [`${key}: ${was ?? "not in the matrix"} → ${is ?? "not in the matrix"}`]
  })
}

const kept = (text: string, path: string): typeof KeptMatrix.Type => {
  try {
    return decode(JSON.parse(text))
  } catch (error) {
    throw new BaselineUnreadable({ path, problem: error instanceof Error ? error.message : String(error) })
  }
}

const flat = (rows: (typeof KeptMatrix.Type)["rows"]): ReadonlyMap<string, string> =>
  new Map(
    rows.flatMap(({ design, guarantees, setting }) =>
      guarantees.map(({ name, steps, verdict }): [string, string] => [
        `${design}; ${setting}; ${name}`,
        steps === null ? verdict : `${verdict} in ${steps}`
      ])
    )
  )
