/**
 * The entries of this repository's `plait.config.ts`, for tests.
 */
import config from "../plait.config.ts"

/** All entries, in the order in which they are listed. */
export const catalogue = config.entries
