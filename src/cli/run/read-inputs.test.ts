/**
 * The ways in which a module can read an input other than its imports while it is loaded, and the recorded input of
 * each. A separate process imports a module for each way, since watched functions stay watched.
 */
import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"

const recorder = new URL("./read-inputs.ts", import.meta.url).href

/** Programs whose results have no digest, by the call that is named. */
const unknown: ReadonlyArray<readonly [call: string, program: string]> = [
  ["called Date.now()", "Date.now()"],
  ["called new Date()", "new Date().getDay()"],
  ["called Date()", "Date()"],
  ["called Date.now()", "await Promise.resolve().then(Date.now)"],
  ["called Date.now()", "await new Promise((done) => setTimeout(() => done(Date.now()), 1))"],
  ["called performance.now()", "performance.now()"],
  ["read performance.timeOrigin", "performance.timeOrigin"],
  ["called performance.mark()", 'performance.mark("a").startTime'],
  ["read an event.timeStamp", 'new Event("a").timeStamp'],
  ["called process.hrtime()", "process.hrtime()"],
  ["called process.hrtime.bigint()", "process.hrtime.bigint()"],
  ["called process.hrtime()", 'import { hrtime } from "node:process"; hrtime()'],
  ["called process.uptime()", "process.uptime()"],
  ["called process.cpuUsage()", "process.cpuUsage()"],
  ["called process.memoryUsage()", "process.memoryUsage()"],
  ["read process.pid", "process.pid"],
  ["read process.stdin", "process.stdin.isTTY"],
  ["called Math.random()", "Math.random()"],
  ["called Math.random()", "[1].map(Math.random)"],
  ["called crypto.randomUUID()", "crypto.randomUUID()"],
  ["called crypto.getRandomValues()", "crypto.getRandomValues(new Uint8Array(1))"],
  ["called crypto.randomBytes()", '(await import("node:crypto")).randomBytes(2)'],
  ["called crypto.randomInt()", '(await import("node:crypto")).default.randomInt(2)'],
  ["called crypto.generateKeyPairSync()", '(await import("node:crypto")).generateKeyPairSync("ed25519")'],
  [
    "called crypto.subtle.generateKey()",
    'await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-1" }, true, ["sign"])'
  ],
  ["called os.cpus()", '(await import("node:os")).cpus().length'],
  ["called os.freemem()", '(await import("node:os")).default.freemem()'],
  ["called os.loadavg()", '(await import("node:os")).loadavg()'],
  ["called child_process.execFileSync()", '(await import("node:child_process")).execFileSync("true")'],
  ["called child_process.spawn()", '(await import("node:child_process")).spawn("true")'],
  [
    "called child_process.exec()",
    'await (await import("node:util")).promisify((await import("node:child_process")).exec)("true")'
  ],
  ["called worker_threads.Worker()", 'new (await import("node:worker_threads")).Worker("1", { eval: true })'],
  ["called vm.runInNewContext()", '(await import("node:vm")).runInNewContext("Date.now()")'],
  ["called fetch()", 'await fetch("data:,a")'],
  ["called net.Socket.connect()", '(await import("node:net")).connect(1).on("error", () => {})'],
  ["called dns.lookup()", '(await import("node:dns")).lookup("localhost", () => {})'],
  ["called module.registerHooks()", '(await import("node:module")).registerHooks({})'],
  ["called fs.mkdtempSync()", '(await import("node:fs")).mkdtempSync("made-")'],
  ["called fs.openSync() of /dev/urandom", '(await import("node:fs")).openSync("/dev/urandom")'],
  ["called fs.readFileSync()", '(await import("node:fs")).readFileSync(0)'],
  ["called Date.now()", '(await import("./package-reads.cjs")).default'],
  ["called Date.now()", "await import(`data:text/javascript,export default Date.now()`)"],
  [
    "called Date.now()",
    '(await import("effect")).Effect.runSync((await import("effect")).Effect.sync(() => Date.now()))'
  ],
  [
    "called Date.now()",
    "const { prepareStackTrace } = Error; Error.prepareStackTrace = () => 1; Date.now(); Error.prepareStackTrace = prepareStackTrace"
  ],
  ["called Date.now()", "Error.stackTraceLimit = 0; Date.now(); Error.stackTraceLimit = 10"]
]

/** Programs and their recorded inputs, in order. */
const noted: ReadonlyArray<readonly [program: string, names: ReadonlyArray<string>]> = [
  ["1 + 1", []],
  ["new Date(0).getTime() + Date.UTC(2000, 1)", []],
  ["await new Promise((done) => setTimeout(done, 1))", []],
  ['(await import("node:crypto")).createHash("sha256").update("a").digest("hex")', []],
  ["process.argv.length", ["process.argv"]],
  ["process.title", ["process.title"]],
  ['(await import("node:os")).hostname()', ["os.hostname()"]],
  ['(await import("node:os")).default.availableParallelism()', ["os.availableParallelism()"]],
  ["process.getuid()", ["process.getuid()"]],
  ["process.env.HOME", ["variable HOME"]],
  ['(await import("node:fs")).readFileSync("data.txt")', ["file data.txt"]],
  ['(await import("node:fs")).existsSync("absent.txt")', ["file absent.txt"]],
  ['(await import("node:fs")).exists("absent.txt", () => {})', ["file absent.txt"]],
  ['(await import("node:fs")).readdirSync(".")', ["file ."]],
  ['(await import("node:fs")).readdirSync(".", { recursive: true })', ["all in .", "file ."]],
  ['await (await import("node:fs/promises")).readdir("folder", { recursive: true })', ["all in folder", "file folder"]],
  ['(await import("node:fs")).globSync("*.txt")', ["matches of *.txt {}"]],
  ['for await (const _ of (await import("node:fs/promises")).glob("*.txt"));', ["matches of *.txt {}"]],
  ['(await import("node:fs")).statSync("data.txt").mtimeMs', ["status of data.txt"]],
  ['await (await import("node:fs")).promises.stat("data.txt")', ["status of data.txt"]],
  ['(await import("node:fs")).accessSync("data.txt")', ["file data.txt", "status of data.txt"]],
  ['(await import("node:fs")).realpathSync("link.txt")', ["links of link.txt"]],
  ['(await import("node:fs")).readlinkSync("link.txt")', ["links of link.txt"]],
  ['(await import("node:fs")).openSync("data.txt")', ["file data.txt", "status of data.txt"]],
  ['await (await import("node:fs")).openAsBlob("data.txt")', ["file data.txt"]]
]

const programs = [...unknown.map(([, program]) => program), ...noted.map(([program]) => program)]

interface Noted {
  readonly unknown: string | null
  readonly names: ReadonlyArray<string>
}

const record = `import { ReadInputs } from ${JSON.stringify(recorder)}
const found = []
const inputs = ReadInputs.record()
for (let index = 0; index < ${programs.length}; index++) {
  inputs.unknown = undefined
  inputs.found.clear()
  await inputs.whileLoading(() => import(\`./program\${index}.mjs\`))
  found.push({ unknown: inputs.withoutDigest ?? null, names: (inputs.all() ?? []).map(([name]) => name) })
}
process.stdout.write(JSON.stringify(found), () => process.reallyExit(0))
`

let found: ReadonlyArray<Noted> = []

beforeAll(() => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "plait-reads-")))
  const root = new URL("../../..", import.meta.url).pathname
  mkdirSync(join(folder, "folder"))
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"))
  symlinkSync("data.txt", join(folder, "link.txt"))
  writeFileSync(join(folder, "data.txt"), "1")
  writeFileSync(join(folder, "package-reads.cjs"), "module.exports = Date.now()")
  for (const [index, program] of programs.entries()) writeFileSync(join(folder, `program${index}.mjs`), `${program}\n`)
  writeFileSync(join(folder, "record.mjs"), record)
  const { stderr, stdout } = spawnSync(process.execPath, ["record.mjs"], {
    cwd: folder,
    encoding: "utf8",
    input: "",
    timeout: 60_000
  })
  if (stdout === "") throw new Error(stderr)
  found = JSON.parse(stdout) as typeof found
})

describe("nothing is known of a result where a module, when it is loaded, runs", () => {
  test.for(unknown.map(([call, program], index) => ({ call, program, index })))(
    "$program: it $call",
    ({ call, index }) => {
      const said = found[index]?.unknown ?? "nothing"
      expect(said.endsWith(` ${call}`) ? call : said).toBe(call)
    }
  )

  test("and its place is told, where it is in no package and no callback", () => {
    expect(found[0]?.unknown).toBe("program0.mjs:1 called Date.now()")
  })
})

describe("what a module learns, when it is loaded, is part of what a result depends on:", () => {
  test.for(noted.map(([program, names], index) => ({ program, names, index })))("$program", ({ index, names }) => {
    expect(found[unknown.length + index]).toEqual({ unknown: null, names })
  })
})
