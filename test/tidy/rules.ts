/** Every rule about the files of the repository, each with the statement that holds if it finds nothing. */
import { allowed, beyondAllowance } from "./allowances.ts"
import { circles } from "./circles.ts"
import { withoutCost, withoutDoc, withoutHeader } from "./comments.ts"
import { againstDirection, directions, intoCommandLine, withoutRoom } from "./directions.ts"
import { longFunctionNames, sharedNames } from "./exceptions.ts"
import { functionLimit, longFunctions } from "./functions.ts"
import { sharedTypeNames } from "./names.ts"
import { brokenLinks } from "./links.ts"
import { lineLimit, tooLong, withoutMeaning } from "./shape.ts"
import type { File, Finding, Rule } from "./tree.ts"
import { leftOut, machinePaths, postponed, registries, silencedLint, silencedTypes } from "./words.ts"

/** A rule over all files, and the statement about the repository that it checks. */
export interface Stated {
  readonly statement: string
  readonly rule: (files: ReadonlyArray<File>) => ReadonlyArray<Finding>
}

const inEachFile = (statement: string, rule: Rule): Stated => ({ statement, rule: (files) => files.flatMap(rule) })

/** The rules, in the order in which their findings are printed. */
export const rules: ReadonlyArray<Stated> = [
  inEachFile("every source file opens with a comment about its subject", withoutHeader),
  inEachFile("every property names its observations and its cost", withoutCost),
  inEachFile("every exported declaration has a doc comment directly above it", withoutDoc),
  ...allowed.map((each) => ({ statement: each.statement, rule: beyondAllowance(each) })),
  ...directions.map((each) => inEachFile(`${each.room}: ${each.statement}`, againstDirection(each))),
  inEachFile("no file outside the command line imports it", intoCommandLine),
  inEachFile("every room has a row in the table of directions", withoutRoom),
  { statement: "no files import each other in a circle, type imports included", rule: circles },
  inEachFile(`no source file is longer than ${lineLimit} lines`, tooLong),
  inEachFile(`no function is longer than ${functionLimit} lines`, longFunctions(longFunctionNames)),
  inEachFile("no file or folder has a name that would fit anything", withoutMeaning),
  { statement: "no two exported types of src/ share a name", rule: sharedTypeNames(sharedNames) },
  {
    statement: "every relative link of a page leads to a file, and its anchor to a heading there",
    rule: (files) => files.flatMap(brokenLinks(files))
  },
  inEachFile("no file names a path of one machine", machinePaths),
  inEachFile("no file names a package registry, the lock file included", registries),
  inEachFile("no comment puts work off", postponed),
  inEachFile("no test is left out of the run", leftOut),
  inEachFile("the type checker is never silenced", silencedTypes),
  inEachFile("the linter is silenced only with a reason", silencedLint)
]
