/**
 * The Node that plait needs. Nothing is imported here, and nothing is written that an older Node cannot read: this is asked
 * before any other module is loaded.
 */

/** The least version, as the package's `engines` says. */
const LEAST = [22, 19] as const

/** What to say to a Node that is too old, such as `v20.11.1`; nothing to any other. */
export const refusalOfNode = (version: string): string | undefined => {
  const found = /^v?(\d+)\.(\d+)/.exec(version)
  if (found === null) return undefined
  const major = Number(found[1])
  const isNewEnough = major > LEAST[0] || (major === LEAST[0] && Number(found[2]) >= LEAST[1])
  return isNewEnough ? undefined : `plait needs Node ${LEAST.join(".")} or newer; this is ${version}`
}
