/** Each place where code answers, with each answer that is none and each dishonest way: each of their tests fails. */
import { answers, dishonest, places } from "../answering.ts"
import { verify } from "../../src/vitest/index.ts"

for (const [place, { of, unnoticed = [] }] of Object.entries(places)) {
  for (const [answer, [give]] of Object.entries(answers)) {
    const { property, system } = of(give)
    verify({ ...system, name: `${place}.${answer}` }, [property])
  }
  for (const [way, make] of Object.entries(dishonest)) {
    if (unnoticed.includes(way)) continue
    const { property, system } = of(make())
    verify({ ...system, name: `${place}.${way}` }, [property])
  }
}
