/**
 * Correspondences between states of published specifications and the models here, for traces that other tools write.
 */
import type { Entry } from "plait"

type State = { readonly [variable: string]: unknown }

const sorted = (values: Iterable<unknown>): ReadonlyArray<string> => [...values].map(String).sort()

const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined

/** TwoPhase.tla: `rmState`, `tmState`, `tmPrepared` and `msgs`; resource managers are numbered in the order of their names. */
const twoPhase = ({ msgs, rmState, tmPrepared, tmState }: State): State => {
  const states = rmState instanceof Map ? rmState : new Map<unknown, unknown>()
  const names = sorted(states.keys())
  const said = (message: unknown): string => {
    const type = String(field(message, "type") ?? field(message, "tag")).toLowerCase()
    return type === "prepared"
      ? `prepared ${names.indexOf(String(field(message, "rm") ?? field(message, "value")))}`
      : type
  }
  const byName = new Map([...states].map(([name, state]) => [String(name), state]))
  return {
    ...Object.fromEntries(names.map((name, index) => [`resource[${index}]`, byName.get(name)])),
    manager: tmState,
    ...(tmPrepared instanceof Set
      ? { prepared: new Set([...tmPrepared].map((name) => names.indexOf(String(name)))) }
      : {}),
    ...(msgs instanceof Set ? { messages: new Set([...msgs].map(said)) } : {})
  }
}

const correspondences: { readonly [model: string]: (state: State) => State } = {
  "two-phase-commit": twoPhase,
  "two-phase-commit-forgetful": twoPhase
}

/** The correspondence for a model: a specific one if it exists, else its variables under their own names. */
export const correspondenceFor = ({ name }: Pick<Entry, "name">): ((state: State) => State) =>
  correspondences[name] ?? (({ "mbt::actionTaken": _taken, "mbt::nondetPicks": _picks, ...state }) => state)
