/**
 * Traces of two-phase commit become schedules: one that Quint 0.30.0 wrote (test/fixtures/two-phase.qnt says of what), and
 * one by hand whose messages are records, as in TwoPhase.tla. None is of a run of Apalache.
 */
import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { correspondenceFor } from "../../../models/reference/foreign-traces.ts"
import { catalogue } from "../../../test/catalogue.ts"
import { caseFromId } from "../../suite/Suite.ts"
import { matchStates, parseForeignTrace } from "./ForeignItf.ts"
import { printTrace, TraceUnreadable } from "./Itf.ts"
import { replay } from "../replay.ts"

const text = readFileSync(new URL("../../../test/fixtures/two-phase.itf.json", import.meta.url), "utf8")
const states = parseForeignTrace("two-phase.itf.json", text)
const suiteCase = caseFromId(catalogue, "two-phase-commit/n=2")!
const { properties, system } = suiteCase.entry.build(suiteCase.values)
const correspondence = correspondenceFor(suiteCase.entry)

test("its seven steps are taken by the model, and reach that all resource managers commit", () => {
  const matched = matchStates(system, states, correspondence)
  const schedule = matched._tag === "matched" ? matched.schedule : { initialIndex: 9, ordinals: [] }
  const replayed = replay(system, properties, schedule)
  expect(replayed.trace?.steps.map(({ label }) => label)).toEqual([
    "prepares(1)",
    "prepares(0)",
    "managerReceivesPrepared(0)",
    "managerReceivesPrepared(1)",
    "managerCommits",
    "receivesCommit(0)",
    "receivesCommit(1)"
  ])
  expect(replayed._tag === "replayed" && replayed.decided).toEqual(["all resource managers commit"])
})

test("a trace that Quint wrote is a run of the model, and its picks are the parameters", () => {
  const quint = readFileSync(new URL("../../../test/fixtures/two-phase.quint.itf.json", import.meta.url), "utf8")
  const its = parseForeignTrace("two-phase.quint.itf.json", quint)
  const matched = matchStates(system, its, correspondence)
  const schedule = matched._tag === "matched" ? matched.schedule : { initialIndex: 9, ordinals: [] }
  const replayed = replay(system, properties, schedule)
  const names: { readonly [action: string]: string } = {
    RMPrepare: "prepares",
    TMRcvPrepared: "managerReceivesPrepared",
    TMCommit: "managerCommits",
    RMRcvCommit: "receivesCommit"
  }
  const drawn = (picks: unknown): string => (/"r(\d)"/.exec(JSON.stringify(picks)) ?? [])[1] ?? ""
  const labels = its.slice(1).map((state) => {
    const action = names[String(state["mbt::actionTaken"])] ?? "?"
    return action === "managerCommits" ? action : `${action}(${drawn(state["mbt::nondetPicks"])})`
  })
  expect(replayed.trace?.steps.map(({ label }) => label)).toEqual(labels)
  expect(replayed._tag === "replayed" && replayed.decided).toEqual(["all resource managers commit"])
})

test("a commit before anyone has prepared is where no run of the model agrees", () => {
  const early = [states[0]!, states[5]!]
  expect(matchStates(system, early, correspondence)).toMatchObject({ _tag: "unmatched", state: 1 })
  const wrongStart = [states[5]!]
  expect(matchStates(system, wrongStart, correspondence)).toMatchObject({ _tag: "unmatched", state: 0 })
})

test("a trace that plait wrote is found again from its states alone", () => {
  const matched = matchStates(system, states, correspondence)
  const schedule = matched._tag === "matched" ? matched.schedule : { initialIndex: 9, ordinals: [] }
  const { trace } = replay(system, properties, schedule)
  const own = parseForeignTrace("own", printTrace(trace!, { caseId: suiteCase.id, property: "p" }))
  const sameNames = correspondenceFor({ name: "a model that nothing is known of" })
  expect(matchStates(system, own, sameNames)).toEqual({ _tag: "matched", schedule })
})

test.each(["", "3", '{"states":3}', '{"states":[{"x":{"#map":[3]}}]}', '{"states":[{"x":{"#unserializable":"y"}}]}'])(
  "%j is no trace",
  (hostile) => {
    expect(() => parseForeignTrace("t", hostile)).toThrow(TraceUnreadable)
  }
)
