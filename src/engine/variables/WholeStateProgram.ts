/**
 * A whole-state model as a program: each action's reads are recorded, so its Effect runs once per distinct combination
 * of the values it read, independent of the number of states that share them.
 */
import type { WholeState } from "../../model/index.ts"
import { ActionCosts } from "./ActionCosts.ts"
import { ActionRuns } from "./ActionRuns.ts"
import { HashLanes } from "../interning/ContentHash.ts"
import { CHOICE, DecisionTrie, LEAF, UNKNOWN } from "../memo/DecisionTrie.ts"
import { endingsOf } from "../predicates/Endings.ts"
import { GuardCounts } from "../memo/GuardCounts.ts"
import { constraintOf } from "./Constraint.ts"
import { isEnabled } from "../predicates/Enabled.ts"
import { initialStatesOf, vectorOf } from "./InitialStates.ts"
import { MOST_WAYS, tooManyWays } from "../memo/HandlerMemo.ts"
import { Interner } from "../interning/Interner.ts"
import { callModelCode, type ModelCode } from "../execution/ModelCode.ts"
import { brief, ModelRefused, Refusal, refuseNoChoice } from "../execution/ModelRefused.ts"
import type { ProgramOptions } from "../nodes/NodesProgram.ts"
import { type Program, type Snapshot, type StepDescription, Successors } from "../Program.ts"
import { SpotChecks } from "../memo/SpotChecks.ts"
import { admitBy, refusalOf } from "../execution/StrictRunner.ts"

type IdAt = (slot: number) => number
type Choices = ReadonlyArray<number>

const otherPath = (): Refusal =>
  new Refusal("is not deterministic", "it read or chose something else than before in equal states")

/** Builds the program of a whole-state model. Throws `ModelRefused`. */
export const wholeStateProgram = (model: WholeState<unknown>, options: ProgramOptions): Program => {
  const { instances } = model
  const width = model.slots.length
  const slots = Math.max(2, width)
  const interners = model.slots.map(({ schema }) => new Interner(admitBy(schema)))
  const actionOf = Int32Array.from(instances, ({ action }) => model.actions.indexOf(action))
  const runs = new ActionRuns()
  const costs = new ActionCosts(model)
  const guards = new GuardCounts(model.actions)
  const trie = new DecisionTrie()
  const roots = Int32Array.from(instances, () => trie.node())
  // Leaves: 0 is disabled, otherwise an offset into `edits`: count, (slot, value)*.
  let edits = new Int32Array(1024)
  let editCount = 1

  const codeOf = (instance: number, state: Int32Array | undefined): ModelCode => ({
    where: `action ${instances[instance]!.label}`,
    input: state === undefined ? "" : brief(snapshot(state)),
    written: instances[instance]!.run
  })

  const refused = (thrown: unknown, instance: number, state: Int32Array | undefined): ModelRefused =>
    refusalOf(thrown).of({ system: model.name, ...codeOf(instance, state) })

  const record = (writes: ReadonlyMap<number, unknown>): number => {
    const offset = editCount
    const needed = offset + 1 + 2 * writes.size
    if (needed > edits.length) {
      const larger = new Int32Array(Math.max(needed, edits.length * 2))
      larger.set(edits)
      edits = larger
    }
    edits[editCount++] = writes.size
    for (const [slot, value] of writes) {
      edits[editCount++] = slot
      edits[editCount++] = interners[slot]!.intern(value)
    }
    return offset
  }

  /**
   * Runs an action in a state with the given choices, then first alternatives, and adds that path to its trie. `state`
   * is for messages alone: absent if only the ids of some slots are available.
   */
  const recordPathOnce = (instance: number, idAt: IdAt, state: Int32Array | undefined, choices: Choices): void => {
    const { action, run } = instances[instance]!
    let node = roots[instance]!
    let chosen = 0
    const values = new Map<number, unknown>()
    const follow = (position: number, result: number, edge: number): void => {
      if (trie.position(node) === UNKNOWN) trie.settle(node, position, result)
      else if (trie.position(node) !== position || trie.result(node) !== result) throw otherPath()
      node = trie.extend(node, edge)
    }
    const read = (slot: number): unknown => {
      if (!values.has(slot)) {
        const id = idAt(slot)
        costs.read(action, slot)
        values.set(slot, interners[slot]!.values[id])
        follow(slot, 0, id)
      }
      return values.get(slot)
    }
    const choose = (alternatives: number): number => {
      refuseNoChoice(alternatives)
      if (alternatives > MOST_WAYS) throw tooManyWays(`it chose among ${alternatives} alternatives`)
      const choice = choices[chosen++] ?? 0
      follow(CHOICE, alternatives, choice)
      return choice
    }
    costs.ran(action)
    const writes = callModelCode(
      () => codeOf(instance, state),
      () => runs.run(run, read, choose)
    )
    if (trie.position(node) === LEAF) {
      const before = describeEdits(trie.result(node))
      const now = writes === undefined ? 0 : record(writes)
      if (before !== describeEdits(now)) {
        const results = `${written(trie.result(node))} first, and then ${written(now)}`
        throw new Refusal("is not deterministic", `it wrote something else than before in equal states: ${results}`)
      }
      return
    }
    if (trie.position(node) !== UNKNOWN) throw otherPath()
    guards.count(action, writes !== undefined)
    trie.settle(node, LEAF, writes === undefined ? 0 : record(writes))
  }

  const describeEdits = (offset: number): string =>
    offset === 0 ? "disabled" : edits.subarray(offset, offset + 1 + 2 * edits[offset]!).join(",")

  const spots = new SpotChecks<number>()

  /** The written values, in short. */
  const written = (offset: number): string => {
    if (offset === 0) return "disabled"
    const places = Array.from({ length: edits[offset]! }, (_, index) => offset + 1 + 2 * index)
    return brief(
      Object.fromEntries(places.map((at) => [model.slots[edits[at]!]!.name, valueOf(edits[at]!, edits[at + 1]!)]))
    )
  }

  const recordPath = (instance: number, idAt: IdAt, choices: Choices, state?: Int32Array) => {
    const run = (at: IdAt, of: Int32Array | undefined): void => {
      try {
        recordPathOnce(instance, at, of, choices)
      } catch (thrown) {
        throw refused(thrown, instance, of)
      }
    }
    const stored = state?.slice()
    // A property that tests an action's enabledness supplies only the ids that the action read.
    const ids = new Map<number, number>()
    const storing = (slot: number): number => ids.set(slot, idAt(slot)).get(slot)!
    run(stored === undefined ? storing : idAt, state)
    spots.called(instance, () => run((slot) => (stored === undefined ? ids.get(slot)! : stored[slot]!), stored))
    if (options.checkDeterminism) run(idAt, state)
  }

  const emit = (instance: number, offset: number, out: Successors): void => {
    let at = offset
    const count = edits[at++]!
    const into = out.reserve(4 + 2 * count)
    let to = out.length
    into[to] = actionOf[instance]!
    into[to + 1] = 0
    into[to + 2] = -1
    into[to + 3] = count
    to += 4
    for (const end = at + 2 * count; at < end; at++) into[to++] = edits[at]!
    out.length = to
    out.count++
  }

  /** Walks the trie from a node on; stops at a leaf, a choice, or (0) at a missing edge. */
  const descend = (from: number, state: Int32Array): number => {
    let node = from
    let position = trie.position(node)
    while (position >= 0) {
      node = trie.child(node, state[position]!)
      position = trie.position(node)
    }
    return position === UNKNOWN ? 0 : node
  }

  /** Number of leaves behind choices, since the expansion of the action began. */
  let ways = 0

  /** The successors by one action behind a node of its trie; missing paths are run and added. */
  const expandFrom = (instance: number, from: number, state: Int32Array, choices: Choices, out: Successors): void => {
    if (choices.length === 0) ways = 0
    let node = descend(from, state)
    if (node === 0) {
      recordPath(instance, (slot) => state[slot]!, choices, state)
      node = descend(from, state)
    }
    if (trie.position(node) === LEAF) {
      if (choices.length > 0 && ++ways > MOST_WAYS) {
        throw refused(tooManyWays("what it chooses multiplies"), instance, state)
      }
      if (trie.result(node) !== 0) emit(instance, trie.result(node), out)
      return
    }
    for (let alternative = 0; alternative < trie.result(node); alternative++) {
      const path = [...choices, alternative]
      if (trie.child(node, alternative) === 0) recordPath(instance, (slot) => state[slot]!, path, state)
      expandFrom(instance, trie.child(node, alternative), state, path, out)
    }
  }

  const noChoices: Choices = []

  /**
   * Expands a state. The hot path walks the arrays of the trie itself; `expandFrom` handles all but existing leaves.
   */
  const expand = (state: Int32Array, out: Successors): void => {
    let { edges, nodes } = trie
    for (let instance = 0; instance < roots.length; instance++) {
      let node = roots[instance]!
      let position = nodes[node]!
      while (position >= 0) {
        const value = state[position]!
        node = value < nodes[node + 3]! ? edges[nodes[node + 2]! + value]! : trie.child(node, value)
        position = nodes[node]!
      }
      if (position === LEAF) {
        const offset = nodes[node + 1]!
        if (offset !== 0) emit(instance, offset, out)
        continue
      }
      expandFrom(instance, roots[instance]!, state, noChoices, out)
      edges = trie.edges
      nodes = trie.nodes
    }
  }

  const fairnessClassesOf = (state: Int32Array): ReadonlyArray<number> => {
    const out = new Successors()
    return instances.flatMap((_, instance) => {
      const before = out.count
      expandFrom(instance, roots[instance]!, state, noChoices, out)
      return Array.from({ length: out.count - before }, () => instance)
    })
  }

  const describeStep = (state: Int32Array, ordinal: number): StepDescription => {
    const out = new Successors()
    for (let instance = 0; instance < roots.length; instance++) {
      const before = out.count
      expandFrom(instance, roots[instance]!, state, noChoices, out)
      if (ordinal < out.count) {
        const { label } = instances[instance]!
        const several = out.count - before > 1 ? `, choice ${ordinal - before}` : ""
        const action = actionOf[instance]!
        return {
          kind: "action",
          action,
          label: label + several,
          node: undefined,
          received: undefined,
          sent: [],
          unsent: [],
          observations: []
        }
      }
    }
    throw new RangeError(`no successor ${ordinal}`)
  }

  const valueOf = (slot: number, id: number): unknown => interners[slot]!.values[id]

  const snapshot = (state: Int32Array): Snapshot =>
    Object.fromEntries(model.slots.map(({ name }, slot) => [name, valueOf(slot, state[slot]!)]))

  const view = (read: (position: number) => number): unknown => {
    const shown = {}
    for (const { first, name, size } of model.variables) {
      const member = (index: number) => ({ get: () => valueOf(first + index, read(first + index)), enumerable: true })
      if (size === undefined) {
        Object.defineProperty(shown, name, member(0))
        continue
      }
      const family: Array<unknown> = []
      for (let index = 0; index < size; index++) Object.defineProperty(family, index, member(index))
      Object.defineProperty(shown, name, { value: Object.freeze(family), enumerable: true })
    }
    return Object.freeze(shown)
  }

  /** Walks like `descend`, by the ids that `read` returns. */
  const descendBy = (start: number, read: IdAt): number => {
    let node = start
    while (trie.position(node) >= 0) node = trie.child(node, read(trie.position(node)))
    return trie.position(node) === UNKNOWN ? 0 : node
  }

  /** True if `is` is true of one of the ways to take an instance, in the state whose ids `read` returns. */
  const someWay = (
    instance: number,
    read: IdAt,
    is: (edits: Int32Array, first: number, end: number) => boolean
  ): boolean => {
    const from = (start: number, choices: Choices): boolean => {
      let node = descendBy(start, read)
      if (node === 0) {
        recordPath(instance, read, choices)
        node = descendBy(start, read)
      }
      if (trie.position(node) === LEAF) {
        const offset = trie.result(node)
        return offset !== 0 && is(edits, offset + 1, offset + 1 + 2 * edits[offset]!)
      }
      for (let alternative = 0; alternative < trie.result(node); alternative++) {
        const path = [...choices, alternative]
        if (trie.child(node, alternative) === 0) recordPath(instance, read, path)
        if (from(trie.child(node, alternative), path)) return true
      }
      return false
    }
    return from(roots[instance]!, noChoices)
  }

  const padding = new HashLanes()
  const positions = model.slots.map((_, slot) => ({ slot, project: undefined }))
  const shown = { slots, positions, view, snapshot, runsTwice: options.checkDeterminism }
  const constraints = constraintOf(model, shown)
  const endings = endingsOf(model, shown)
  return {
    system: model.name,
    runsTwice: options.checkDeterminism,
    slots,
    actions: model.actions.map((name) => ({ name, fault: model.faults.has(name) })),
    initial: initialStatesOf(model, interners, shown),
    ...constraints,
    enabled: (read, name, steps) => isEnabled({ actions: model.actions, instances, some: someWay }, read, name, steps),
    vectorOf: (state) => vectorOf(model, interners, slots, state),
    hashes: Array.from({ length: slots }, (_, slot) => interners[slot]?.hashes ?? padding),
    expand,
    fairnessClasses: instances.map(({ action, label }) => ({
      action: model.actions.indexOf(action),
      ...(label === action ? {} : { label })
    })),
    fairnessClassesOf,
    ...endings,
    describeStep,
    codeBehind: ({ label }) => ({ code: `action ${label}`, guard: undefined }),
    recheck: () => [spots, constraints, endings].forEach((each) => each.recheck()),
    snapshot,
    positions,
    view,
    observerSlots: new Map(),
    remembered: () => undefined,
    observations: () => [],
    guards: () => model.actions.map((name) => guards.get(name)),
    outcomes: () => null,
    handlerRuns: () => runs.runs,
    costs: () => costs.all((slot) => interners[slot]!.values.length)
  }
}
