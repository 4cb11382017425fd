/**
 * The README's output blocks are what the tool prints. A block is marked by a comment with the command; running this
 * test with README_UPDATE=1 writes the blocks anew.
 */
import { spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { expect, test } from "vitest"

const path = new URL("../README.md", import.meta.url)
const block = /<!-- plait ([^\n]*?) -->\n```text\n([\s\S]*?)```/g

const printedBy = (command: string): string =>
  spawnSync(process.execPath, ["src/cli/main.ts", ...command.split(" ")], {
    encoding: "utf8",
    cwd: new URL("..", import.meta.url)
  }).stdout

test("every output block in the README is what the tool prints", () => {
  const text = readFileSync(path, "utf8")
  const fresh = text.replace(
    block,
    (_all, command: string) => `<!-- plait ${command} -->\n\`\`\`text\n${printedBy(command)}\`\`\``
  )
  if (process.env["README_UPDATE"] !== undefined) writeFileSync(path, fresh)
  expect(readFileSync(path, "utf8")).toBe(fresh)
  expect([...text.matchAll(block)].length).toBeGreaterThan(0)
})

test("the code that the README shows is in the file that it names, and is checked there", () => {
  const shown = [...readFileSync(path, "utf8").matchAll(/<!-- (\S+\.ts) -->\n```ts\n([\s\S]*?)```/g)]
  const stale = shown.filter(
    ([, file, code = ""]) => !readFileSync(new URL(`../${file}`, import.meta.url), "utf8").includes(code)
  )
  expect(stale.map(([, file]) => file)).toEqual([])
  expect(shown.length).toBe(2)
})
