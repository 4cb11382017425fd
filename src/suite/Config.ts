/** A project's own models: the export of a `plait.config.ts`. */
import type { Guarantee } from "./Matrix.ts"
import type { Entry } from "./Suite.ts"

/** The cases checked in a folder, and their files. */
export interface Config {
  /** The models with their properties; names differ. */
  readonly entries: ReadonlyArray<Entry>
  /** File of the pinned outcomes, relative to the configuration. Default `reports/baseline.json`. */
  readonly baseline?: string
  /** The columns of `plait matrix`, named after the properties that state them. Default: plait's own. */
  readonly guarantees?: ReadonlyArray<Guarantee>
}

/**
 * Declares the models to check, as the default export of `plait.config.ts`.
 *
 * @example
 * ```ts
 * export default defineConfig({
 *   entries: [entry(bagModel, { properties: () => [bagsAgree], settings: [{ replicas: 2 }, { replicas: 3 }] })]
 * })
 * ```
 */
export const defineConfig = (config: Config): Config => config
