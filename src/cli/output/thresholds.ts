/**
 * The least coverage that a run must reach: `--threshold actions=100,reachability=90`.
 */
import { type Metric, metrics, type Thresholds } from "../../coverage/Coverage.ts"
import { closest } from "../../suite/closest.ts"
import { UsageError } from "../../suite/UsageError.ts"

/** Reads thresholds. Throws `UsageError`. */
export const parseThresholds = (text: string): Thresholds =>
  text.split(",").reduce((thresholds: Thresholds, part) => {
    const [metric, percent] = parsePart(text, part)
    if (thresholds[metric] === undefined) return { ...thresholds, [metric]: percent }
    throw new UsageError({ problem: `--threshold ${text} is not possible: ${metric} twice`, advice: "give it once" })
  }, {})

const parsePart = (whole: string, part: string): readonly [Metric, number] => {
  const [name = "", percent = ""] = part.split(/=(.*)/s)
  const metric = metrics.find((each) => each === name)
  const value = Number(percent)
  if (metric !== undefined && percent.trim() !== "" && value >= 0 && value <= 100) return [metric, value]
  const near = closest(name, [...metrics])
  const meant = metric !== undefined || near === undefined ? "" : `; did you mean ${near}?`
  throw new UsageError({
    problem: `--threshold ${whole} is not possible: ${part === "" ? "a part is empty" : part}${meant}`,
    advice: `--threshold actions=100 takes percentages of ${metrics.join(", ")}`
  })
}
