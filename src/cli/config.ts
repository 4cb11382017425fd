/**
 * The project to check: the entries of its `plait.config.ts`.
 *
 * The configuration is the file that `--config` names, or `plait.config.ts` in the current folder. Node loads it
 * itself, types included. In a folder without a configuration the models that come with plait can be checked by name;
 * exploring or pinning all of them there is refused.
 */
import { existsSync } from "node:fs"
import { basename, dirname, relative, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { visible } from "../report/visible.ts"
import { isThrown, thrownText } from "../engine/execution/ThrownText.ts"
import { closest } from "../suite/closest.ts"
import type { Config } from "../suite/Config.ts"
import type { Guarantee } from "../suite/Matrix.ts"
import { refuseSettings } from "../suite/setting-checks.ts"
import { caseIdOf, type Entry } from "../suite/Suite.ts"
import type { Request } from "./arguments.ts"
import { placeIn } from "./run/location.ts"
import { lookAround } from "./run/own-process.ts"

const CONFIG = "plait.config.ts"
const BASELINE = "reports/baseline.json"

/** A configuration that cannot be used. */
export class ConfigUnusable extends Error {
  readonly _tag = "ConfigUnusable"
}

/** The entries to check, and the file that pins their results. */
export interface Project {
  readonly entries: ReadonlyArray<Entry>
  readonly baseline: string
  /** The path of the configuration; `undefined` in a folder without one. */
  readonly path: string | undefined
  /** The columns of the guarantee matrix, if the configuration has its own. */
  readonly guarantees: ReadonlyArray<Guarantee> | undefined
}

/** The project of a request. Throws `ConfigUnusable`. */
export const openProject = async (request: Request): Promise<Project> => {
  const path = request.config ?? (existsSync(CONFIG) ? CONFIG : undefined)
  if (path !== undefined) {
    const { baseline = BASELINE, entries, guarantees } = await readConfig(path)
    if (entries.length === 0) throw nothingToCheck(`${path} has no entries`)
    const pinned = request.baseline ?? besides(path, baseline)
    return { entries, baseline: pinned, path: `./${relative(".", path)}`, guarantees }
  }
  const explores = request.command !== "replay" && request.command !== "list"
  if (explores && request.words.length === 0) throw nothingToCheck(`there is no ${CONFIG} here`)
  const { entries, guarantees } = await shippedConfig()
  return { entries, baseline: request.baseline ?? BASELINE, path: undefined, guarantees }
}

/** The configuration of the models that come with plait. */
export const shippedConfig = async (): Promise<Config> => (await import("../../plait.config.ts")).default

const besides = (path: string, file: string): string => relative(".", resolve(dirname(path), file))

/** An error of six lines: the missing part, and how to start. */
const nothingToCheck = (problem: string): ConfigUnusable =>
  new ConfigUnusable(
    [
      `nothing to check: ${problem}`,
      `1. Write a protocol: Machine.make and Model.make from "plait"; plait's models/ has some to start from.`,
      `2. State its properties in ${CONFIG}:`,
      `     import { defineConfig, entry } from "plait"`,
      "     export default defineConfig({ entries: [entry(myModel, { properties: () => [myProperty], settings: [{}] })] })",
      "3. plait check explores it, plait verify pins the results. An example: plait check race"
    ].join("\n  ")
  )

const settings = ["entries", "baseline", "guarantees"]

const readConfig = async (path: string): Promise<Config> => {
  if (!existsSync(path)) throw new ConfigUnusable(`${path} does not exist`)
  const loaded = await load(path)
  if (!Object.hasOwn(loaded, "default")) throw wrong(path, "it has no default export")
  const config = loaded["default"]
  if (!isRecord(config) || !Array.isArray(config["entries"])) throw wrong(path, "its default export has no entries")
  for (const name of Object.keys(config)) {
    if (settings.includes(name)) continue
    const near = closest(name, settings)
    throw wrong(path, `it sets "${name}", which is not a setting${near === undefined ? "" : `; did you mean ${near}?`}`)
  }
  if (config["baseline"] !== undefined && typeof config["baseline"] !== "string")
    throw wrong(path, "baseline is a path")
  const entries: ReadonlyArray<unknown> = config["entries"]
  const known = entries.map((each, index) => {
    if (isEntry(each)) return possible(path, each)
    throw wrong(path, `entries[${index}] is not made by entry(model, { properties, settings })`)
  })
  const twice = known.find(({ name }, index) => known.findIndex((each) => each.name === name) !== index)
  if (twice !== undefined) throw wrong(path, `two entries are named ${twice.name}`)
  const { baseline, guarantees } = config
  if (guarantees !== undefined && !(Array.isArray(guarantees) && guarantees.every(isGuarantee))) {
    throw wrong(path, "guarantees is a list of { name, label, about, source, implies }")
  }
  return {
    entries: known,
    ...(baseline === undefined ? {} : { baseline }),
    ...(guarantees === undefined ? {} : { guarantees })
  }
}

/** The entry, with its settings checked again, since it may have been made by hand. */
const possible = (path: string, entry: Entry): Entry => {
  try {
    refuseSettings(entry, (values) => caseIdOf(entry, values))
    return entry
  } catch (error) {
    throw isThrown(error, RangeError) ? wrong(path, error.message) : error
  }
}

const wrong = (path: string, problem: string): ConfigUnusable =>
  new ConfigUnusable(`${path} cannot be used: ${visible(problem)}\n  export default defineConfig({ entries: […] })`)

const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === "object" && value !== null

const isEntry = (value: unknown): value is Entry =>
  isRecord(value) &&
  typeof value["name"] === "string" &&
  typeof value["build"] === "function" &&
  isRecord(value["parameters"]) &&
  Array.isArray(value["settings"]) &&
  Array.isArray(value["deep"])

const isGuarantee = (value: unknown): value is Guarantee =>
  isRecord(value) &&
  ["name", "label", "about", "source"].every((field) => typeof value[field] === "string") &&
  Array.isArray(value["implies"])

const load = async (path: string): Promise<{ readonly [name: string]: unknown }> => {
  try {
    const loaded = (await import(pathToFileURL(resolve(path)).href)) as { readonly [name: string]: unknown }
    lookAround()
    return loaded
  } catch (error) {
    if (!isThrown(error, Error)) throw new ConfigUnusable(`${path} cannot be loaded: it threw ${thrownText(error)}`)
    const place = placeIn(error)
    const where = place === undefined ? "" : `${place}: `
    const advice = loadAdvice(error.message).map((line) => `\n  ${line}`)
    throw new ConfigUnusable(`${path} cannot be loaded\n  ${where}${error.name}: ${error.message}${advice.join("")}`)
  }
}

/** Advice on errors that come from differences between Node and a TypeScript compiler. */
const loadAdvice = (message: string): ReadonlyArray<string> => {
  const missing = /^Cannot find module '([^']+)'/.exec(message)?.[1]
  if (missing !== undefined && existsSync(`${missing}.ts`))
    return [`Node needs the whole name of a file: import … from "./${basename(missing)}.ts"`]
  const name = /does not provide an export named '([^']+)'/.exec(message)?.[1]
  if (name !== undefined) return [`Node removes types file by file: if ${name} is a type, import { type ${name} }`]
  return /import statement outside a module/.test(message) ? ["npm pkg set type=module"] : []
}
