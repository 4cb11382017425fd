/**
 * The Node version that plait needs. This file imports no module and uses no syntax that an older Node cannot read: it
 * runs before any other module is loaded.
 */

/** The least version, as in `engines` of the package. */
const LEAST = [22, 19] as const

/** The refusal of a Node that is too old, such as `v20.11.1`; `undefined` for any other. */
export const refusalOfNode = (version: string): string | undefined => {
  const found = /^v?(\d+)\.(\d+)/.exec(version)
  if (found === null) return undefined
  const major = Number(found[1])
  const isNewEnough = major > LEAST[0] || (major === LEAST[0] && Number(found[2]) >= LEAST[1])
  return isNewEnough ? undefined : `plait needs Node ${LEAST.join(".")} or newer; this is ${version}`
}
