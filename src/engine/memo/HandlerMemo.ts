/**
 * Runs each distinct handler call once. A call is (handler, local state, input) and the answers of the services to the
 * handler's requests. The answers form a tree; each path of it is run when it is first needed.
 */
import type { AnyHandler, ClockModel, Machine } from "../../model/index.ts"
import { canonicalKey } from "../interning/Canonical.ts"
import { type ClockZone, readings } from "../tracking/ClockZone.ts"
import { type Ask, type HandlerCommand, HandlerCalls, type HandlerRun, NoAnswer } from "../execution/HandlerCall.ts"
import type { Interner } from "../interning/Interner.ts"
import { brief, ModelRefused, Refusal, refuseNoChoice } from "../execution/ModelRefused.ts"
import { callModelCode, type ModelCode } from "../execution/ModelCode.ts"
import { PairTable } from "../interning/PairTable.ts"
import { SpotChecks } from "./SpotChecks.ts"
import { refusalOf } from "../execution/StrictRunner.ts"
import { isThrown } from "../execution/ThrownText.ts"

/** One handler of one machine. */
export interface HandlerKey {
  readonly machine: Machine<unknown>
  /** Such as `Put` or `timeout retry`. */
  readonly name: string
  readonly handler: AnyHandler
  /** Number of this handler in the system. */
  readonly index: number
}

/** Answers of the services to a call's requests. */
export interface CallContext {
  readonly self: number
  readonly operation: string | undefined
  readonly sender: number | undefined
  readonly neighbours: ReadonlyArray<number>
  readonly zone: ClockZone | undefined
  /** Called if the call reads a clock that can show no further value because its horizon is passed. */
  readonly outOfTime?: () => void
}

/** Result of a call. */
export interface HandlerResult {
  /** The next local state's id in the machine's interner. */
  readonly local: number
  readonly commands: ReadonlyArray<HandlerCommand>
}

/** Visits one way a call can go, with the clock zone afterwards and the labels of the alternatives taken. */
export type VisitResult = (outcome: HandlerResult, zone: ClockZone | undefined, picks: ReadonlyArray<string>) => void

interface AnswerNode {
  ask: Ask | undefined
  outcome: HandlerResult | undefined
  readonly children: Map<string, AnswerNode>
}

interface Option {
  readonly answer: unknown
  readonly zone: ClockZone | undefined
  readonly pick: string | undefined
}

/**
 * Maximum number of ways one call can go. All of them are successors of one state, and no limit of the search is
 * checked between them.
 */
export const MOST_WAYS = 65_536

/** The refusal of a call that can go in more than `MOST_WAYS` ways. */
export const tooManyWays = (why: string): Refusal =>
  new Refusal("can go in too many ways", `${why}; at most ${MOST_WAYS} ways are tried`)

/** The memo of all handlers of a system. */
export class HandlerMemo {
  readonly calls = new HandlerCalls()
  private readonly inputs = new PairTable()
  private readonly table = new PairTable()
  private readonly roots: Array<AnswerNode> = []
  private readonly spots = new SpotChecks<HandlerKey>()
  private readonly system: string
  private readonly clocks: ClockModel | undefined
  private readonly runTwice: boolean

  constructor(system: string, clocks: ClockModel | undefined, runTwice: boolean) {
    this.system = system
    this.clocks = clocks
    this.runTwice = runTwice
  }

  /** Visits every result of a call in a fixed order. `inputId` identifies the input among this handler's inputs. */
  outcomes(
    key: HandlerKey,
    locals: Interner,
    local: number,
    inputId: number,
    input: unknown,
    context: CallContext,
    visit: VisitResult
  ): void {
    const id = this.table.put(local, this.inputs.put(key.index, inputId))
    const root = (this.roots[id] ??= hollow())
    const call = { key, locals, state: locals.values[local], input, context, root }
    let ways = 0
    this.guarded(call, () =>
      this.walk(call, root, [], context.zone, [], (outcome, zone, picks) => {
        if (++ways > MOST_WAYS) throw tooManyWays("what it chooses, and reads of its clock, multiplies")
        visit(outcome, zone, picks)
      })
    )
  }

  /** Runs some handler calls again. Throws `ModelRefused` if one differs. */
  recheck(): void {
    this.spots.recheck()
  }

  private guarded({ input, key, state }: Call, run: () => void): void {
    try {
      run()
    } catch (thrown) {
      if (isThrown(thrown, ModelRefused)) throw thrown
      throw this.refused(refusalOf(thrown), key, state, input)
    }
  }

  /** The error for a failure in a handler. */
  refused(refusal: Refusal, key: HandlerKey, state: unknown, input: unknown): ModelRefused {
    return refusal.of({ system: this.system, ...handlerCode(key, state, input) })
  }

  private walk(
    call: Call,
    node: AnswerNode,
    answers: ReadonlyArray<unknown>,
    zone: ClockZone | undefined,
    picks: ReadonlyArray<string>,
    visit: VisitResult
  ): void {
    if (node.ask === undefined && node.outcome === undefined) this.record(call, answers, zone)
    if (node.outcome !== undefined) return visit(node.outcome, zone, picks)
    const options = this.options(node.ask!, call.context, zone)
    if (options.length === 0) call.context.outOfTime?.()
    for (const option of options) {
      const child = childOf(node, option.answer)
      const next = option.pick === undefined ? picks : [...picks, option.pick]
      this.walk(call, child, [...answers, option.answer], option.zone, next, visit)
    }
  }

  /** Runs the handler with the given answers and then the first possible ones, and adds that path to the tree. */
  private record(call: Call, answers: ReadonlyArray<unknown>, zone: ClockZone | undefined): void {
    this.runOnce(call, answers, zone)
    this.spots.called(call.key, () => this.guarded(call, () => this.runOnce(call, answers, zone)))
    if (this.runTwice) this.runOnce(call, answers, zone)
  }

  private runOnce(call: Call, answers: ReadonlyArray<unknown>, zone: ClockZone | undefined): void {
    let node = call.root
    let requests = 0
    let now = zone
    const oracle = (ask: Ask): unknown => {
      if (node.outcome !== undefined || (node.ask !== undefined && nameOf(node.ask) !== nameOf(ask))) {
        throw new Refusal("is not deterministic", `it asked for ${nameOf(ask)} where it did not before`)
      }
      node.ask = ask
      const given = requests++
      if (given < answers.length) {
        node = childOf(node, answers[given])
        return answers[given]
      }
      const option = this.options(ask, call.context, now)[0]
      if (option === undefined) throw new NoAnswer()
      now = option.zone
      node = childOf(node, option.answer)
      return option.answer
    }
    const { input, key: handler, state } = call
    const run = callModelCode(
      () => handlerCode(handler, state, input),
      () => this.calls.run(handler.handler, state, input, oracle)
    )
    if (run === undefined) return
    if (node.ask !== undefined) throw new Refusal("is not deterministic", `it no longer asked for ${nameOf(node.ask)}`)
    const local = call.locals.intern(run.state)
    if (node.outcome !== undefined && canonicalKey(node.outcome) !== canonicalKey({ local, commands: run.commands })) {
      throw new Refusal("is not deterministic", difference(call, node.outcome, run))
    }
    node.outcome ??= { local, commands: run.commands }
  }

  private options(ask: Ask, context: CallContext, zone: ClockZone | undefined): ReadonlyArray<Option> {
    const only = (answer: unknown): ReadonlyArray<Option> => [{ answer, zone, pick: undefined }]
    switch (ask.kind) {
      case "self":
        return only(context.self)
      case "neighbours":
        return only(context.neighbours)
      case "operation":
        if (context.operation === undefined) throw new Refusal("asked for an operation outside an operation's handler")
        return only(context.operation)
      case "sender":
        if (context.sender === undefined) throw new Refusal("asked for a sender outside a message's handler")
        return only(context.sender)
      case "choice":
        refuseNoChoice(ask.alternatives)
        if (ask.alternatives > MOST_WAYS) throw tooManyWays(`it chose among ${ask.alternatives} alternatives`)
        return Array.from({ length: ask.alternatives }, (_, answer) => ({ answer, zone, pick: `choice ${answer}` }))
      case "clock":
        if (this.clocks === undefined || zone === undefined) {
          throw new Refusal("read a clock the system does not have")
        }
        return this.read(this.clocks, context.self, zone)
    }
  }

  /** The possible readings of a clock. Throws `Refusal` if there are more than `MOST_WAYS`. */
  private read(clocks: ClockModel, node: number, zone: ClockZone): ReadonlyArray<Option> {
    const options: Array<Option> = []
    for (const { after, value } of readings(clocks, node, zone)) {
      if (options.length === MOST_WAYS) {
        throw tooManyWays(`it read a clock whose horizon is ${clocks.horizon}, at moment ${zone.least} or later`)
      }
      options.push({ answer: value, zone: after, pick: `clock ${value}` })
    }
    return options
  }
}

interface Call {
  readonly key: HandlerKey
  readonly locals: Interner
  readonly state: unknown
  readonly input: unknown
  readonly context: CallContext
  readonly root: AnswerNode
}

const handlerCode = (key: HandlerKey, state: unknown, input: unknown): ModelCode => ({
  where: `machine ${key.machine.name}, handler ${key.name}`,
  input: `${input === undefined ? "" : `${brief(input)} `}in state ${brief(state)}`,
  written: key.handler
})

/** Describes both results of a call that was run twice. */
const difference = ({ locals }: Call, before: HandlerResult, now: HandlerRun): string => {
  const state = brief(now.state)
  const existing = locals.values[before.local]
  if (canonicalKey(existing) !== canonicalKey(now.state))
    return `it returned ${brief(existing)} first, and then ${state}`
  return `it returned ${state} and did other things than before: ${brief(before.commands)} first, and then ${brief(now.commands)}`
}

const hollow = (): AnswerNode => ({ ask: undefined, outcome: undefined, children: new Map() })

const childOf = (node: AnswerNode, answer: unknown): AnswerNode => {
  const key = String(answer)
  const existing = node.children.get(key)
  if (existing !== undefined) return existing
  const fresh = hollow()
  node.children.set(key, fresh)
  return fresh
}

/** The request in words; two requests with the same words are equal. */
const nameOf = (ask: Ask): string => (ask.kind === "choice" ? `one of ${ask.alternatives}` : ask.kind)
