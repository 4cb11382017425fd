/**
 * The tools that our formats are written for accept every trace that is kept as a fixture: Graphviz itself (its
 * WebAssembly build), and ShiViz by the rules of its parser.
 *
 * Source of those rules: ShiViz's page, "What is the input log format", and its js/model/parser.js and
 * vectorTimestamp.js: the expression has the groups `event`, `host` and `clock`, a clock is JSON with the host in it, and
 * the events of a host are numbered 1, 2, 3 … by its own entry.
 */
import { instance } from "@viz-js/viz"
import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { stateGraphExample } from "../../test/example-report.ts"
import { hostileText } from "../../test/example-traces.ts"
import { renderStateGraph } from "./graphviz/state-graph.ts"
import { visible } from "./visible.ts"

const folder = new URL("../../test/fixtures/", import.meta.url)
const fixtures = (ending: string): ReadonlyArray<readonly [name: string, text: string]> =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => [name, readFileSync(new URL(name, folder), "utf8")])

interface Drawing {
  readonly objects: ReadonlyArray<{ readonly name: string; readonly label: string; readonly shape?: string }>
  readonly edges: ReadonlyArray<{ readonly tail: number; readonly head: number; readonly label?: string }>
}

describe("Graphviz", async () => {
  const graphviz = await instance()
  const drawn = (dot: string): Drawing => {
    const { errors, output } = graphviz.render(dot, { format: "json" })
    // This build has the widths of ASCII only, and guesses those of other signs, with a warning.
    expect(errors.filter(({ message }) => !message.includes("no value for width"))).toEqual([])
    return JSON.parse(output ?? "null") as Drawing
  }

  test.each(fixtures(".dot"))("lays out %s without a word, with a node for each step", (_, dot) => {
    const steps = [...dot.matchAll(/^ {2}s\d+ \[/gm)]
    expect(steps.length > 0).toBe(true)
    expect(drawn(dot).objects.filter(({ name }) => /^s\d+$/.test(name)).length).toBe(steps.length)
  })

  test("draws what it is given: an unclosed string is an error, so that it is worth asking", () => {
    expect(graphviz.render('digraph { a [label="] }', { format: "json" }).status).toBe("failure")
  })

  test("reads a hostile text back as the text", () => {
    const { objects } = drawn(fixtures("hostile.dot")[0]?.[1] ?? "")
    const [said = ""] = objects.filter(({ name }) => name === "s1").map(({ label }) => label)
    // What ends a line stands as its number.
    expect(said.replaceAll("\\\\", "\\")).toBe(`1. ${visible(hostileText)}`)
  })

  test("lays out a state graph: a node for each state, an edge for each pair of states with its steps", () => {
    const { edges, objects } = drawn(renderStateGraph("race", stateGraphExample))
    expect(objects.map(({ name }) => name)).toEqual(["0", "1", "2"])
    expect(edges.map(({ head, label, tail }) => [tail, head, label])).toEqual(
      stateGraphExample.edges.map(({ from, labels, to }) => [from, to, labels.join("\\n")])
    )
  })
})

describe("ShiViz", () => {
  const events = (expression: string, log: string) =>
    [...log.trim().matchAll(new RegExp(expression, "gm"))].map(({ groups }) => ({
      event: groups?.["event"],
      host: groups?.["host"] ?? "",
      clock: JSON.parse(groups?.["clock"] ?? "null") as { readonly [host: string]: number }
    }))
  const byDefault = String.raw`(?<event>.*)\n(?<host>\S*) (?<clock>{.*})`

  test.each(fixtures(".log"))("reads every event of %s by its own expression", (_, text) => {
    const [expression = "", delimiter, ...lines] = text.split("\n")
    const log = lines.join("\n").trim()
    expect([delimiter, 2 * events(expression, log).length]).toEqual(["", log.split("\n").length])
  })

  // Not those of the hostile one: the default is not anchored to lines, which is why a log brings its own.
  test.each(fixtures(".log").filter(([name]) => name !== "hostile.log"))(
    "reads %s by the default expression alike",
    (_, text) => {
      const [expression = "", , ...lines] = text.split("\n")
      expect(events(byDefault, lines.join("\n"))).toEqual(events(expression, lines.join("\n")))
    }
  )

  test.each(fixtures(".log"))(
    "finds in %s the events of each host numbered from 1, and no clock ahead of them",
    (_, text) => {
      const [expression = "", , ...lines] = text.split("\n")
      const count = new Map<string, number>()
      for (const { clock, host } of events(expression, lines.join("\n"))) {
        count.set(host, (count.get(host) ?? 0) + 1)
        expect(clock[host]).toBe(count.get(host))
        // A message is received after it was sent.
        expect(Object.entries(clock).filter(([other, entry]) => entry > (count.get(other) ?? 0))).toEqual([])
      }
    }
  )
})
