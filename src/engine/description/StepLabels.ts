/**
 * The steps of a system of nodes in the words of traces, and the messages that a step lost.
 */
import type { Envelope, InFlight, Message } from "../../model/index.ts"
import { brief } from "../execution/ModelRefused.ts"
import type { NodeTransition } from "../nodes/NodeSemantics.ts"

/** A message or operation in short: its tag, and what it carries if it carries anything. */
export const inWords = ({ _tag, ...rest }: Message): string =>
  Object.keys(rest).length === 0 ? _tag : `${_tag} ${brief(rest)}`

/** What a person reads of a step at a node. Where a crash may break connections or not, it says that it does. */
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

/** What waits for a node, but for one message like the one that it has in hand. */
export const without = (waiting: ReadonlyArray<Envelope>, inHand: Envelope | undefined): ReadonlyArray<Envelope> => {
  const place = waiting.findIndex(({ from, message }) => from === inHand?.from && message === inHand.message)
  return place === -1 ? waiting : waiting.toSpliced(place, 1)
}
