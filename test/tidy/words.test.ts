import { describe, expect, it } from "vitest"
import { type Rule } from "./tree.ts"
import { leftOut, machinePaths, postponed, registries, silencedLint, silencedTypes } from "./words.ts"

/** How often a rule finds something in a line, which is put together here so that this file passes the rule. */
const count = (rule: Rule, ...parts: ReadonlyArray<string>) => rule({ path: "src/a.ts", text: parts.join("") }).length

describe("the rules themselves", () => {
  it("find a machine's path, and leave a page's address, a relative path and a glob alone", () => {
    expect(count(machinePaths, `open("`, "/", `tmp/x.json")`)).toBe(1)
    expect(count(machinePaths, "https://example.org", "/", "work/x and ./", "tmp/x and **", "/", "tmp/x")).toBe(0)
  })

  it("find a registry in an address, an option and a lock file, and leave a variable of that name alone", () => {
    expect(count(registries, "https:", "//registry.example.org/x")).toBe(1)
    expect(count(registries, "npm install --", "registry x")).toBe(1)
    expect(count(registries, `"resol`, `ved": "x"`)).toBe(1)
    expect(count(registries, "const cases = registry.cells.map(f)")).toBe(0)
  })

  it("find work put off", () => {
    expect(count(postponed, "// TO", "DO: later")).toBe(1)
  })

  it("find a test left out, and leave other things of that name alone", () => {
    expect(count(leftOut, "it.on", "ly('x')")).toBe(1)
    expect(count(leftOut, "it.effect.sk", "ip('x')")).toBe(1)
    expect(count(leftOut, "stream.sk", "ip(1)")).toBe(0)
  })

  it("find a silenced type checker", () => {
    expect(count(silencedTypes, "// @ts-", "ignore")).toBe(1)
  })

  it("find a silenced linter, unless it says why", () => {
    expect(count(silencedLint, "// oxlint-", "disable-next-line no-console")).toBe(1)
    expect(count(silencedLint, "// oxlint-", "disable-next-line no-console -- the Layer that prints")).toBe(0)
  })
})
