/**
 * Files that changed since a commit according to git: committed since, staged, in the working tree, or new and not
 * ignored.
 */
import { spawnSync } from "node:child_process"
import { relative, resolve } from "node:path"
import { UsageError } from "../../suite/UsageError.ts"

const refuse = (problem: string, advice: string): UsageError =>
  new UsageError({ problem: `--only-changed needs git: ${problem}`, advice })

const git = (words: ReadonlyArray<string>, onRefusal: (said: string) => UsageError): string => {
  const { error, status, stderr, stdout } = spawnSync("git", words, { encoding: "utf8", maxBuffer: 2 ** 28 })
  if (error !== undefined) throw refuse(`it cannot be run (${error.message})`, "plait verify explores every case")
  if (status !== 0) throw onRefusal(stderr.trim())
  return stdout
}

/**
 * The paths, from the current folder, of files that differ from the merge base of `ref` and the current commit. Throws
 * `UsageError` without git, a repository or such a commit.
 */
export const changedSince = (ref: string): ReadonlyArray<string> => {
  const noRepository = (): UsageError => refuse("this folder is in no repository", "plait verify explores every case")
  const top = git(["rev-parse", "--show-toplevel"], noRepository).trimEnd()
  const noCommit = (): UsageError =>
    refuse(
      `there is no commit "${ref}" that shares history with this one`,
      "--only-changed=main, --only-changed=HEAD~1"
    )
  const base = git(["merge-base", "--end-of-options", ref, "HEAD"], noCommit).trimEnd()
  const differing = git(["-C", top, "diff", "--name-only", "--no-renames", "-z", base, "--"], noCommit)
  const fresh = git(["-C", top, "ls-files", "--others", "--exclude-standard", "-z"], noCommit)
  const paths = `${differing}${fresh}`.split("\0").filter((path) => path !== "")
  return [...new Set(paths)].map((path) => relative("", resolve(top, path)))
}
