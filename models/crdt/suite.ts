/**
 * Conflict-free replicated counters and registers. Each has settings with a delivery that is too weak for it and with
 * mutants.
 */
import { applyCounts, type Counts, gCounterModel, total } from "./g-counter.ts"
import { mergeMultiValue, type MultiValue, mvRegisterModel, registerValues } from "./mv-register.ts"
import { difference, type Difference, pnCounterModel } from "./pn-counter.ts"
import { counterValue, maximalWrites } from "plait/properties/data-type-values"
import { entry, type Entry } from "plait"
import { propertiesOf, deliveries, rowOf } from "./shared-properties.ts"
import { dataMaps } from "./suite-maps.ts"
import { dataSets } from "./suite-sets.ts"

const gCounter = entry(gCounterModel, {
  properties: ({ mutant, style }) =>
    propertiesOf<Counts>({
      style,
      view: total,
      property: "the value is the number of increments",
      value: counterValue,
      merge: applyCounts(style, mutant)
    }),
  settings: [
    ...(["operation", "state", "delta"] as const).flatMap((style) =>
      deliveries
        .slice(0, 3)
        .map((delivery) => ({ style, replicas: 2, delivery, operations: 3, mutant: "none" as const }))
    ),
    { style: "state", replicas: 3, delivery: "at-least-once", operations: 2, mutant: "none" },
    { style: "state", replicas: 2, delivery: "at-least-once", operations: 2, mutant: "adds" },
    { style: "state", replicas: 2, delivery: "at-least-once", operations: 2, mutant: "shared" }
  ],
  place: (values) => rowOf(`increment-only counter, ${values.style}`, values)
})

const pnCounter = entry(pnCounterModel, {
  properties: ({ mutant, style }) => {
    const apply = applyCounts(style, mutant === "one-vector" ? "none" : mutant)
    return propertiesOf<Difference>({
      style,
      view: difference,
      property: "the value is increments less decrements",
      value: counterValue,
      merge: (own, other) => ({
        increments: apply(own.increments, other.increments),
        decrements: apply(own.decrements, other.decrements)
      })
    })
  },
  settings: [
    ...(["operation", "state", "delta"] as const).flatMap((style) =>
      deliveries
        .slice(0, 3)
        .map((delivery) => ({ style, replicas: 2, delivery, operations: 3, mutant: "none" as const }))
    ),
    { style: "state", replicas: 2, delivery: "at-least-once", operations: 2, mutant: "one-vector" },
    { style: "delta", replicas: 2, delivery: "at-least-once", operations: 2, mutant: "adds" }
  ],
  place: (values) => rowOf(`counter, ${values.style}`, values)
})

const mvRegister = entry(mvRegisterModel, {
  properties: ({ mutant, style }) =>
    propertiesOf<MultiValue>({
      style,
      view: registerValues,
      property: "the values are those of the writes that no other write has seen",
      value: maximalWrites,
      merge: mergeMultiValue(mutant)
    }),
  settings: [
    ...(["at-least-once", "exactly-once", "causal"] as const).map((delivery) => ({
      style: "operation" as const,
      replicas: 2,
      delivery,
      mutant: "none" as const
    })),
    { style: "operation", replicas: 2, delivery: "causal", mutant: "forgets-seen" },
    { style: "state", replicas: 2, delivery: "at-least-once", mutant: "none" },
    { style: "state", replicas: 3, delivery: "exactly-once", mutant: "none" },
    { style: "state", replicas: 2, delivery: "at-least-once", mutant: "keeps-all" },
    { style: "state", replicas: 2, delivery: "at-least-once", mutant: "forgets-seen" }
  ],
  place: (values) => rowOf(`multi-value register, ${values.style}`, values)
})

/** The entries, those of sets and maps with them. */
export const dataTypes: ReadonlyArray<Entry> = [gCounter, pnCounter, ...dataSets, mvRegister, ...dataMaps]
