/**
 * Multi-value register: a write replaces the values it saw, and writes that did not see each other are kept side by
 * side. Operation: the write names the dots of the values it replaces, so it must not overtake them: causal delivery.
 * State: every value with its write's version vector; a merge drops each value whose vector another's exceeds.
 *
 * Source: Shapiro et al. 2011, specification 10, for the state; what it should show is from Burckhardt et al. (POPL
 * 2014), section 3. Deviations: an assignment brings one value instead of a set; the operations are built as those of
 * the observed-remove set (specification 15). A value is stored under its dot. Mutants: `keeps-all` drops no value;
 * `forgets-seen` leaves out of a vector, or of an operation, the writes that the write saw.
 */
import { Schema } from "effect"
import { Model, Workload } from "plait"
import { Counts, greaterCounts } from "./g-counter.ts"
import { type DataType, dotName, replicaName, replicaParameters, replicasOf } from "./replica.ts"

/** Assigns a value. */
export const Assign = Schema.TaggedStruct("Assign", { element: Schema.String })

const Versioned = Schema.Record(Schema.String, Schema.Struct({ value: Schema.String, version: Counts }))

const MultiValue = Schema.Struct({ values: Versioned, replaced: Schema.Array(Schema.String) })

/** By dot, the current values with their vectors; and the dots that an operation replaces, empty in a state. */
export type MultiValue = typeof MultiValue.Type

/** Mutants of the register. */
export type MultiValueMutant = "none" | "keeps-all" | "forgets-seen"

/** The values a client reads, sorted. */
export const registerValues = ({ values }: MultiValue): ReadonlyArray<string> =>
  [...new Set(Object.values(values).map(({ value }) => value))].sort()

const exceeds = (left: Counts, right: Counts): boolean =>
  Object.entries(right).every(([name, count]) => (left[name] ?? 0) >= count) &&
  Object.entries(left).some(([name, count]) => count > (right[name] ?? 0))

/** Merges two states: keeps all values whose vector no other exceeds. */
export const mergeMultiValue =
  (mutant: MultiValueMutant) =>
  (own: MultiValue, other: MultiValue): MultiValue => {
    const all = Object.entries({ ...own.values, ...other.values })
    const stand = all.filter(([, { version }]) => !all.some(([, rival]) => exceeds(rival.version, version)))
    return { values: Object.fromEntries(mutant === "keeps-all" ? all : stand), replaced: [] }
  }

const assigned = (own: MultiValue, { replaced, values }: MultiValue, mutant: MultiValueMutant): MultiValue => {
  const stand = Object.entries(own.values).filter(([dot]) => mutant === "keeps-all" || !replaced.includes(dot))
  return { values: { ...Object.fromEntries(stand), ...values }, replaced: [] }
}

/** The data type in a style. */
export const mvRegister = (
  style: "operation" | "state",
  mutant: MultiValueMutant
): DataType<MultiValue, typeof Assign, MultiValue> => ({
  name: "mv-register",
  style,
  payload: MultiValue,
  content: MultiValue,
  operations: [Assign],
  initial: () => ({ values: {}, replaced: [] }),
  prepare: ({ values }, { element }, dot) => {
    const seen = mutant === "forgets-seen" ? {} : values
    const before = Object.values(seen).reduce<Counts>((vector, { version }) => greaterCounts(vector, version), {})
    // Vectors decide only in the state style, so an operation carries none.
    const version = style === "state" ? { ...before, [replicaName(dot.replica)]: dot.number } : {}
    const written = { [dotName(dot)]: { value: element, version } }
    return style === "state"
      ? mergeMultiValue(mutant)({ values, replaced: [] }, { values: written, replaced: [] })
      : { values: written, replaced: Object.keys(seen).sort() }
  },
  apply: (own, other) => (style === "state" ? mergeMultiValue(mutant)(own, other) : assigned(own, other, mutant))
})

const write = (element: string) => Assign.make({ element })

/** Replicas that write distinct values: the first twice, the second once. */
export const mvRegisterModel = Model.make({
  name: "mv-register",
  about: "A register that shows exactly the writes that no other write has seen: state-based and operation-based.",
  source: "Shapiro et al. 2011, specification 10; Burckhardt et al. 2014, section 3",
  parameters: {
    style: Model.choice({ default: "state", values: ["operation", "state"], about: "what is sent" }),
    ...replicaParameters,
    mutant: Model.mutants({
      default: "none",
      values: ["none", "keeps-all", "forgets-seen"],
      about: "nothing is dropped, or a write does not tell which values it saw"
    })
  },
  system: ({ delivery, mutant, replicas, style }) =>
    replicasOf(mvRegister(style, mutant), {
      replicas,
      delivery,
      workload: Workload.script([[write("a"), write("b")], [write("c")]])
    })
})
