/**
 * A durable field that the state of a node may lack, through the real command: a crash neither adds nor loses it.
 */
import { join } from "node:path"
import { expect, test } from "vitest"
import { folder, plait } from "./command.ts"

const config = new URL("durable.config.ts", import.meta.url).pathname

interface Document {
  readonly cases: ReadonlyArray<{
    readonly id: string
    readonly distinct: number
    readonly properties: ReadonlyArray<{ readonly name: string; readonly verdict: string }>
  }>
}

test.concurrent.for(["optional key", "optional"])(
  "an absent field stays absent over a crash, a present one stays: %s",
  async (kind) => {
    const words = ["check", "--json", "--config", config, "--baseline", join(folder(), "pins.json")]
    const { stderr, stdout } = await plait(words, { env: { KIND: kind } })
    expect(stderr).toBe("")
    const { cases } = JSON.parse(stdout) as Document
    const found = cases.map(({ distinct, id, properties }) => [
      id,
      distinct,
      properties[0]?.verdict,
      properties[1]?.verdict
    ])
    // Up, down and up again, each before the vote and after it; and a vote of the node that is up again.
    expect(found).toEqual([
      ["absent", 3, "holds", "unreached"],
      ["present", 7, "violated", "reached"]
    ])
  }
)
