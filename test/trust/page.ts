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
  "bounds larger than those in a cell's name: more replicas, operations, losses or crashes",
  "claims that nobody makes: a mutant that survives or a claim that is asleep hints at one",
  "module-level state of a handler, beyond what running each call twice shows",
  "a misreading that the engine and the reference explorer share, as of what a network may do"
]

const grouped = (value: number) => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",")

const figure = (value: number | undefined) => (value === undefined ? "–" : grouped(value))

const inOne = ({ depth, distinct, generated }: Counts) =>
  [distinct, generated, depth].map((each) => figure(each)).join(" / ")

const nameOf = ({ cell, counting, within }: PublishedCount) =>
  `${cell}${counting === "classes up to renaming" ? ", renamed" : ""}${within === undefined ? "" : ` within ${within} steps`}`.replace(
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
export const staticPart = (): string => `# Why believe it

\`npm run trust\` does all of this again, prints one table, writes this page, and exits with 1 if anything disagrees;
\`npm run trust -- 2000 7\` takes 2,000 random systems of nodes from seed 7. Most of its hours go into the mutants of the
checker, which \`--pinned-mutation\` leaves as they are pinned; with \`--quick\` it takes seconds and writes nothing.
\`npm test\` has the quick part.

- **Published counts** below are explored anew and compared: ${publishedCounts.length} of them.
- **Random systems** of nodes and of variables are explored by the engine and by a reference explorer that shares no code
  with it, and compared in states, transitions, depth, levels, verdicts and lengths of counterexamples
  (\`test/trust/agreement.ts\`); every trace is found again among the reference explorer's steps.
- **Random claims about runs**, with every fairness, are judged by trying all choices of what stays disabled
  (\`test/trust/ReferenceLiveness.ts\`); every loop is checked to be fair and to lack what is claimed.
- **The testers of histories** are compared with a search through all orders on random histories
  (\`properties/history/testers.test.ts\`), **each way in which a checker has been seen to lie** is a test named after
  the lie (\`test/trust/lies.test.ts\`), and explorers with a fault each show that the second explorer would notice
  (\`test/trust/oracle.test.ts\`).
- **Mutation**: how many faults put into the protocols some claim notices, compared with \`reports/mutants.json\`, which
  \`plait mutate\` pins.
- **Mutation of the checker itself** says how many faults that StrykerJS puts into these rooms some test notices;
  each survivor is a line of \`test/mutation/pins/\` that says why nothing need notice it.
  \`npm run mutation\` fails for any other, and where a score falls.
- **The matrix** of all cells is explored and compared with \`reports/baseline.json\`; the run behind every verdict is
  taken again through fresh handlers before the verdict is given.

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
