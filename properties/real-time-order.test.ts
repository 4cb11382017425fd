import { describe, expect, test } from "vitest"
import type { NodesView, Observation, WriteName } from "plait"
import { type Event, observation, write } from "../test/histories.ts"
import { acknowledged, nodes, says as saysOfView, wrote } from "../test/observed.ts"
import { realTimeOrder } from "./real-time-order.ts"

type Held = ReadonlyArray<WriteName>

/** The verdict if nodes show these writes in the end. */
const says = (events: ReadonlyArray<Event>, view: NodesView<Held>, later: ReadonlyArray<Observation> = []): string =>
  saysOfView(realTimeOrder<Held>({ survivors: (held) => held }), view, [...events.map(observation), ...later])

describe("no write wins over one that began after it was over", () => {
  const both = [...write("s0.0", "", "a"), ...write("s1.0", "", "b")]
  const inverted = "a was acknowledged before b was invoked, and won over it (L4)."

  test("is refuted where the earlier of two writes is left and the later is not", () => {
    expect(says(both, nodes([["a"], ["a"]]))).toBe(inverted)
  })

  test("holds where the later is left, alone or beside the earlier, and where neither is", () => {
    expect(says(both, nodes([["b"], ["b"]]))).toBe("fine")
    expect(says(both, nodes([["a"], ["b"]]))).toBe("fine")
    expect(says(both, nodes([["a", "b"]]))).toBe("fine")
    expect(says(both, nodes([[], []]))).toBe("fine")
  })

  test("holds where a write is left that followed from the later one, but not where it followed from the earlier", () => {
    const following = (from: string) => [wrote("c", { id: "s0.1", past: [from] }), acknowledged("c", { id: "s0.1" })]
    expect(says(both, nodes([["a", "c"]]), following("b"))).toBe("fine")
    expect(says(both, nodes([["a", "c"]]), following("a"))).toBe(inverted)
  })

  test("is refuted also beside a value that nobody wrote, which followed from nothing", () => {
    expect(says(both, nodes([["a", "initial"]]))).toBe(inverted)
  })

  test("names every pair that is the wrong way round", () => {
    expect(says([...both, ...write("s1.1", "", "c")], nodes([["a"]]))).toBe(
      `${inverted} a was acknowledged before c was invoked, and won over it (L4).`
    )
  })

  test("asks nodes that are up", () => {
    expect(says(both, nodes([["a"], ["b"]], { down: [1] }))).toBe(inverted)
    expect(says(both, nodes([["a"], ["b"]], { down: [0] }))).toBe("fine")
  })

  test("is silent about writes that overlap, that were not acknowledged, and about reads", () => {
    const overlapping: ReadonlyArray<Event> = [
      ["s0.0", "invoked"],
      ["s1.0", "invoked"],
      ["s0.0", "wrote", "", "a"],
      ["s0.0", "acknowledged"],
      ["s1.0", "wrote", "", "b"],
      ["s1.0", "acknowledged"]
    ]
    expect(says(overlapping, nodes([["a"]]))).toBe("silent")
    expect(says(both.slice(0, -1), nodes([["a"]]))).toBe("silent")
    const asked: ReadonlyArray<Event> = [...write("s0.0", "", "a"), ["s1.0", "invoked"], ["s1.0", "read", "", "a"]]
    expect(says(asked, nodes([["a"]]))).toBe("silent")
  })

  test("observes answers in the order of real time, and what happened before each write", () => {
    const { name, observer } = realTimeOrder<Held>({ survivors: (held) => held })
    expect([name, observer]).toEqual([
      "no write wins over one that began after it was over",
      {
        name: "writes, their real-time order and their causal past",
        initial: { history: {}, pasts: {} },
        causal: true,
        timed: true,
        observe: observer?.observe
      }
    ])
  })
})
