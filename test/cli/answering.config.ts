/** A model for each place where code answers and each answer that is none, or for each dishonest way: ANSWERING says which. */
import { defineConfig, entry, Model } from "../../src/index.ts"
import { type Answer, answers, dishonest, type Place, places } from "../answering.ts"

const ways: ReadonlyArray<readonly [string, () => Answer]> =
  process.env["ANSWERING"] === "dishonest"
    ? Object.entries(dishonest)
    : Object.entries(answers).map(([name, [give]]) => [name, () => give] as const)

const answering = (name: string, { of }: Place, answer: () => Answer) =>
  entry(
    Model.make({
      name,
      about: "Code that answers.",
      source: "made for a test",
      parameters: {},
      system: () => of(answer()).system
    }),
    { properties: () => [of(answer()).property], settings: [{}] }
  )

export default defineConfig({
  entries: Object.entries(places).flatMap(([place, each]) =>
    ways.map(([way, answer]) => answering(`${place}.${way}`, each, answer))
  )
})
