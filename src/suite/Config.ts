/**
 * A project's own models: what a `plait.config.ts` exports.
 */
import type { Guarantee } from "./Matrix.ts"
import type { Entry } from "./Suite.ts"

/** What is checked in a folder. */
export interface Config {
  /** The models with the properties made of them; names differ. */
  readonly entries: ReadonlyArray<Entry>
  /** Where the outcomes are pinned, relative to the configuration. Default `reports/baseline.json`. */
  readonly baseline?: string
  /** The columns of `plait matrix`, named as the properties that property them. Default: plait's own. */
  readonly guarantees?: ReadonlyArray<Guarantee>
}

/**
 * Declares what is checked, as the default export of `plait.config.ts`.
 *
 * @example
 * ```ts
 * export default defineConfig({
 *   entries: [entry(bagModel, { properties: () => [bagsAgree], settings: [{ replicas: 2 }, { replicas: 3 }] })]
 * })
 * ```
 */
export const defineConfig = (config: Config): Config => config
