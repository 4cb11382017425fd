/**
 * The reference explorer notices: explorers with one deliberate fault each, none of which survives a few hundred random
 * systems. An engine that ignores a part of the system is the engine given a system without that part.
 */
import fc from "fast-check"
import { expect, test } from "vitest"
import { compile, type Program, Successors } from "../../src/engine/index.ts"
import type { NodeSystem } from "../../src/model/index.ts"
import type { Eventually, Property, FairnessKind } from "../../src/property/index.ts"
import { agreementOnCase, agreementOnVariables, engine, type Explored, type Explorer } from "./agreement.ts"
import { randomCases } from "./arbitraries.ts"
import { randomVariablesCases } from "./variable-arbitraries.ts"
import { searched } from "./searched.ts"

const withoutPart =
  (change: (system: NodeSystem<unknown>) => Partial<NodeSystem<unknown>>): Explorer =>
  (system, properties, limit) =>
    engine(system.kind === "nodes" ? { ...system, ...change(system) } : system, properties, limit)

/** The engine given properties without their premises. */
const withoutPremises: Explorer = (system, properties, limit) => {
  const always = { premise: undefined, premiseAt: undefined, premiseAcross: undefined }
  return engine(
    system,
    properties.map((property) => ({ ...property, ...always }) as Property<unknown>),
    limit
  )
}

const ignoring: ReadonlyArray<readonly [fault: string, explorer: Explorer]> = [
  [
    "takes ordered links for unordered ones",
    withoutPart(({ network }) => ({ network: { ...network, order: "unordered" } }))
  ],
  ["never loses a message", withoutPart(({ network }) => ({ network: { ...network, lose: 0 } }))],
  ["never duplicates one", withoutPart(({ network }) => ({ network: { ...network, duplicate: 0 } }))],
  ["lets every cut link heal", withoutPart(({ network }) => ({ network: { ...network, heal: true } }))],
  [
    "lets any number of equal messages fly",
    withoutPart(({ network }) => ({ network: { ...network, copies: Infinity } }))
  ],
  ["never crashes in mid-handler", withoutPart(({ faults }) => ({ faults: { ...faults, midHandler: false } }))],
  [
    "loses at every crash what is in flight",
    withoutPart(({ faults }) => ({ faults: { ...faults, inFlight: "lost" } }))
  ],
  ["never recovers", withoutPart(({ faults }) => ({ faults: { ...faults, recoveries: 0 } }))],
  [
    "takes volatile state for durable",
    withoutPart(({ machines }) => ({ machines: renewed(machines, { durable: undefined }) }))
  ],
  [
    "forgets the recovery's handler",
    withoutPart(({ machines }) => ({ machines: renewed(machines, { recover: undefined }) }))
  ],
  [
    "forgets what nodes do at the start",
    withoutPart(({ machines }) => ({ machines: renewed(machines, { start: undefined }) }))
  ],
  ["ignores guards", withoutPart(({ machines }) => ({ machines: renewed(machines, { guards: new Map() }) }))],
  ["never repeats a clock's value", withoutPart(({ clocks }) => ({ clocks: clocks && { ...clocks, unique: true } }))],
  ["judges where the premise is false", withoutPremises],
  ["forgets the latency", withoutPart(({ clocks }) => ({ clocks: clocks && { ...clocks, latency: 0 } }))]
]

type Machines = NodeSystem<unknown>["machines"]

/** The machines with a change, each still one value for all the nodes that run it. */
const renewed = (machines: Machines, change: Partial<Machines[number]>): Machines => {
  const made = new Map([...new Set(machines)].map((machine) => [machine, { ...machine, ...change }]))
  return machines.map((machine) => made.get(machine)!)
}

/** Explores a program that was tampered with; it says nothing of properties. */
const tampered =
  (tamper: (program: Program) => Program): Explorer =>
  async (system, properties, limit) => {
    const program = tamper(compile(system, []))
    const search = searched(program, 12_000)
    const taken = program.actions.flatMap(({ name }, index) =>
      search.taken[index]! > 0 ? [[name, search.taken[index]!]] : []
    )
    return {
      initial: search.levels[0]!,
      distinct: search.store.count,
      generated: search.generated,
      outside: search.outside,
      depth: search.depth,
      levels: search.levels,
      quiescent: search.quiescent,
      deadlocked: search.deadlocked,
      taken: Object.fromEntries(taken.sort()),
      fresh: search.fresh.reduce((sum, each) => sum + each, 0),
      verdicts: (await engine(system, properties.slice(0, 0), limit)).verdicts
    }
  }

/** A program whose successors are changed: each is an action with the slots it sets. */
const rewritten = (
  change: (edits: ReadonlyArray<readonly [slot: number, value: number]>, index: number) => typeof edits | undefined
) =>
  tampered((program) => ({
    ...program,
    expand: (state, out) => {
      const whole = new Successors()
      program.expand(state, whole)
      for (let at = 0, index = 0; index < whole.count; index++) {
        const [action, seen, node, count] = [...whole.data.subarray(at, at + 4)] as [number, number, number, number]
        const edits = Array.from({ length: count }, (_, edit) => {
          const from = at + 4 + 2 * edit
          return [whole.data[from]!, whole.data[from + 1]!] as const
        })
        at += 4 + 2 * count
        const kept = change(edits, index)
        if (kept === undefined) continue
        out.begin(action, seen, node)
        for (const [slot, value] of kept) out.edit(slot, value)
      }
    }
  }))

const broken: ReadonlyArray<readonly [fault: string, explorer: Explorer]> = [
  ["drops the fourth successor of a state", rewritten((edits, index) => (index === 3 ? undefined : edits))],
  ["forgets a slot of the state", rewritten((edits) => edits.filter(([slot]) => slot !== 1))],
  [
    "calls every state without a successor quiescent",
    tampered((program) => ({ ...program, isQuiescent: (_, { count }) => count === 0 }))
  ]
]

/** The engine given properties about runs that say something else. */
const misreading = (change: (property: Eventually<unknown>) => Partial<Eventually<unknown>>): Explorer => {
  const changed = (property: Property<unknown>) =>
    property.kind === "eventually" ? { ...property, ...change(property) } : property
  return (system, properties, limit) => engine(system, properties.map(changed), limit)
}

const taking = (from: FairnessKind, to: FairnessKind): Explorer =>
  misreading(({ fairness: { actions = {}, default: otherwise = "weak" } }) => {
    const instead = (fairnessKind: FairnessKind) => (fairnessKind === from ? to : fairnessKind)
    const named = Object.entries(actions).map(([name, fairnessKind]) => [name, instead(fairnessKind)])
    return { fairness: { default: instead(otherwise), actions: Object.fromEntries(named) } }
  })

const misread: ReadonlyArray<readonly [fault: string, explorer: Explorer]> = [
  ["takes weak fairness for strong", taking("weak", "strong")],
  ["takes strong fairness for weak", taking("strong", "weak")],
  ["owes nothing where fairness is weak", taking("weak", "none")],
  ["owes what is not owed", taking("none", "weak")],
  ["lets what stops go on", taking("finite", "none")],
  ["takes once for good", misreading(() => ({ stable: false }))],
  ["takes every property to begin at the start", misreading(() => ({ premise: undefined }))],
  ["takes a shorter way than there is", async (...of) => shortened(await engine(...of))]
]

/** Traces that leave out their last step, as a run that goes round no loop. */
const shortened = ({ traces = [], ...figures }: Explored): Explored => ({
  ...figures,
  traces: traces.map((trace) => (trace === undefined ? undefined : { ...trace, steps: trace.steps.slice(0, -1) }))
})

test.each(misread)("an explorer that %s is caught by a whole-state model", async (_fault, explorer) => {
  const check = fc.asyncProperty(
    randomVariablesCases,
    async (random) => (await agreementOnVariables(random, explorer))._tag !== "differed"
  )
  expect((await fc.check(check, { seed: 7, numRuns: 2_000, endOnFailure: true })).failed).toBe(true)
})

const survives = async (explorer: Explorer, hasProperties: boolean): Promise<boolean> => {
  const check = fc.asyncProperty(randomCases, async (random) => {
    const properties = hasProperties ? random : { ...random, properties: [], observers: [] }
    return (await agreementOnCase(properties, explorer))._tag !== "differed"
  })
  return !(await fc.check(check, { seed: 7, numRuns: 600, endOnFailure: true })).failed
}

test("an explorer that only passes on what the engine's search says agrees", async () => {
  expect(
    await survives(
      tampered((program) => program),
      false
    )
  ).toBe(true)
})

test.each(ignoring)("an explorer that %s is caught", async (_fault, explorer) => {
  expect(await survives(explorer, true)).toBe(false)
})

test.each(broken)("an explorer that %s is caught", async (_fault, explorer) => {
  expect(await survives(explorer, false)).toBe(false)
})
