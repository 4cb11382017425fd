/**
 * Refinement: each initial state maps to an initial state of an abstract model, and each step to one of its steps or to
 * stuttering. Mapped states are memoised on the reads of the mapping, and compared whole.
 *
 * By induction every run then maps to a run of the abstract model, so its safety properties hold here. Not covered:
 * fairness of the abstract model, and its constraints, which bound a search and do not restrict its behaviour.
 */
import type { Property } from "../../property/index.ts"
import type { Checker, Judge } from "./Checker.ts"
import { FALSE, Predicate, type PredicateOf, THREW, TRUE } from "./Predicates.ts"
import { type Program, Successors } from "../Program.ts"
import { refusalOf } from "../execution/StrictRunner.ts"
import { wholeStateProgram } from "../variables/WholeStateProgram.ts"

type Refines = Extract<Property<unknown>, { readonly kind: "refines" }>

/** Lowest result that is a number of an abstract state; the results below it are truth values and THREW. */
const FIRST = THREW + 1

/** The abstract states found so far, by number. */
class AbstractStates {
  readonly vectors: Array<Int32Array> = []
  private readonly numbers = new Map<string, number>()

  number(vector: Int32Array): number {
    const key = vector.join()
    const existing = this.numbers.get(key)
    if (existing !== undefined) return existing
    this.numbers.set(key, this.vectors.length)
    return this.vectors.push(vector) - 1
  }
}

/** The mapping from states to numbers of abstract states. */
class Mapping extends Predicate {
  private readonly toNumber: (mapped: unknown) => number

  constructor(program: Program, of: PredicateOf, { map }: Refines, toNumber: (mapped: unknown) => number) {
    super(of, program.positions, (read) => {
      const view = program.view(read)
      return () => map(view)
    })
    this.toNumber = toNumber
  }

  protected override resultOf(mapped: unknown): number {
    return FIRST + this.toNumber(mapped)
  }
}

/** Creates the checker of a refinement. Throws `ModelRefused` if the abstract model cannot run. */
export const refinementChecker = (program: Program, of: PredicateOf, property: Refines): Checker => {
  const abstract = wholeStateProgram(property.abstract, { observers: [], checkDeterminism: program.runsTwice })
  const states = new AbstractStates()
  const mapping = new Mapping(program, of, property, (mapped) => {
    try {
      return states.number(abstract.vectorOf!(mapped))
    } catch (thrown) {
      throw new TypeError(`the mapping gives no state of ${property.abstract.name}: ${refusalOf(thrown).detail}`)
    }
  })
  const initial = new Set(abstract.initial.map((state) => states.number(state)))
  const successors: Array<ReadonlySet<number> | undefined> = []
  const out = new Successors()
  const successorsOf = (number: number): ReadonlySet<number> => {
    const existing = successors[number]
    if (existing !== undefined) return existing
    const state = states.vectors[number]!
    out.clear()
    abstract.expand(state, out)
    const found = new Set<number>()
    for (let at = 0; at < out.length; at += 4 + 2 * out.data[at + 3]!) {
      const next = state.slice()
      const end = at + 4 + 2 * out.data[at + 3]!
      for (let edit = at + 4; edit < end; edit += 2) next[out.data[edit]!] = out.data[edit + 1]!
      found.add(states.number(next))
    }
    successors[number] = found
    return found
  }
  const { slots } = program
  const after = new Int32Array(slots)
  const judge = (evaluate: Judge["evaluate"]): Judge => ({
    evaluate,
    applies: () => true,
    thrown: () => mapping.thrown,
    recheck: () => [mapping, abstract].forEach((each) => each.recheck())
  })
  return {
    property,
    judgedAt: "step",
    ...judge((frame) => {
      const from = mapping.evaluate(frame)
      for (let slot = 0; slot < slots; slot++) after[slot] = frame[slots + slot]!
      const to = from === THREW ? THREW : mapping.evaluate(after)
      if (to === THREW) return THREW
      return from === to || successorsOf(from - FIRST).has(to - FIRST) ? TRUE : FALSE
    }),
    onInitial: judge((state) => {
      const number = mapping.evaluate(state)
      if (number === THREW) return THREW
      return initial.has(number - FIRST) ? TRUE : FALSE
    })
  }
}
