/**
 * Workloads of every kind: what may be invoked next, where, and whether anything is left.
 */
import { describe, expect, test } from "vitest"
import { Machine, System, Topology, Workload } from "../../model/index.ts"
import { Schema } from "effect"
import { type Environment, initialEnvironment, type SessionState } from "./Environment.ts"
import { nameInSession, NodeWorkload, operationsOf } from "./NodeWorkload.ts"

const [a, b, c, d] = ["A", "B", "C", "D"].map((_tag) => ({ _tag })) as [Op, Op, Op, Op]
interface Op {
  readonly _tag: string
}

const systemOf = (workload: Workload, size = 3) => {
  const machine = Machine.make("idle", { state: Schema.Null, initial: () => null }).handlers({})
  return System.make("asked", { machine, topology: Topology.allToAll(size), workload })
}
const startOf = (workload: Workload): Environment =>
  initialEnvironment(systemOf(workload), { causal: false, timed: false })

const own = { draws: false, session: undefined }
const everywhere = () => true
const nowhere = () => false

test("the operations of a workload, and who may be asked for each", () => {
  const all = (workload: Workload) => ({
    operations: operationsOf(workload),
    asked: new NodeWorkload(systemOf(workload)).all().map(({ node, operation }) => `${node} ${operation._tag}`)
  })
  expect(all(Workload.script([[a, b], [], [c]]))).toEqual({ operations: [a, b, c], asked: ["0 A", "0 B", "2 C"] })
  expect(all(Workload.anyOrder([[], [b, a]]))).toEqual({ operations: [b, a], asked: ["1 B", "1 A"] })
  expect(all(Workload.drawn(1, [a, b]))).toEqual({
    operations: [a, b],
    asked: ["0 A", "0 B", "1 A", "1 B", "2 A", "2 B"]
  })
  expect(all(Workload.drawn(5, [a], { nodes: [2, 0] }))).toEqual({ operations: [a], asked: ["2 A", "0 A"] })
  const sessions = Workload.sessions([[{ at: [1, 0], operation: a }], [{ at: 2, operation: b }]])
  expect(all(sessions)).toEqual({ operations: [a, b], asked: ["1 A", "0 A", "2 B"] })
  expect(all(Workload.none)).toEqual({ operations: [], asked: [] })
})

describe("a script", () => {
  const workload = Workload.script([[a, b], [], [c]])

  test("lets a node be asked for its next operation, named by its place", () => {
    const next = (node: number, progress: number) =>
      new NodeWorkload(systemOf(workload)).next(node, progress, startOf(workload))
    expect(next(0, 0)).toEqual([{ operation: a, id: "n0.0", progress: 1, ...own }])
    expect(next(0, 1)).toEqual([{ operation: b, id: "n0.1", progress: 2, ...own }])
    expect(next(2, 0)).toEqual([{ operation: c, id: "n2.0", progress: 1, ...own }])
    expect([next(0, 2), next(1, 0), next(3, 0)]).toEqual([[], [], []])
  })

  test("leaves a node work until its last operation was invoked", () => {
    const asked = new NodeWorkload(systemOf(Workload.script([[a, b], []])))
    const left = [asked.hasWork(0, 0), asked.hasWork(0, 1), asked.hasWork(0, 2), asked.hasWork(1, 0)]
    // Node 2 has no script at all.
    expect([...left, asked.hasWork(2, 0)]).toEqual([true, true, false, false, false])
    expect([asked.hasSharedWork(startOf(workload), everywhere), asked.mayDraw(0)]).toEqual([false, false])
  })
})

describe("operations in any order", () => {
  const workload = Workload.anyOrder([[a, b, c], [d]])

  test("may each be asked once: progress is a bit for each", () => {
    const asked = new NodeWorkload(systemOf(workload))
    const next = (node: number, progress: number) => asked.next(node, progress, startOf(workload))
    expect(next(0, 0b000)).toEqual([
      { operation: a, id: "n0.0", progress: 0b001, ...own },
      { operation: b, id: "n0.1", progress: 0b010, ...own },
      { operation: c, id: "n0.2", progress: 0b100, ...own }
    ])
    expect(next(0, 0b101)).toEqual([{ operation: b, id: "n0.1", progress: 0b111, ...own }])
    expect([next(0, 0b111), next(1, 0b1), next(2, 0)]).toEqual([[], [], []])
  })

  test("leave a node work until every bit is set", () => {
    const asked = new NodeWorkload(systemOf(workload))
    const left = [0b000, 0b011, 0b110, 0b111].map((progress) => asked.hasWork(0, progress))
    expect([...left, asked.hasWork(1, 0), asked.hasWork(2, 0)]).toEqual([true, true, true, false, true, false])
    expect(asked.hasSharedWork(startOf(workload), everywhere)).toBe(false)
  })
})

describe("drawn operations", () => {
  test("may be any of those given, at any node, while there are some left to draw", () => {
    const workload = Workload.drawn(2, [a, b])
    const asked = new NodeWorkload(systemOf(workload))
    expect(asked.next(2, 4, startOf(workload))).toEqual([
      { operation: a, id: "n2.4", progress: 5, draws: true, session: undefined },
      { operation: b, id: "n2.4", progress: 5, draws: true, session: undefined }
    ])
    expect(asked.next(2, 4, { ...startOf(workload), draw: 0 })).toEqual([])
    expect([0, 1, 2].map((node) => asked.mayDraw(node))).toEqual([true, true, true])
    // They are nobody's own.
    expect(asked.hasWork(0, 0)).toBe(false)
  })

  test("are asked only of the nodes that are named", () => {
    const workload = Workload.drawn(1, [a], { nodes: [1] })
    const asked = new NodeWorkload(systemOf(workload))
    expect([0, 1, 2].map((node) => asked.mayDraw(node))).toEqual([false, true, false])
    expect([0, 1].map((node) => asked.next(node, 0, startOf(workload)).length)).toEqual([0, 1])
  })

  test("are left while one may be drawn at a node that can be asked", () => {
    const left = (workload: Workload, canBeAsked: (node: number) => boolean, draw = 1) =>
      new NodeWorkload(systemOf(workload)).hasSharedWork({ ...startOf(workload), draw }, canBeAsked)
    const anywhere = Workload.drawn(1, [a])
    expect([left(anywhere, everywhere), left(anywhere, nowhere), left(anywhere, everywhere, 0)]).toEqual([
      true,
      false,
      false
    ])
    expect(left(anywhere, (node) => node === 2)).toBe(true)
    const last = Workload.drawn(1, [a], { nodes: [2] })
    expect([left(last, (node) => node === 2), left(last, (node) => node !== 2)]).toEqual([true, false])
    // There is no fourth node, whoever could be asked.
    expect(left(anywhere, (node) => node === 3)).toBe(false)
  })
})

describe("sessions", () => {
  const workload = Workload.sessions([
    [
      { at: 0, operation: a },
      { at: [0, 1], operation: b }
    ],
    [{ at: 1, operation: c }]
  ])
  const start: SessionState = { next: 0, waiting: false, past: null, answeredAt: null }
  const at = (...states: ReadonlyArray<SessionState>): Environment => ({ ...startOf(workload), sessions: states })
  const asked = () => new NodeWorkload(systemOf(workload))
  const step = (operation: Op, id: string, session: number) => ({ operation, id, progress: 7, draws: false, session })

  test("ask the node of their next step, which keeps its progress", () => {
    expect(asked().next(0, 7, at(start, start))).toEqual([step(a, "s0.0", 0)])
    expect(asked().next(1, 7, at(start, start))).toEqual([step(c, "s1.0", 1)])
    expect(asked().next(2, 7, at(start, start))).toEqual([])
    expect(asked().next(1, 7, at({ ...start, next: 1 }, start))).toEqual([step(b, "s0.1", 0), step(c, "s1.0", 1)])
    expect(asked().next(0, 7, at({ ...start, next: 1 }, start))).toEqual([step(b, "s0.1", 0)])
    expect(nameInSession(3, 12)).toBe("s3.12")
  })

  test("ask nothing while they wait, and nothing after their last step", () => {
    expect(asked().next(0, 7, at({ ...start, waiting: true }, start))).toEqual([])
    expect(asked().next(1, 7, at({ ...start, next: 2 }, { ...start, next: 1 }))).toEqual([])
    const { sessions: _, ...without } = at()
    expect(asked().next(0, 7, without)).toEqual([])
  })

  test("are work that is shared, while one can go on at a node that can be asked", () => {
    const left = (environment: Environment, canBeAsked = everywhere as (node: number) => boolean) =>
      asked().hasSharedWork(environment, canBeAsked)
    const done = { ...start, next: 2 }
    const doneToo = { ...start, next: 1 }
    expect([left(at(start, start)), left(at(done, start)), left(at(done, doneToo))]).toEqual([true, true, false])
    expect(left(at({ ...start, waiting: true }, { ...start, waiting: true }))).toBe(false)
    expect(left(at(start, doneToo), (node) => node === 1)).toBe(false)
    // The second step of the first session can be taken at node 1.
    expect(left(at({ ...start, next: 1 }, doneToo), (node) => node === 1)).toBe(true)
    expect([asked().hasWork(0, 0), asked().mayDraw(0)]).toEqual([false, false])
  })
})

describe("refused is a workload", () => {
  const many = (count: number) => Array.from({ length: count }, () => a)
  const stranger = (at: number | ReadonlyArray<number>) =>
    Workload.sessions([[{ at: 0, operation: a }], [{ at, operation: a }]])

  test.each([
    ["of sessions with a node", stranger([1, 3]), "a session asks node 3, but there are 3 nodes"],
    [
      "of drawn operations with a node",
      Workload.drawn(1, [a], { nodes: [0, 5] }),
      "operations are drawn at node 5, but there are 3 nodes"
    ],
    ["of scripts for nodes", Workload.script([[], [], [], [a]]), "operations for 4 nodes, but there are 3"]
  ])("%s that there is not", (_, workload, detail) => {
    expect(() => new NodeWorkload(systemOf(workload))).toThrow(
      expect.objectContaining({
        system: "asked",
        where: "workload",
        offence: "is not composed correctly",
        input: "",
        detail
      })
    )
  })

  test("of more operations in any order than an integer has bits for; a script may be longer", () => {
    expect(() => new NodeWorkload(systemOf(Workload.anyOrder([[a], many(31)])))).toThrow(
      expect.objectContaining({ detail: "more than 30 operations in any order at one node" })
    )
    const longest = new NodeWorkload(systemOf(Workload.anyOrder([many(30)])))
    expect([longest.hasWork(0, 2 ** 30 - 2), longest.hasWork(0, 2 ** 30 - 1)]).toEqual([true, false])
    const last = longest.next(0, 2 ** 29 - 1, startOf(Workload.none))
    expect(last).toEqual([{ operation: a, id: "n0.29", progress: 2 ** 30 - 1, ...own }])
    expect(new NodeWorkload(systemOf(Workload.script([many(31), [], []]))).hasWork(0, 30)).toBe(true)
  })
})
