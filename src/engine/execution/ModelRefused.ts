/**
 * The error of a model that cannot be checked: a handler, an action or a system that breaks the rules on which every
 * verdict rests. It says what happened, where, why that is a problem, and what to change.
 */
import { Schema } from "effect"

/** The rules, each with the most likely cause in the model and the remedy. */
const advice = {
  "went asynchronous":
    "A handler must finish at once. Send a message or set a timer instead of waiting, sleeping or awaiting a promise.",
  "scheduled work":
    "A handler must not fork, yield or sleep: what runs later would be invisible to the explorer. Send a message or set a timer.",
  "read the wall clock":
    "Use LocalClock.now in a handler, whose values the system's Clocks bound; elsewhere, make the time part of the state.",
  "used random numbers":
    "Use Choice.among in a handler or an action: the explorer tries every alternative. Nothing else may choose.",
  "mutated its input": "State and messages are frozen. Return a changed copy.",
  threw: "An exception left the code. If the case cannot happen, say so with a property instead.",
  failed: "A handler has no error channel. Handle the failure, or make it part of the state.",
  "returned no Effect":
    "A handler returns an Effect of the next state: Effect.succeed(next), or a function made by Effect.fnUntraced; never a promise.",
  "returned neither true nor false":
    "A predicate, guard or condition returns true or false at once: no promise, no Effect, no function to call. `rejects` returns a text, or undefined.",
  "returned a value its schema rejects":
    "Correct the schema or the value; what the schema does not mention may not be in it.",
  "used a value that is not plain data":
    "Use structs, records, arrays, sets, maps and primitives; no classes, functions or symbols.",
  "sent to a node that does not exist": "Nodes are numbered from 0; Network.neighbours lists those with a link.",
  "sent over a link the topology lacks": "Send to Network.neighbours, or give the topology the link.",
  "sent a message its destination does not accept": "List the message under `messages` of the destination's machine.",
  "is not deterministic":
    "Two runs with the same state, input and answers differed. Look for Math.random, Date.now, or variables outside the handler.",
  "read a clock the system does not have": "Give the system clocks: Clocks.perfect({ horizon: 3 }), say.",
  "asked for an operation outside an operation's handler":
    "Self.operation is known only while an operation is handled.",
  "asked for a sender outside a message's handler":
    "Network.sender and Network.forward are known only while a message is handled.",
  "chose among no alternatives": "Choice.among takes at least one alternative.",
  "can go in too many ways":
    "Every way is a successor of one state. Choose among fewer alternatives, or in several steps; give the clocks a lower horizon or skew.",
  "may crash in too many ways":
    "Any of its messages may have left before the crash. Send fewer in one handler, or leave out midHandler of Faults.crash.",
  "sent too many messages": "All of them are in flight at once. Send fewer in one handler; is there a loop?",
  "set a timer that has no handler": "Declare it under `timeouts` of the machine.",
  "cancelled a timer that has no handler": "Correct its name, or declare it under `timeouts` of the machine.",
  "has no handler": "Give the machine a handler of this name.",
  "took too many steps":
    "It asked for more than 10,000 things, or took more than 1,000,000 steps of Effect, in one run. Does it loop for ever?",
  "did not return": "One call of it ran until it was ended. Does it loop for ever?",
  "was held up":
    "The process hardly ran meanwhile. If it was stopped, or the machine, run it again; if the code waits, it must not.",
  "names an action that does not exist": "Name actions as reports list them, such as `deliver Replicate`.",
  "is not composed correctly": "Correct the system."
} as const

/** The rule that was broken. */
export type Offence = keyof typeof advice

/** A model that cannot be checked. */
export class ModelRefused extends Schema.TaggedError<ModelRefused>()("ModelRefused", {
  /** The system, or the machine if no system is known. */
  system: Schema.String,
  /** Machine and handler, or the action. */
  where: Schema.String,
  /** The rule that was broken. */
  offence: Schema.Literals(Object.keys(advice) as ReadonlyArray<Offence>),
  /** The state and input of the handler's run, in short. */
  input: Schema.String,
  /** The exact detail: a path with the schema's complaint, or the exception's text. */
  detail: Schema.String
}) {
  /** The author's function or Effect that broke the rule, if available. Not enumerable, because it is not data. */
  declare readonly written: unknown

  override get message(): string {
    const lines = [`${this.system}: ${this.where} ${this.offence}`]
    if (this.detail !== "") lines.push(`  ${this.detail.replaceAll("\n", "\n  ")}`)
    if (this.input !== "") lines.push(`  while handling ${this.input}`)
    return [...lines, `  ${advice[this.offence]}`].join("\n")
  }
}

/** The code that broke a rule, with its system. */
interface Place {
  readonly system: string
  readonly where: string
  readonly input: string
  readonly written?: unknown
}

/** An offence inside the engine, before the system, handler and input are known. */
export class Refusal extends Error {
  readonly offence: Offence
  readonly detail: string
  /** Creates a refusal. `options.cause` is the value the code threw, if that is the offence. */
  constructor(offence: Offence, detail = "", options?: ErrorOptions) {
    super(`${offence}: ${detail}`, options)
    this.offence = offence
    this.detail = detail
  }

  /** The error of the model. Its cause is the value its code threw, whose stack has the line. */
  of({ written, ...place }: Place): ModelRefused {
    const { cause, detail, offence } = this
    const refused = new ModelRefused({ ...place, offence, detail })
    Object.defineProperty(refused, "written", { value: written })
    if (cause !== undefined) refused.cause = cause
    return refused
  }
}

/** Most alternatives of one choice: the engine counts them in 32 bits. */
const MOST_ALTERNATIVES = 2 ** 31 - 1

/** Refuses a choice whose number of alternatives is not a number, such as the length of a value that is not a list. */
export const refuseNoChoice = (alternatives: number): void => {
  if (Number.isInteger(alternatives) && alternatives >= 1 && alternatives <= MOST_ALTERNATIVES) return
  const detail = alternatives === 0 ? "" : `their number is ${String(alternatives)}`
  throw new Refusal("chose among no alternatives", detail)
}

/** A value in one line for messages, cut at 200 characters. */
export const brief = (value: unknown): string => {
  const text = textOf(value)
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}

const textOf = (value: unknown): string => {
  try {
    const text = JSON.stringify(value, (_key, part: unknown) => {
      if (part instanceof Set) return [...part]
      if (part instanceof Map) return hasObject(part.keys()) ? [...part] : Object.fromEntries(part)
      return typeof part === "bigint" ? `${part}n` : part
    })
    return text ?? String(value)
  } catch {
    // The value contains itself, or has too many levels to be written.
    return `a ${typeof value} that cannot be printed`
  }
}

/** True if an object is among keys: an object has no text as the name of a field. */
const hasObject = (keys: Iterable<unknown>): boolean => [...keys].some((key) => typeof key === "object")
