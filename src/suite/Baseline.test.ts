import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { catalogue } from "../../test/catalogue.ts"
import { BaselineUnreadable, driftOf, hopedFor, meets, parseBaseline, pin, printBaseline } from "./Baseline.ts"
import { checkCase } from "./CheckCase.ts"
import { actionDrift, actionsOf, grouped } from "./action-drift.ts"
import { caseFromId } from "./Suite.ts"

const checked = async (id: string, states = 1e9) =>
  Effect.runPromise(checkCase(caseFromId(catalogue, id)!, { limits: { states } }))

const forgetful = "two-phase-commit-forgetful/n=3"
const split = "no resource manager commits what another aborted"

test("what is printed is read back, one line per case, keys sorted", async () => {
  const baseline = {
    [forgetful]: pin((await checked(forgetful)).result),
    "a/b=1": pin((await checked("two-phase-commit/n=3")).result)
  }
  const text = printBaseline(baseline)
  expect(printBaseline(parseBaseline("reports/baseline.json", text))).toBe(text)
  expect(parseBaseline("reports/baseline.json", text)).toEqual(baseline)
  expect(
    text
      .split("\n")
      .filter((line) => line.startsWith("    "))
      .map((line) => line.split('"')[1])
  ).toEqual(["a/b=1", forgetful])
})

test("a baseline of the first form, with other names for the same pins, is read as one of the second", async () => {
  const baseline = { [forgetful]: pin((await checked(forgetful)).result) }
  const text = printBaseline(baseline)
  const former = text.replace("plait/baseline@2", "plait/baseline@1").replace('"cases":', '"cells":')
  expect(former.includes('"cases":')).toBe(false)
  expect(parseBaseline("reports/baseline.json", former)).toEqual(baseline)
})

test.each(["", "[]", '{"schema":"plait/baseline@2"}'])("%j is no baseline", (text) => {
  expect(() => parseBaseline("b.json", text)).toThrow(BaselineUnreadable)
  expect(() => parseBaseline("b.json", text)).toThrow("b.json is no baseline")
})

test("an action named as what every object inherits is new where it was not pinned", () => {
  const names = ["__proto__", "constructor", "toString"]
  const actions = actionsOf(names.map((name) => ({ name, taken: 1 })))
  expect(actionDrift({}, actions)).toBe("actions: new: __proto__ 1, constructor 1, toString 1")
  expect(actionDrift(actions, {})).toBe("actions: gone: __proto__ 1, constructor 1, toString 1")
  expect(actionDrift(actions, actions)).toBe(undefined)
})

describe("drift is said in words", () => {
  const after = async (change: (pinned: ReturnType<typeof pin>) => object) => {
    const { result } = await checked(forgetful)
    return driftOf(result, { ...pin(result), ...change(pin(result)) })
  }
  const say = (what: string) => [`${forgetful}: ${what}`]
  test("none where nothing moved", async () => expect(await after(() => ({}))).toEqual([]))
  test("states", async () => expect(await after(() => ({ distinct: 4087 }))).toEqual(say("states 4,087 → 308")))
  test("other states of the same number", async () =>
    expect(await after(() => ({ digest: "0" }))).toEqual(say("the same number of states, but not the same states")))
  test("a new violation", async () =>
    expect(await after(({ properties }) => ({ properties: { ...properties, [split]: "holds" } }))).toEqual(
      say(`“${split}”: holds → violated in 7, a new violation`)
    ))
  test("the actions that moved, the furthest first, those that are new and those that are gone", async () => {
    const { actions = {} } = pin((await checked(forgetful)).result)
    const [[first = "", count = 0] = [], [second = "", other = 0] = [], [third = "", all = 0] = []] =
      Object.entries(actions)
    const { [third]: _, ...known } = actions
    const before = { ...known, [first]: count - 1, [second]: other + 20, gone: 1234 }
    expect(await after(() => ({ actions: before, transitions: 1 }))).toEqual([
      ...say("transitions 1 → 1,216"),
      ...say(
        `actions: ${second} ${other + 20} → ${other}, ${first} ${count - 1} → ${count}; new: ${third} ${all}; gone: gone 1,234`
      )
    ])
    // Of a baseline that was written without them nothing is said.
    expect(await after(() => ({ actions: undefined }))).toEqual([])
  })
  test("a shorter trace", async () =>
    expect(await after(({ properties }) => ({ properties: { ...properties, [split]: "violated in 8" } }))).toEqual(
      say(`“${split}”: trace 8 → 7 steps`)
    ))
  test("a property that is not pinned, and one that is no longer made", async () => {
    const others = { "all resource managers commit": "reached in 8", "no deadlock": "holds" }
    expect(await after(() => ({ properties: others }))).toEqual(
      say(`“${split}” is not in the baseline (violated in 7)`)
    )
    expect(await after(({ properties }) => ({ properties: { ...properties, old: "holds" } }))).toEqual(
      say("“old” is in the baseline (holds) but was not checked")
    )
  })
  test("an unexpected fix, and lost completeness", async () => {
    const correct = (await checked("two-phase-commit/n=3")).result
    const pinned = pin(correct)
    const fixed = driftOf(correct, { ...pinned, properties: { ...pinned.properties, [split]: "violated in 7" } })
    expect(fixed).toEqual([`two-phase-commit/n=3: “${split}”: violated in 7 → holds, unexpectedly fixed`])
    const cut = (await checked("two-phase-commit/n=3", 50)).result
    expect(driftOf(cut, pinned)[0]).toBe("two-phase-commit/n=3: lost completeness (state limit)")
    expect(driftOf(correct, { ...pinned, complete: false })).toEqual([
      "two-phase-commit/n=3: the search is complete now"
    ])
  })
})

test("an expectation is met by the same outcome, or by the same verdict where no steps are given", async () => {
  const [property] = (await checked(forgetful)).result.properties
  expect([meets(property!, "violated in 7"), meets(property!, "violated"), meets(property!, "violated in 6")]).toEqual([
    true,
    true,
    false
  ])
  expect([hopedFor("reachable"), hopedFor("invariant"), grouped(1234567)]).toEqual(["reached", "holds", "1,234,567"])
})

test("a vacuous property, an unreached one and one cut short are reported as what they are", async () => {
  const cut = (await checked(forgetful, 20)).result
  expect(cut.properties.map(({ verdict, why }) => [verdict, why])).toEqual([
    ["inconclusive", "state limit"],
    ["inconclusive", "state limit"],
    ["inconclusive", "state limit"]
  ])
})
