/**
 * Shell completion: the completions of the last word from the real command, and bash itself with the printed script.
 */
import { spawnSync } from "node:child_process"
import { expect, test } from "vitest"

const command = new URL("../main.ts", import.meta.url).pathname

const plait = (...words: ReadonlyArray<string>) =>
  spawnSync(process.execPath, [command, "completions", ...words], { encoding: "utf8" })

const after = (...words: ReadonlyArray<string>) =>
  plait("words", "--", ...words)
    .stdout.trim()
    .split("\n")

test("a command, a flag that the command takes, a model, a case, a shell", () => {
  expect(after("verif")).toEqual(["verify"])
  expect(after("verify", "--ma")).toEqual(["--max-states", "--max-depth"])
  expect(after("list", "--up")).toEqual([""])
  expect(after("check", "two-phase-commit")).toEqual(["two-phase-commit", "two-phase-commit-forgetful"])
  expect(after("check", "two-phase-commit/n=3")).toEqual(["two-phase-commit/n=3"])
  expect(after("completions", "")).toEqual(["bash", "zsh", "fish"])
  expect(after("check", "--max-states", "")).toEqual([""])
})

test("a shell that plait knows nothing of is refused", () => {
  const { status, stderr } = plait("powershell")
  expect([status, stderr]).toEqual([
    2,
    "plait: plait completes nothing for powershell\n  plait completions bash, zsh or fish\n"
  ])
})

/** The completions that bash offers for a line, after sourcing what plait prints. */
const bash = (line: string) => {
  const script = [
    `plait() { "${process.execPath}" "${command}" "$@"; }`,
    `eval "$(plait completions bash)"`,
    `COMP_LINE='${line}' COMP_POINT=${line.length}`,
    `$(complete -p plait | sed -E 's/.*-F ([^ ]+).*/\\1/')`,
    `printf '%s\\n' "\${COMPREPLY[@]}"`
  ]
  return spawnSync("bash", ["-c", script.join("\n")], { encoding: "utf8" })
    .stdout.trim()
    .split("\n")
}

test("bash completes commands, flags and, after an equals sign, the rest of a case", () => {
  expect(bash("plait sim")).toEqual(["simulate", "simple-concurrency"])
  expect(bash("plait check --allow")).toEqual(["--allow-incomplete"])
  expect(bash("plait check two-phase-commit/n=")).toEqual(expect.arrayContaining(["3", "5"]))
  expect(bash("plait check ewd")).toEqual(["ewd840"])
})
