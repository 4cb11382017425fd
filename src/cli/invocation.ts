/**
 * How the command line is called from the current folder, for lines that are printed to be pasted.
 */
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** Whether the current folder is in the repository that this very code stands in, as source. */
export const isOwnRepository = (): boolean => {
  const root = fileURLToPath(new URL("../..", import.meta.url))
  return join(process.cwd(), "/").startsWith(root)
}

/** In plait's own repository through its script, which brings its Node; elsewhere through npx. */
export const plait = isOwnRepository() ? "npm run -s plait --" : "npx plait"
