/**
 * `--watch` through the real command. The tests wait for the printed text of a change, never for a time.
 */
import { type ChildProcessByStdio, spawn } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Readable, Writable } from "node:stream"
import { afterEach, expect, test, vi } from "vitest"
import { edit, makeProject } from "../../../test/own-project.ts"

const main = new URL("../main.ts", import.meta.url).pathname
const waits = "q quit\n"

/** A plait that watches a project. */
class Watched {
  readonly folder = makeProject()
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>
  private readonly closed: Promise<number | null>
  private said = ""
  private heard = 0
  private wake: () => void = () => undefined

  constructor(words: ReadonlyArray<string>) {
    const { CI: _, ...env } = process.env
    this.child = spawn(process.execPath, [main, ...words, "--watch"], { cwd: this.folder, env, stdio: "pipe" })
    this.closed = new Promise((resolve) => this.child.once("close", resolve))
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        this.said += chunk.toString()
        this.wake()
      })
    }
  }

  /** The output from the last such wait on, up to and with `end`. */
  async until(end: string): Promise<string> {
    for (;;) {
      const at = this.said.indexOf(end, this.heard)
      if (at !== -1) {
        const text = this.said.slice(this.heard, at + end.length)
        this.heard = at + end.length
        return text
      }
      await Promise.race([
        new Promise<void>((resolve) => (this.wake = resolve)),
        this.closed.then(() => Promise.reject(new Error(`it ended and never said “${end}”:\n${this.said}`)))
      ])
    }
  }

  type(key: string): void {
    this.child.stdin.write(key)
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal)
  }

  /** The exit code, after the process has ended by itself. */
  async exitCode(): Promise<number | null> {
    return this.closed
  }
}

let watched: Watched | undefined
const watching = (...words: ReadonlyArray<string>): Watched => (watched = new Watched(words))
vi.setConfig({ testTimeout: 180_000 })
afterEach(() => watched?.kill("SIGKILL"))

/** The cases that a table has rows of, and the closing line's counts. */
const told = (text: string) => ({
  cases: [...text.matchAll(/^(?:left|right)\/\S+/gm)].map(([suiteCase]) => suiteCase),
  closing: /^\d+ cases?[^:]*: \d+ of \d+/m.exec(text)?.[0]
})

// Each register's two properties hold where nothing is lost and are violated where a message is; no case deadlocks: 8 of 12. One property that nothing
// satisfies any more leaves 3 of the 6 of its register.
test("a change is explored in what it affects, with the module loaded anew; q ends it and leaves nothing alive", async () => {
  const session = watching("verify")
  const first = await session.until(waits)
  expect(told(first)).toEqual({
    cases: ["left/replicas=2", "left/lose=1", "right/replicas=2", "right/lose=1"],
    closing: "4 cases: 8 of 12"
  })
  expect(first.includes("not in the baseline yet: 4; plait verify pins them")).toBe(true)

  edit(session.folder, "left-property.ts", (text) => text.replace("nodes.every(", "nodes.length > 2 && nodes.every("))
  await session.until("changed: left-property.ts\n")
  const second = await session.until(waits)
  expect(second.includes("2 of 4 cases: affected by the change")).toBe(true)
  expect(told(second)).toEqual({ cases: ["left/replicas=2", "left/lose=1"], closing: "2 cases: 3 of 6" })

  edit(session.folder, "shared-property.ts", (text) => `${text}// changed\n`)
  await session.until("changed: shared-property.ts\n")
  expect(told(await session.until(waits)).closing).toBe("4 cases: 7 of 12")

  session.type("q")
  expect(await session.exitCode()).toBe(1)
})

test("keys: Enter runs again, a explores every case, f the unexpected results", async () => {
  const session = watching("check", "left")
  expect(told(await session.until(waits)).cases).toEqual(["left/replicas=2", "left/lose=1"])
  session.type("\n")
  await session.until("again\n")
  expect(told(await session.until(waits)).cases).toEqual(["left/replicas=2", "left/lose=1"])
  session.type("f")
  await session.until("unexpected results\n")
  expect(told(await session.until(waits)).cases).toEqual(["left/lose=1"])
  session.type("a")
  await session.until("every case\n")
  expect(told(await session.until(waits)).cases).toEqual(["left/replicas=2", "left/lose=1"])
  session.kill("SIGTERM")
  expect(await session.exitCode()).toBe(143)
})

test("a module that cannot be loaded is named; mended, what is owed is explored", async () => {
  const session = watching("verify", "right")
  await session.until(waits)
  edit(session.folder, "right-first.ts", () => "export const first = ;\n")
  await session.until("changed: right-first.ts\n")
  const broken = await session.until(waits)
  expect(broken.includes("plait.config.ts cannot be loaded\n  right-first.ts:1: SyntaxError")).toBe(true)
  edit(session.folder, "right.ts", (text) => text.replace("./right-first.ts", "./right-other.ts"))
  await session.until("changed: right.ts\n")
  expect((await session.until(waits)).includes("right-other.ts")).toBe(true)
  writeFileSync(join(session.folder, "right-other.ts"), "export const first = 2\n")
  await session.until("changed: right-other.ts\n")
  expect(told(await session.until(waits)).cases).toEqual(["right/replicas=2", "right/lose=1"])
  session.kill("SIGINT")
  expect(await session.exitCode()).toBe(130)
})
