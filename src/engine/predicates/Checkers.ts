/**
 * Properties turned into predicates over a program's states and steps.
 */
import type { Enabled, NodesView, NodeView, Property, StepView } from "../../property/index.ts"
import { oneOf } from "../../model/Checked.ts"
import type { Checker, JudgedAt } from "./Checker.ts"
import { brief } from "../execution/ModelRefused.ts"
import { FALSE, Predicate, type PredicateOf, THREW, TRUE } from "./Predicates.ts"
import type { Position, Program, Successors } from "../Program.ts"
import { refinementChecker } from "./Refinement.ts"

/** Slots of a step's frame after the two states: action, observations, node. */
export const STEP_EXTRAS = 3

const always = (): boolean => true

/** Creates the checker of a property. */
export const checkerOf = (program: Program, property: Property<unknown>): Checker => {
  switch (property.kind) {
    case "invariant":
    case "monitor":
    case "reachable":
    case "atQuiescence":
    case "eventually":
    case "noDeadlock":
      return stateChecker(program, property)
    case "nodeInvariant":
      return nodeChecker(program, property)
    case "stepInvariant":
      return stepChecker(program, property)
    case "refines":
      return refinementChecker(program, belonging(program, property, property.map, "map"), property)
  }
}

type StateProperty = Extract<Property<unknown>, { readonly holds: unknown }>

const judgedAts = {
  invariant: "state",
  monitor: "state",
  reachable: "state",
  atQuiescence: "quiescence",
  noDeadlock: "deadlock",
  eventually: "run"
} as const satisfies { readonly [K in StateProperty["kind"]]: JudgedAt }

/** Roles of predicates that are not the property's statement itself, by kind of property. */
const roles: { readonly [kind: string]: string | undefined } = { monitor: "rejects", noDeadlock: "ends" }

/** True if a property of run ends is judged in a state whose successors are `out`. */
export const isJudgedAt = (program: Program, judgedAt: JudgedAt, state: Int32Array, out: Successors): boolean => {
  const isQuiescent = program.isQuiescent(state, out)
  return judgedAt === "quiescence" ? isQuiescent : !isQuiescent && program.isDeadlocked(state, out)
}

/** The owner of a predicate of a property; `role` is set if the predicate is not the property's statement itself. */
const belonging = (
  program: Program,
  { kind, name }: Property<unknown>,
  written: unknown,
  role?: string
): PredicateOf => {
  const { slots, snapshot } = program
  const before = (frame: Int32Array): string => brief(snapshot(frame.subarray(0, slots)))
  const after = (frame: Int32Array): string => brief(snapshot(frame.subarray(slots, 2 * slots)))
  return {
    system: program.system,
    where: `property "${name}"${role === undefined ? "" : `, ${role}`}`,
    written,
    runsTwice: program.runsTwice,
    shown: (frame) => (kind === "stepInvariant" ? `${before(frame)}, then ${after(frame)}` : before(frame))
  }
}

const stateChecker = (program: Program, property: StateProperty): Checker => {
  const predicate = (holds: StateProperty["holds"], role?: string) =>
    new Predicate(belonging(program, property, holds, role), program.positions, (read) => {
      const view = program.view(read)
      const remembered = rememberedBy(program, property, read)
      const enabled = enabledBy(program, read)
      return () => holds(view, remembered() as never, enabled)
    })
  const held = predicate(property.holds, roles[property.kind])
  const premise =
    property.premise === undefined
      ? undefined
      : predicate(property.premise, property.kind === "eventually" ? "from" : "premise")
  return {
    property,
    judgedAt: judgedAts[property.kind],
    ...withPremise(
      (frame) => held.evaluate(frame),
      premise === undefined ? undefined : (frame) => premise.evaluate(frame),
      undecidingValue(property)
    ),
    thrown: () => held.thrown ?? premise?.thrown,
    recheck: () => {
      held.recheck()
      premise?.recheck()
    }
  }
}

/** Tests of enabledness in the state that is read, if the program has them. */
const enabledBy =
  (program: Program, read: (position: number) => number): Enabled =>
  (action, steps = "changing") => {
    oneOf({ of: "enabled", name: "steps" }, steps, ["changing", "any"])
    if (program.enabled !== undefined) return program.enabled(read, action, steps)
    throw new TypeError("only properties of whole-state models can ask whether an action is enabled")
  }

/**
 * A property with its premise, an implication: if the premise is false, the answer is `otherwise` and the property is
 * not evaluated. A premise that throws is an error of the property. Without `otherwise`, the premise only marks the
 * states where the property begins.
 */
const withPremise = (
  property: (frame: Int32Array) => number,
  premise: ((frame: Int32Array) => number) | undefined,
  otherwise: number | undefined
): Pick<Checker, "evaluate" | "applies"> => {
  if (premise === undefined) return { evaluate: property, applies: always }
  return {
    evaluate: (frame) => {
      const given = premise(frame)
      if (given === THREW) return THREW
      return given === FALSE && otherwise !== undefined ? otherwise : property(frame)
    },
    applies: (frame) => premise(frame) === TRUE
  }
}

/**
 * The undeciding answer: false for a reachability property, true for one that must hold; `undefined` for `eventually`,
 * which a premise does not answer.
 */
const undecidingValue = ({ kind }: StateProperty): number | undefined => {
  if (kind === "eventually") return undefined
  return kind === "reachable" ? FALSE : TRUE
}

/** Reads the value of a property's observer. */
const rememberedBy = (
  program: Program,
  property: Property<unknown>,
  read: (position: number) => number
): (() => unknown) => {
  const slot = program.observerSlots.get(property.observer)
  if (slot === undefined) return () => undefined
  const position = program.positions.findIndex((each) => each.slot === slot)
  return () => program.remembered(slot, read(position))
}

type NodeProperty = Extract<Property<unknown>, { readonly kind: "nodeInvariant" }>

const nodeChecker = (program: Program, property: NodeProperty): Checker => {
  const predicates = (holds: NodeProperty["holdsAt"], role?: string): ReadonlyArray<Predicate> => {
    const { nodes } = program.view(() => 0) as NodesView<unknown>
    return nodes.map(
      (_, id) =>
        new Predicate(belonging(program, property, holds, role), program.positions, (read) => {
          const node = (program.view(read) as NodesView<unknown>).nodes[id]!
          return () => holds(node as NodeView<never>)
        })
    )
  }
  const atNodes = predicates(property.holdsAt)
  const premises = property.premiseAt === undefined ? undefined : predicates(property.premiseAt, "premise")
  let failed: Predicate | undefined
  const answer = (predicate: Predicate | undefined, frame: Int32Array): number => {
    if (predicate === undefined) return TRUE
    const result = predicate.evaluate(frame)
    if (result === THREW) failed = predicate
    return result
  }
  /** The implication at one node. */
  const at = (node: number, frame: Int32Array): number => {
    const given = answer(premises?.[node], frame)
    if (given === THREW) return THREW
    return given === FALSE ? TRUE : answer(atNodes[node], frame)
  }
  return {
    property,
    judgedAt: "state",
    evaluate: (frame) => {
      for (let node = 0; node < atNodes.length; node++) {
        const result = at(node, frame)
        if (result !== TRUE) return result
      }
      return TRUE
    },
    applies: premises === undefined ? always : (frame) => premises.some((premise) => premise.evaluate(frame) === TRUE),
    thrown: () => failed?.thrown,
    recheck: () => {
      for (const predicate of [...atNodes, ...(premises ?? [])]) predicate.recheck()
    }
  }
}

type StepProperty = Extract<Property<unknown>, { readonly kind: "stepInvariant" }>

const stepChecker = (program: Program, property: StepProperty): Checker => {
  const { positions, slots } = program
  const count = positions.length
  const after = positions.map(({ project, slot }): Position => ({ slot: slot + slots, project }))
  const extras = Array.from({ length: STEP_EXTRAS }, (_, index): Position => ({
    slot: 2 * slots + index,
    project: undefined
  }))
  const predicate = (holds: StepProperty["holdsAcross"], role?: string) =>
    new Predicate(belonging(program, property, holds, role), [...positions, ...after, ...extras], (read) => {
      const before = program.view(read)
      const next = program.view((position) => read(position + count))
      const step: StepView = Object.freeze({
        get action() {
          return program.actions[read(2 * count)]!.name
        },
        get observations() {
          return program.observations(read(2 * count + 1))
        },
        get node() {
          const node = read(2 * count + 2) - 1
          return node < 0 ? undefined : node
        }
      })
      return () => holds(before, next, step)
    })
  const held = predicate(property.holdsAcross)
  const premise = property.premiseAcross === undefined ? undefined : predicate(property.premiseAcross, "premise")
  return {
    property,
    judgedAt: "step",
    ...withPremise(
      (frame) => held.evaluate(frame),
      premise === undefined ? undefined : (frame) => premise.evaluate(frame),
      TRUE
    ),
    thrown: () => held.thrown ?? premise?.thrown,
    recheck: () => {
      held.recheck()
      premise?.recheck()
    }
  }
}

/** The truth value that decides a property: true for a reachability property, false for any other. */
export const decidingValue = (property: Property<unknown>): number => (property.kind === "reachable" ? TRUE : FALSE)
