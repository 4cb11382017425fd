/**
 * Termination detection over rings made by hand.
 */
import { describe, expect, test } from "vitest"
import { declared, says } from "../test/observed.ts"
import { detectedIsTerminated, type Probe, probeInvariant, terminationDetected } from "./termination-detection.ts"

test("the properties observe nothing", () => {
  expect([detectedIsTerminated, probeInvariant, terminationDetected].map(declared)).toEqual([
    { kind: "invariant", name: "termination is detected only where all nodes are passive", observer: "none" },
    {
      kind: "invariant",
      name: "the nodes behind the token are passive, or something black is ahead of them",
      observer: "none"
    },
    { kind: "reachable", name: "termination is detected", observer: "none" }
  ])
})

/** Three passive white nodes, the token white and back at node 0, but for what is said. */
const ring = (but: Partial<Probe> = {}): Probe => ({
  active: [false, false, false],
  colour: ["white", "white", "white"],
  tokenAt: 0,
  tokenColour: "white",
  ...but
})

describe("termination is detected where a white token is back at a white and passive node 0", () => {
  test.each<[of: string, probe: Probe, reached: string]>([
    ["it is", ring({ colour: ["white", "black", "black"] }), "reached"],
    ["the token is under way", ring({ tokenAt: 1 }), "unreached"],
    ["the token is black", ring({ tokenColour: "black" }), "unreached"],
    ["node 0 is black", ring({ colour: ["black", "white", "white"] }), "unreached"],
    ["node 0 is active", ring({ active: [true, false, false] }), "unreached"]
  ])("%s", (_of, probe, reached) => {
    expect(says(terminationDetected, probe)).toBe(reached)
  })
})

describe("where it is detected all nodes are passive", () => {
  test.each<[of: string, probe: Probe, verdict: string]>([
    ["it is not detected, whoever is active", ring({ active: [true, true, false] }), "silent"],
    ["it is, and nobody is active", ring(), "fine"],
    [
      "one is active",
      ring({ active: [false, false, true] }),
      "Node 0 is passive and white and has the token back white, however node 2 is active."
    ],
    [
      "two are active",
      ring({ active: [false, true, true] }),
      "Node 0 is passive and white and has the token back white, however nodes 1 and 2 are active."
    ]
  ])("%s", (_of, probe, verdict) => {
    expect(says(detectedIsTerminated, probe)).toBe(verdict)
  })
})

describe("behind the token all are passive, or something black is ahead of them", () => {
  test.each<[of: string, probe: Probe, verdict: string]>([
    ["nodes are active only up to the token", ring({ active: [true, true, false], tokenAt: 1 }), "fine"],
    [
      "a node at the token is black",
      ring({ active: [false, false, true], tokenAt: 1, colour: ["white", "black", "white"] }),
      "fine"
    ],
    [
      "a node before the token is black",
      ring({ active: [false, false, true], tokenAt: 1, colour: ["black", "white", "white"] }),
      "fine"
    ],
    ["the token is black", ring({ active: [false, false, true], tokenAt: 1, tokenColour: "black" }), "fine"],
    [
      "only a node behind the token is black",
      ring({ active: [true, true, true], tokenAt: 1, colour: ["white", "white", "black"] }),
      "The token is white at node 1 and no node up to there is black, however node 2 is active."
    ]
  ])("%s", (_of, probe, verdict) => {
    expect(says(probeInvariant, probe)).toBe(verdict)
  })
})
