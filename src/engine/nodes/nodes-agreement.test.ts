/**
 * Small random systems of nodes, with every mechanism, as the engine walks them and as the reference explorer of
 * test/trust does. The tests there compare hundreds of larger ones, with verdicts and traces; these few are quick.
 */
import fc from "fast-check"
import { expect, test } from "vitest"
import { entriesOf } from "../../../test/programs.ts"
import { randomCases } from "../../../test/trust/arbitraries.ts"
import { propertiesOf } from "../../../test/trust/RandomProperties.ts"
import { systemOf } from "../../../test/trust/RandomSystem.ts"
import { referenceFigures } from "../../../test/trust/ReferenceExplorer.ts"
import type { System } from "../../model/index.ts"
import type { Property } from "../../property/index.ts"
import { compile } from "../compile.ts"
import { Successors } from "../Program.ts"

/** Larger systems are left out; a walk ends at twice as many states. */
const most = 60

/** Figures of a breadth-first walk of the program; it ends early if the engine finds states without end. */
const walked = (system: System<unknown>, properties: ReadonlyArray<Property<unknown>>) => {
  const program = compile(system, properties, {})
  const found = new Map(program.initial.map((state) => [state.join(), state]))
  const taken: Record<string, number> = {}
  let generated = found.size
  let quiescent = 0
  for (const state of found.values()) {
    if (found.size > 2 * most) break
    const entries = entriesOf(program, state)
    const out = new Successors()
    program.expand(state, out)
    if (program.isQuiescent(state, out)) quiescent++
    for (const { action, next } of entries) {
      generated++
      const { name } = program.actions[action!]!
      taken[name] = (taken[name] ?? 0) + 1
      const key = next.join()
      if (!found.has(key)) found.set(key, next)
    }
  }
  return { initial: program.initial.length, distinct: found.size, generated, quiescent, taken }
}

test("small random systems have the states, steps by action, and quiescent states of the reference explorer", () => {
  const found = [17, 59].flatMap((seed) =>
    fc.sample(randomCases, { seed, numRuns: 24 }).flatMap(({ properties: drawn, observers, system: random }) => {
      const system = systemOf(random)
      const properties = propertiesOf(drawn, observers, () => true)
      const reference = referenceFigures(system, properties, most)
      if (reference === undefined) return []
      const { distinct, generated, initial, quiescent, taken } = reference
      expect(walked(system, properties)).toEqual({ distinct, generated, initial, quiescent, taken })
      return [reference]
    })
  )
  expect([found.length, found.reduce((sum, { distinct }) => sum + distinct, 0)]).toEqual([46, 543])
})
