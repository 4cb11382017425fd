/**
 * The cases that are explored again, through the real command: those that failed in their last run, and those that a
 * change can affect.
 */
import { spawnSync } from "node:child_process"
import { appendFileSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, test, vi } from "vitest"
import { edit, makeProject, projectCases, runPlait } from "../../../test/own-project.ts"

// Each runs plait several times, and a machine may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const chosen = (folder: string, words: ReadonlyArray<string>) => {
  const { status, stderr, stdout } = runPlait(folder, ["verify", ...words, "--json", "--no-cache"])
  const { cases } = JSON.parse(stdout) as { readonly cases: ReadonlyArray<{ readonly id: string }> }
  return { status, said: stderr.split("\n")[0], cases: cases.map(({ id }) => id) }
}

const right = projectCases.filter((id) => id.startsWith("right"))

describe("--last-failed", () => {
  test("explores the cases with unexpected results in their last run, until they are as expected", () => {
    const folder = makeProject()
    const unknown = runPlait(folder, ["verify", "--last-failed"])
    expect([unknown.status, unknown.stderr.split("\n")[0]]).toEqual([
      2,
      "plait: --last-failed needs an earlier run: .plait/last-run.json does not exist"
    ])
    // A lost message is not as hoped for, and the first run pins it.
    expect(runPlait(folder, ["verify"]).status).toBe(1)
    expect(chosen(folder, ["right", "--last-failed"])).toEqual({
      status: 0,
      said: "1 of 2 cases: unexpected results in the last run",
      cases: ["right/replicas=2,lose=1"]
    })
    expect(chosen(folder, ["--last-failed"]).cases).toEqual(["left/replicas=2,lose=1"])
    expect(chosen(folder, ["--last-failed"])).toEqual({
      status: 0,
      said: "none of 4 cases: unexpected results in the last run",
      cases: []
    })
  })
})

describe("--only-changed", () => {
  let folder = ""
  const git = (...words: ReadonlyArray<string>): void => {
    const identity = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.org"]
    const { status, stderr } = spawnSync("git", [...identity, ...words], { cwd: folder, encoding: "utf8" })
    if (status !== 0) throw new Error(stderr)
  }
  beforeAll(() => {
    folder = makeProject()
    git("init", "--quiet", "--initial-branch=main")
    git("add", "*.ts", "package.json")
    git("commit", "--quiet", "--message=first")
    git("tag", "before")
  })

  test("explores nothing where nothing changed, and says so", () => {
    const { status, stderr, stdout } = runPlait(folder, ["verify", "--only-changed"])
    expect([status, stderr, stdout]).toEqual([
      0,
      "none of 4 cases: modules changed since HEAD\n",
      "nothing was explored\n"
    ])
  })

  test("explores what a change in the working tree affects; since a commit, also what was committed", () => {
    appendFileSync(join(folder, "right-first.ts"), "// changed\n")
    expect(chosen(folder, ["--only-changed"])).toEqual({
      status: 1,
      said: "2 of 4 cases: modules changed since HEAD",
      cases: right
    })
    git("commit", "--quiet", "--all", "--message=second")
    expect(chosen(folder, ["--only-changed"]).cases).toEqual([])
    expect(chosen(folder, ["--only-changed=before"]).cases).toEqual(right)
  })

  test("explores what imports a file that git does not know yet", () => {
    edit(folder, "left-entry.ts", (text) => text.replace("./left-property.ts", "./left-fresh.ts"))
    spawnSync("cp", ["left-property.ts", "left-fresh.ts"], { cwd: folder })
    git("commit", "--quiet", "--message=third", "left-entry.ts")
    expect(chosen(folder, ["--only-changed"]).cases).toEqual(projectCases.filter((id) => id.startsWith("left")))
  })

  test("needs a repository", () => {
    const { status, stderr } = runPlait(makeProject(), ["verify", "--only-changed"])
    expect([status, stderr.split("\n")[0]]).toEqual([
      2,
      "plait: --only-changed needs git: this folder is in no repository"
    ])
  })

  test("names a commit that there is not, and a git that there is not", () => {
    const stray = runPlait(folder, ["verify", "--only-changed=nowhere"])
    expect([stray.status, stray.stderr.split("\n")[0]]).toEqual([
      2,
      'plait: --only-changed needs git: there is no commit "nowhere" that shares history with this one'
    ])
    const without = runPlait(folder, ["verify", "--only-changed"], { environment: { PATH: "" } })
    expect([without.status, without.stderr.split("\n")[0]]).toEqual([
      2,
      "plait: --only-changed needs git: it cannot be run (spawnSync git ENOENT)"
    ])
  })
})
