/**
 * The files that plait writes are whole, whatever happens while it writes them. A run is caught in the middle of a file
 * because the temporary file, which is called after the process, is a pipe that nobody empties; and it meets a full disk
 * because the temporary file is /dev/full, which the kernel treats as one.
 */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { folder, main, plait, Running, start } from "./command.ts"

const pinned = new URL("../../reports/baseline.json", import.meta.url).pathname

/** What there is before a run: every case pinned but one, a page and a run of another model. */
const before = () => {
  const place = folder()
  const path = (name: string): string => join(place, name)
  const cases = readFileSync(pinned, "utf8").split("\n")
  writeFileSync(path("pins.json"), cases.filter((line) => !line.includes('"race/leaders=3')).join("\n"))
  cpSync(pinned, path("data.json"))
  writeFileSync(path("page.html"), "<!doctype html>\n")
  writeFileSync(path("junit.xml"), "<testsuites/>\n")
  return path
}

type Path = ReturnType<typeof before>

const made = "made\n"

/** Starts plait with its temporary file for a path made beforehand: the process keeps its number when it becomes plait. */
const startWith = (make: string, path: string, words: ReadonlyArray<string>): Running =>
  new Running("sh", [
    "-c",
    `${make} "$0.$$.part" && echo made >&2 && exec "$@"`,
    path,
    process.execPath,
    main,
    ...words
  ])

// Without a line of progress, however slow the machine is.
const quiet = ["--progress-interval", "100000"]
const accepting = (path: Path) => ["verify", "race/leaders=3", "-u", "--baseline", path("pins.json"), ...quiet]
const exploring = (path: Path) => {
  const reporters = ["--reporter", `data=${path("data.json")}`, "--reporter", `junit=${path("junit.xml")}`]
  return ["check", "multi-leader-store", "--shard", "1/4", "--baseline", path("pins.json"), ...reporters]
}
const reporting = (path: Path) => [...exploring(path), ...quiet]
const page = (path: Path) => [
  "report",
  "race",
  "two-phase-commit-forgetful",
  "ring",
  "--html",
  path("page.html"),
  ...quiet
]

/** What a pipe holds at most. */
const PIPE = 65_536

/** Each writes more than a pipe holds. */
const large = [
  ["the baseline", "pins.json", accepting],
  ["the report of a run", "data.json", reporting],
  ["the HTML report", "page.html", page]
] as const

const isWhole = (name: string, text: string): boolean => {
  if (name.endsWith(".html")) return text.startsWith("<!doctype html>") && text.trimEnd().endsWith("</html>")
  return typeof JSON.parse(text) === "object"
}

describe.concurrent("SIGKILL", () => {
  test.for(large)("in the middle of %s leaves the old one, and the next run writes", async ([_what, name, words]) => {
    const path = before()
    const old = readFileSync(path(name), "utf8")
    const running = startWith("mkfifo", path(name), words(path))
    const temporary = `${path(name)}.${running.child.pid}.part`
    await running.said(made)
    const reader = new Running("sh", ["-c", 'exec 3< "$0"; head -c 1 <&3; exec cat', temporary])
    await reader.said(old.slice(0, 1))
    running.child.kill("SIGKILL")
    const { signal } = await running.ended
    reader.child.kill()
    expect([signal, readFileSync(path(name), "utf8")]).toEqual(["SIGKILL", old])
    expect([(await plait(words(path))).status, existsSync(temporary)]).toEqual([0, true])
    const fresh = readFileSync(path(name), "utf8")
    expect([fresh === old, fresh.length > PIPE, isWhole(name, fresh)]).toEqual([false, true, true])
  })

  test.for([1, 3, 5])("after line %i of progress leaves every file as it was or new", async (line) => {
    const path = before()
    const old = ["pins.json", "data.json"].map((name) => readFileSync(path(name), "utf8"))
    const running = start([...exploring(path), "-u", "--progress-interval", "0"])
    await running.said(" states", line)
    running.child.kill("SIGKILL")
    await running.ended
    const found = ["pins.json", "data.json"].map((name) => readFileSync(path(name), "utf8"))
    expect(found.map((text, index) => text === old[index] || isWhole("x.json", text))).toEqual([true, true])
  })
})

describe.concurrent("a full disk", () => {
  const said = (path: string): string =>
    `plait: cannot write ${path}: ENOSPC: no space left on device, write\n  the earlier file, if any, is unchanged\n`

  test.for([...large, ["the JUnit report", "junit.xml", reporting]] as const)(
    "for %s is exit 2 and one sentence; what was there stays",
    async ([_what, name, words]) => {
      const path = before()
      const old = readFileSync(path(name), "utf8")
      const { status, stderr, stdout } = await startWith("ln -s /dev/full", path(name), words(path)).ended
      expect([status, stderr, readFileSync(path(name), "utf8")]).toEqual([2, made + said(path(name)), old])
      // What was found is printed all the same, and no temporary file stays.
      expect([name === "page.html" || stdout.startsWith("system "), parts(path(""))]).toEqual([true, []])
    }
  )

  test("under standard output is exit 2 and one sentence", async () => {
    const { status, stderr } = await new Running("sh", [
      "-c",
      'exec "$0" "$@" > /dev/full',
      process.execPath,
      main,
      "list"
    ]).ended
    expect([status, stderr]).toEqual([
      2,
      "plait: cannot write standard output: ENOSPC: no space left on device, write\n"
    ])
  })
})

const parts = (path: string): ReadonlyArray<string> => readdirSync(path).filter((name) => name.endsWith(".part"))
