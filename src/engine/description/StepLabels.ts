/**
 * Steps of a system of nodes in the words of traces, and the messages that a step lost.
 */
import type { Envelope, InFlight, Message } from "../../model/index.ts"
import { brief } from "../execution/ModelRefused.ts"
import type { NodeTransition } from "../nodes/NodeTransition.ts"

/** A message or operation in short: its tag and its fields, if it has any. */
export const inWords = ({ _tag, ...rest }: Message): string =>
  Object.keys(rest).length === 0 ? _tag : `${_tag} ${brief(rest)}`

/**
 * The label of a step at a node. If a crash may or may not break connections, the label of one that breaks them says
 * so.
 */
export const labelOf = (node: number, transition: NodeTransition, inFlight: InFlight): string => {
  const { from, inbox, input, kind, picks, unsent } = transition
  const what = input === undefined ? "" : inWords(input as Message)
  const crashes =
    what === ""
      ? `n${node} crashes`
      : `n${node} crashes while handling ${what}: nothing leaves for ${unsent.map(({ to }) => `n${to}`).join(", ")}`
  const sentences: Record<NodeTransition["kind"], string> = {
    invoke: `n${node} is asked to ${what}`,
    deliver: `n${node} receives ${what} from n${from}`,
    timeout: `n${node} times out`,
    lose: `${what} from n${from} to n${node} is lost`,
    duplicate: `${what} from n${from} to n${node} is duplicated`,
    crash: inFlight === "either" && inbox === "lost" ? `${crashes}, its connections break` : crashes,
    recover: `n${node} recovers`
  }
  return [sentences[kind], ...picks].join(", ")
}

/** The messages that wait for a node, without one message equal to the one in hand. */
export const without = (waiting: ReadonlyArray<Envelope>, inHand: Envelope | undefined): ReadonlyArray<Envelope> => {
  const place = waiting.findIndex(({ from, message }) => from === inHand?.from && message === inHand.message)
  return place === -1 ? waiting : waiting.toSpliced(place, 1)
}
