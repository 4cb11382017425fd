/** A page as `npm run docs` writes it. */
import { reference } from "../api/reference.ts"
import { surfaceOf } from "../api/surface.ts"
import { refreshed } from "../trust/page.ts"
import { type Run, withFreshBlocks } from "./blocks.ts"
import { withFreshDirections } from "./directions-table.ts"
import { withFreshContents } from "./pages.ts"

/** The entries of the package with their exports. */
export const entries = [
  { specifier: "plait", surface: surfaceOf("src/index.ts") },
  { specifier: "plait/vitest", surface: surfaceOf("src/vitest/index.ts") }
]

/** The page with every generated part written anew. */
export const freshPage = (page: string, text: string, run: Run): string => {
  if (page === "docs/reference/api.md") return reference(entries)
  if (page === "docs/evidence.md") return refreshed(text)
  return withFreshContents(withFreshDirections(withFreshBlocks(text, run)))
}
