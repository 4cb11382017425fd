/**
 * Resolves `plait` to this source, for the models and properties of a clone. They import the public API by the name
 * that a user types; the exports of the package resolve that name only after a build. Programs that start from source
 * register this hook.
 */
import { registerHooks } from "node:module"

const root = new URL("../../", import.meta.url).href

/** The source of an entry of the package exports; `undefined` for another package. */
const sourceOf = (specifier: string): string | undefined => {
  if (specifier === "plait") return `${root}src/index.ts`
  if (specifier === "plait/vitest") return `${root}src/vitest/index.ts`
  return /^plait\/(?:models|properties)\//.test(specifier) ? `${root}${specifier.slice("plait/".length)}.ts` : undefined
}

registerHooks({
  resolve: (specifier, context, nextResolve) => {
    const source = context.parentURL?.startsWith(root) === true ? sourceOf(specifier) : undefined
    return nextResolve(source ?? specifier, context)
  }
})
