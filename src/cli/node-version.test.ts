/**
 * A Node that is too old gets one line: decided by a version, and by the built entry where its process says another one.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { stripTypeScriptTypes } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { refusalOfNode } from "./node-version.ts"

test.each(["v18.20.4", "v20.20.2", "v22.0.0", "v22.18.0", "v9.11.2", "v20.0.0-nightly"])("%s is too old", (version) => {
  expect(refusalOfNode(version)).toBe(`plait needs Node 22.19 or newer; this is ${version}`)
})

test.each(["v22.19.0", "v22.20.1", "v23.0.0", "v24.21.0", "v100.0.0", process.version])("%s is not", (version) => {
  expect(refusalOfNode(version)).toBe(undefined)
})

test("the least version is that of the package", () => {
  const { engines } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    readonly engines: { readonly node: string }
  }
  const least = engines.node.replace(">=", "")
  expect(refusalOfNode("v1.0.0")).toBe(`plait needs Node ${least} or newer; this is v1.0.0`)
})

test("the entry says so and loads nothing else, exit 2", () => {
  const folder = mkdtempSync(join(tmpdir(), "plait-node-"))
  try {
    // As it is built: the entry and the check as JavaScript, and no other file of plait's beside them.
    for (const name of ["main", "node-version"]) {
      const source = readFileSync(new URL(`${name}.ts`, import.meta.url), "utf8")
      writeFileSync(join(folder, `${name}.js`), stripTypeScriptTypes(source).replaceAll(`.ts"`, `.js"`))
    }
    writeFileSync(join(folder, "package.json"), `{ "type": "module" }`)
    writeFileSync(join(folder, "old.cjs"), `Object.defineProperty(process, "version", { value: "v20.11.1" })`)
    const { status, stderr, stdout } = spawnSync(process.execPath, ["--require", "./old.cjs", "main.js"], {
      cwd: folder,
      encoding: "utf8"
    })
    expect([status, stdout, stderr]).toEqual([2, "", "plait needs Node 22.19 or newer; this is v20.11.1\n"])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
