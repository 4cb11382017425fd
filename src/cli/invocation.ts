/**
 * The call of the command line from the current folder, for printed lines that a user pastes.
 */
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** True if the current folder is in the repository that contains this code as source. */
export const isOwnRepository = (): boolean => {
  const root = fileURLToPath(new URL("../..", import.meta.url))
  return join(process.cwd(), "/").startsWith(root)
}

/** The call: in plait's own repository through its script, which uses its Node; elsewhere through npx. */
export const plait = isOwnRepository() ? "npm run -s plait --" : "npx plait"
