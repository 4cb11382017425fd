/**
 * The reporters: a row for each format, with the default path of its report. A report is a function of the run as data;
 * this file writes it.
 *
 * A new format needs a folder `reports/<format>/` and a row.
 */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { renderAnnotations } from "../../report/github/annotations.ts"
import { renderSummary } from "../../report/github/summary.ts"
import { renderGitlab } from "../../report/gitlab/render.ts"
import { type Copied, type IstanbulFormat } from "../../report/istanbul/render.ts"
import { renderJunit } from "../../report/junit/render.ts"
import { renderSarif } from "../../report/sarif/render.ts"
import { renderCoverage } from "../../report/text/coverage.ts"
import { closest } from "../../suite/closest.ts"
import type { RunReport } from "../../suite/RunReport.ts"
import { UsageError } from "../../suite/UsageError.ts"
import { makeFolder, writeAtomically } from "./files.ts"
import { version } from "../version.ts"

/** The input of a report. */
interface Input {
  readonly report: RunReport
  /** The path of the baseline, for issues that belong to no line. */
  readonly baseline: string
}

/** A format. */
interface Reporter {
  readonly about: string
  /** The default path of the report; `undefined` for standard output. */
  readonly path: string | undefined
  /** The text, or files by their path below the given folder. */
  readonly render: (input: Input) => string | Promise<string | ReadonlyMap<string, string | Copied>>
}

const systemsOf = ({ cases }: RunReport) => cases.map(({ coverage }) => coverage)

const istanbul =
  (format: IstanbulFormat, isFolder: boolean) =>
  async ({ report }: Input) => {
    const { renderIstanbul } = await import("../../report/istanbul/render.ts")
    const files = renderIstanbul(format, systemsOf(report), sourcesOf(report))
    if (isFolder) return files
    const [text = ""] = files.values()
    return typeof text === "string" ? text : ""
  }

/** The formats by name. */
export const reporters: { readonly [name: string]: Reporter } = {
  coverage: {
    about: "model coverage as a table: actions never taken, reachability properties never reached",
    path: undefined,
    render: ({ report }) => renderCoverage(systemsOf(report), report.cases.length === 1)
  },
  "coverage-html": {
    about: "model coverage as pages, beside the model's source",
    path: "plait-report/coverage",
    render: istanbul("html", true)
  },
  lcov: {
    about: "model coverage on the lines of the model, for editors and Codecov",
    path: "plait-report/lcov.info",
    render: istanbul("lcovonly", false)
  },
  cobertura: {
    about: "the same for GitLab, Azure and Jenkins",
    path: "plait-report/cobertura.xml",
    render: istanbul("cobertura", false)
  },
  junit: {
    about: "a case for each property, traces in the failures",
    path: "plait-report/junit.xml",
    render: ({ report }) => renderJunit(report)
  },
  sarif: {
    about: "issues with their traces as code flows",
    path: "plait-report/plait.sarif",
    render: ({ report }) => renderSarif(report, version)
  },
  github: { about: "annotations of a workflow", path: undefined, render: ({ report }) => renderAnnotations(report) },
  "github-summary": {
    about: "a job's summary in Markdown",
    path: process.env["GITHUB_STEP_SUMMARY"] ?? "plait-report/summary.md",
    render: ({ report }) => renderSummary(report)
  },
  gitlab: {
    about: "code quality for a merge request",
    path: "plait-report/codequality.json",
    render: ({ baseline, report }) => renderGitlab(report, baseline)
  },
  data: {
    about: "the run itself, for plait merge-reports",
    path: "plait-report/run.json",
    render: ({ report }) => `${JSON.stringify(report)}\n`
  }
}

/** A reporter with the path of its report. */
export interface Chosen {
  readonly name: string
  readonly reporter: Reporter
  readonly path: string | undefined
}

/** Reads the values of `--reporter`, such as `junit` and `lcov=out/lcov.info`. Throws `UsageError`. */
export const chosenReporters = (words: ReadonlyArray<string>): ReadonlyArray<Chosen> =>
  words.map((word) => {
    const [name = "", path] = word.split(/=(.*)/s)
    const reporter = Object.hasOwn(reporters, name) ? reporters[name] : undefined
    if (reporter !== undefined && path !== "") return { name, reporter, path: path ?? reporter.path }
    const names = Object.keys(reporters)
    const near = closest(name, names)
    throw new UsageError({
      problem: path === "" ? `--reporter ${word} names no path` : `there is no reporter "${name}"`,
      advice: near === undefined || path === "" ? `there are ${names.join(", ")}` : `did you mean ${near}?`
    })
  })

/** Renders and writes each report. A report without a path is passed to `print`. */
export const writeReports = async (
  chosen: ReadonlyArray<Chosen>,
  input: Input,
  print: (text: string) => void
): Promise<void> => {
  for (const { path, reporter } of chosen) {
    const rendered = await reporter.render(input)
    if (typeof rendered !== "string") writeFolder(path ?? ".", rendered)
    else if (path === undefined) print(rendered)
    else writeAtomically(path, rendered)
  }
}

const writeFolder = (folder: string, files: ReadonlyMap<string, string | Copied>): void => {
  makeFolder(folder)
  for (const [path, file] of files) {
    const content = typeof file === "string" ? file : file.header + readFileSync(file.source, "latin1")
    writeAtomically(join(folder, path), content, typeof file === "string" ? "utf8" : "latin1")
  }
}

/** The text of each file that declares an action or a property. */
const sourcesOf = (report: RunReport): ReadonlyMap<string, string> => {
  const places = systemsOf(report).flatMap(({ actions, properties }) =>
    [...actions, ...properties].flatMap((each) => each.places)
  )
  const files = [...new Set(places.map(({ file }) => file))].filter((file) => existsSync(file))
  return new Map(files.map((file) => [file, readFileSync(file, "utf8")]))
}
