/**
 * Resolves `plait` to this source, for models and properties of a clone: they import the public API by the name that a
 * user types, which the package's exports resolve only once it is built. Registered where a program starts from source.
 */
import { registerHooks } from "node:module"

const root = new URL("../../", import.meta.url).href

/** The source behind an entry of the package's exports, or nothing for another package. */
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
