import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { noFalseConcurrency, noLostSibling, siblingsOccur } from "plait/properties/no-lost-sibling"
import { explore } from "../../test/explore-given.ts"
import { dvvModel, type DvvView, type SiblingMechanism } from "./dvv.ts"

const show = ({ puts, servers }: DvvView) => ({
  stored: servers.map(({ siblings }) => siblings.map(({ id }) => id)),
  pasts: new Map(puts.map((past, place) => [place + 1, past]))
})

const check = (servers: number, clients: number, mechanism: SiblingMechanism) =>
  Effect.map(
    explore(dvvModel.system({ servers, clients, puts: 3, mechanism }), [
      noFalseConcurrency(show),
      noLostSibling(show),
      siblingsOccur(show)
    ]),
    (found) => ({
      counts: found.distinct,
      generated: found.generated,
      depth: found.depth,
      verdicts: found.properties.map(({ verdict }) =>
        verdict._tag === "violated" ? `violated in ${verdict.evidence.steps.length}` : verdict._tag
      )
    })
  )

// TLC on Dvv.tla with at most three writes; its depths count states, so ours are one less.
describe("dvv", () => {
  const verdicts: { readonly [M in SiblingMechanism]: ReadonlyArray<string> } = {
    merged: ["violated in 4", "holds", "reached"],
    perctx: ["holds", "violated in 2", "reached"],
    permax: ["holds", "violated in 2", "reached"],
    dvv: ["holds", "holds", "reached"]
  }
  for (const [servers, clients, counts] of [
    [1, 2, { merged: 91, perctx: 87, permax: 91, dvv: 91 }],
    [2, 1, { merged: 751, perctx: 611, permax: 679, dvv: 679 }],
    [2, 2, { merged: 4961, perctx: 3875, permax: 4393, dvv: 4393 }]
  ] as const) {
    for (const mechanism of ["merged", "perctx", "permax", "dvv"] as const) {
      it.effect(`${mechanism} with ${servers} servers and ${clients} clients has the states of the specification`, () =>
        Effect.gen(function* () {
          const found = yield* check(servers, clients, mechanism)
          assert.strictEqual(found.counts, counts[mechanism])
          if (servers === 2 && clients === 2) assert.deepStrictEqual(found.verdicts, verdicts[mechanism])
        })
      )
    }
  }

  // Vectors of one entry are totally ordered, so one vector per sibling never leaves two of them.
  for (const [mechanism, expected] of [
    ["merged", verdicts.merged],
    ["perctx", ["vacuous", "violated in 2", "unreached"]],
    ["permax", ["vacuous", "violated in 2", "unreached"]],
    ["dvv", verdicts.dvv]
  ] as const) {
    it.effect(`at one server ${mechanism} is ${expected.slice(0, 2).join(" and ")}`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual((yield* check(1, 2, mechanism)).verdicts, [...expected])
      })
    )
  }

  it.effect("dotted version vectors generate as many states as the specification", () =>
    Effect.gen(function* () {
      const one = yield* check(1, 2, "dvv")
      const two = yield* check(2, 2, "dvv")
      assert.deepStrictEqual([one.generated, one.depth, two.generated, two.depth], [225, 7, 27_427, 9])
    })
  )
})
