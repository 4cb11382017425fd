/**
 * What a run of `npm run trust` found, as one table of at most 100 columns, and the page that holds it.
 *
 * The page's first part follows from the published counts alone and is tested to be fresh; its second part is the table
 * of one run, with its command and seed, and changes only when somebody runs that.
 */
import { allPins, type Pins, share, total } from "../mutation/pins.ts"
import { rooms } from "../mutation/rooms.ts"
import type { ComparedCount, Counts } from "./compare-counts.ts"
import { type PublishedCount, publishedCounts } from "./published-counts.ts"

/** A line of the summary; `isAsExpected` is left out where the run does not decide it. */
export interface TrustLine {
  readonly what: string
  readonly found: string
  readonly isAsExpected?: boolean
}

/** What a green run says nothing about. */
export const notCovered: ReadonlyArray<string> = [
  "an implementation that differs from its model: no code of a database is run",
  "bounds larger than those in a case's name: more replicas, operations, losses or crashes",
  "properties that nobody states: a mutant that survives or a property never falsified hints at one",
  "module-level state of a handler, beyond what running each call twice shows",
  "a misreading that the engine and the reference explorer share, as of what a network may do"
]

const grouped = (value: number) => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",")

const figure = (value: number | undefined) => (value === undefined ? "–" : grouped(value))

const inOne = ({ depth, distinct, generated }: Counts) =>
  [distinct, generated, depth].map((each) => figure(each)).join(" / ")

const nameOf = ({ caseId, counting, within }: PublishedCount) =>
  `${caseId}${counting === "classes up to renaming" ? ", renamed" : ""}${within === undefined ? "" : ` within ${within} steps`}`.replace(
    /,initial=0,edits=0,history=none|,crash=0/,
    ""
  )

const nameWidth = 33
const figuresWidth = 29

const row = (name: string, published: string, found: string, verdict: string) => {
  const figures = `${published.padStart(figuresWidth)}  ${found.padStart(figuresWidth)}  ${verdict}`
  if (name.length <= nameWidth) return [`${name.padEnd(nameWidth)}  ${figures}`]
  return [name, `${"".padEnd(nameWidth)}  ${figures}`]
}

/** Published counts beside those found: distinct states, generated states, depth; only what is published is compared. */
export const countsTable = (compared: ReadonlyArray<ComparedCount>): ReadonlyArray<string> => [
  ...row("distinct / generated / depth", "published", "found", ""),
  ...compared.flatMap(({ found, isSame, published }) =>
    row(nameOf(published), inOne(published), inOne(found), isSame ? "✓" : "✗")
  )
]

const summary = (lines: ReadonlyArray<TrustLine>): ReadonlyArray<string> =>
  lines.flatMap(({ found, isAsExpected, what }) => {
    const sign = isAsExpected === undefined ? "·" : isAsExpected ? "✓" : "✗"
    return [`${sign} ${what.padEnd(33)}  ${found}`]
  })

/** The table of a run. */
export const trustTable = (compared: ReadonlyArray<ComparedCount>, lines: ReadonlyArray<TrustLine>): string =>
  [
    ...countsTable(compared),
    "–".repeat(98),
    ...summary(lines),
    "",
    "✓ as expected   ✗ not as expected   · read from a file, or part of npm test; not run here",
    "not covered:",
    ...notCovered.map((each) => `  ${each}`),
    ""
  ]
    .map((line) => line.trimEnd())
    .join("\n")

const publishedRow = (row: PublishedCount) => {
  const figures = [row.distinct, row.generated, row.depth].map((each) => figure(each))
  const note = row.counting === "initial states not generated" ? "; initial states are not counted as generated" : ""
  return `| \`${nameOf(row)}\` | ${figures.join(" | ")} | ${row.source}${note} |`
}

const scoreRow = (room: string, files: ReadonlyArray<Pins>) => {
  const { killed, mutants } = total(files)
  const explained = files.flatMap((pins) => pins.explained).reduce((sum, { becomes }) => sum + becomes.length, 0)
  return `| ${room} | ${files.length} | ${mutants} | ${killed} | ${share({ killed, mutants })} | ${explained} |`
}

const scoreRows = () => {
  const pins = Object.entries(allPins())
  const inRoom = (room: string) => pins.filter(([file]) => file.startsWith(`${room}/`)).map(([, each]) => each)
  const all = pins.map(([, each]) => each)
  return [...rooms.map((room) => scoreRow(`\`${room}/\``, inRoom(room))), scoreRow("all", all)].join("\n")
}

const runHeading = "## A run"

/** The part of the page that follows from the data. */
export const staticPart = (): string => `# The evidence

\`npm run trust\` repeats all of this in hours, prints one table, writes this page, and exits with 1 if a part disagrees.
\`npm run trust -- 2000 7\` takes 2,000 random systems of nodes from seed 7. Most of the time goes into the mutants of the
checker, which \`--pinned-mutation\` takes from the pins. \`--quick\` takes seconds and writes no page; \`npm test\` contains
the quick part.

- **Published counts**: the ${publishedCounts.length} counts below are explored anew and compared. Among them are two-phase commit and Paxos as
  counted by the TLA+ Examples, Stateright, TLC and Spin. The grow-only set's (1 + 2^(R−1))^n is tested for random R and n.
- **A second explorer**, on plain objects and strings, shares no code with the engine. Random systems of nodes and of
  variables are explored by both and compared in states, transitions, depth, levels, verdicts and lengths of counterexamples
  (\`test/trust/agreement.ts\`). Every trace is found again among the steps of the second explorer. \`npm test\` compares a
  few hundred systems, \`npm run trust\` ten thousand and more.
- **Random properties of runs**, with every fairness, are judged a second time by trying all choices of the actions that stay
  disabled (\`test/trust/ReferenceLiveness.ts\`). Every loop is checked to be fair and to violate the property.
- **Every counterexample is repeated** through freshly run handlers before it is printed; a loop has to close.
- **Conservation laws** of the counts are checked at the end of every search. Each way in which another checker was seen to
  lie is a test named after the lie (\`test/trust/lies.test.ts\`). Explorers with a bug each show that the second explorer
  would notice it (\`test/trust/oracle.test.ts\`).
- **The testers of histories** (linearizability, sequential and causal consistency) agree with a search through all orders on
  random histories (\`properties/history/testers.test.ts\`), and with the published examples.
- **Mutants of the protocols**: the number of bugs put into the protocols that some property notices, compared with
  \`reports/mutants.json\`, which \`plait mutate\` pins.
- **Mutants of the checker itself**: StrykerJS changes every file of the rooms below. Each change that no test notices is
  explained by a line of \`test/mutation/pins/\`. \`npm run mutation\` fails for any other, and if a score falls.
- **The suite**: every case is explored and compared with \`reports/baseline.json\`.

## Not covered

${notCovered.map((each) => `- ${each}`).join("\n")}

## Published counts

States are distinct states; a depth counts the steps from an initial state, one less than TLC and Stateright print.
"Renamed" are classes of states up to renaming. A dash: not published, or counted otherwise by the source.

| system | states | generated | depth | source |
| --- | --- | --- | --- | --- |
${publishedCounts.map(publishedRow).join("\n")}

## Faults put into the checker

A fault in two equal lines of a file is explained once. \`test/mutation/pins/\` has them file by file.

| room | files | mutants | killed | share | explained |
| --- | --- | --- | --- | --- | --- |
${scoreRows()}
`

/** The page with the table that a command printed. */
export const page = (table: string, command: string): string =>
  `${staticPart()}\n${runHeading}\n\n\`${command}\` printed:\n\n\`\`\`text\n${table}\`\`\`\n`

/** A page with its first part made anew, and the run that it tells of left as it is. */
export const refreshed = (text: string): string => `${staticPart()}\n${text.slice(text.indexOf(runHeading))}`
