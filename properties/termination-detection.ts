/**
 * Termination detection on a ring: if node 0 concludes that all nodes are passive, they are.
 *
 * Source: `TerminationDetection` and `Inv` of EWD840.tla; Dijkstra, Feijen and van Gasteren, EWD 840 (1983). Left out:
 * eventual detection of termination.
 *
 * Formula: terminationDetected ⇒ ∀ i: ¬active(i). Observes nothing and costs no states.
 */
import { Property } from "plait"

/** The variables that the properties read. */
export interface Probe {
  readonly active: ReadonlyArray<boolean>
  readonly colour: ReadonlyArray<string>
  readonly tokenAt: number
  readonly tokenColour: string
}

const isDetected = ({ active, colour, tokenAt, tokenColour }: Probe): boolean =>
  tokenAt === 0 && tokenColour === "white" && colour[0] === "white" && active[0] === false

/** The active nodes that the token has passed, in words. */
const stillActive = ({ active, tokenAt }: Probe): string => {
  const nodes = active.flatMap((each, node) => (each && node > tokenAt ? [node] : []))
  return nodes.length === 1 ? `node ${nodes[0]} is active` : `nodes ${nodes.join(" and ")} are active`
}

/** A white token at a white and passive node 0 means that every node is passive. */
export const detectedIsTerminated = Property.invariant<Probe>(
  "termination is detected only where all nodes are passive",
  {
    premise: isDetected,
    holds: (probe) => !isDetected(probe) || probe.active.every((active) => !active),
    explain: (probe) => `Node 0 is passive and white and has the token back white, however ${stillActive(probe)}.`
  }
)

/** Dijkstra's invariant: the nodes the token has passed are passive, or one before it is black, or the token is. */
export const probeInvariant = Property.invariant<Probe>(
  "the nodes behind the token are passive, or something black is ahead of them",
  {
    holds: ({ active, colour, tokenAt, tokenColour }) =>
      active.every((each, node) => node <= tokenAt || !each) ||
      colour.slice(0, tokenAt + 1).includes("black") ||
      tokenColour === "black",
    explain: (probe) =>
      `The token is white at node ${probe.tokenAt} and no node up to there is black, however ${stillActive(probe)}.`
  }
)

/** Guard against vacuity: a run exists in which termination is detected. */
export const terminationDetected = Property.reachable<Probe>("termination is detected", { holds: isDetected })
