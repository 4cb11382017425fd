/**
 * From a system and the properties to check to a program.
 */
import type { System } from "../model/index.ts"
import { refuseParts } from "../model/System.ts"
import type { Observer, Property } from "../property/index.ts"
import { ModelRefused } from "./execution/ModelRefused.ts"
import { nodesProgram } from "./nodes/NodesProgram.ts"
import type { Program } from "./Program.ts"
import { refuseUnknownActions } from "./fairness/Fairness.ts"
import { wholeStateProgram } from "./variables/WholeStateProgram.ts"

/** Choices in making a program. */
export interface CompileOptions {
  /** Run each distinct handler call twice and refuse a handler whose runs differ. Default false. */
  readonly checkDeterminism?: boolean
}

/*
 * The one place that decides whether steps are taken in the order of real time: always, where there are clocks. Whatever
 * is judged, and beside whatever, it is judged on the same runs, so that company changes no verdict and no length.
 * Without the order a run is a partial order of steps, which has the same joint states only while steps of different
 * nodes commute. They do not where a link is cut, a node recovers, copies are counted, an ordered link repeats a message
 * behind later ones, two nodes answer one operation, a handler reads its clock twice, or a start reads it; and step
 * invariants, observers and properties about runs see the order itself. The order is also no dearer: the catalogue's 64 cases
 * with clocks, of which 50 were in that order already, have 1,251,491 states with it and had 1,252,095 without it.
 */

/** The observers of some properties, each once, in order of first mention. */
const observersOf = <View>(properties: ReadonlyArray<Property<View>>): ReadonlyArray<Observer<unknown>> => [
  ...new Set(properties.flatMap(({ observer }) => (observer === undefined ? [] : [observer as Observer<unknown>])))
]

/**
 * The properties of runs that are not judged in the program of all, those of one observer together: a step that changes
 * nothing but what another property's observer remembers, or is shown of causal pasts, is a step there, which takes one
 * and may be owed, and stuttering to them. Each of these lists has a program of its own, as if it were judged alone.
 */
export const judgedApart = <View>(
  properties: ReadonlyArray<Property<View>>
): ReadonlyArray<ReadonlyArray<Property<View>>> => {
  const present = observersOf(properties)
  const apart = properties.filter(
    ({ kind, observer }) => kind === "eventually" && present.some((other) => other !== observer)
  )
  return [...Map.groupBy(apart, ({ observer }) => observer).values()]
}

/** Makes the program. Throws `ModelRefused`. */
export const compile = <View>(
  system: System<View>,
  properties: ReadonlyArray<Property<View>>,
  options: CompileOptions = {}
): Program => {
  refuseUnfit(system)
  const program = programOf(system, properties, options)
  for (const property of properties) {
    if (property.kind !== "eventually") continue
    refuseUnknownActions(system.name, program, property)
    if (program.excludes !== undefined) refuseConstrained(system.name, property.name)
  }
  return program
}

const unfit = (system: string, where: string, detail: string): ModelRefused =>
  new ModelRefused({ system, where, offence: "is not composed correctly", input: "", detail })

/** Refuses parts that are not possible, which a system can have that no constructor made. */
const refuseUnfit = <View>(system: System<View>): void => {
  try {
    if (system.kind === "nodes") refuseParts(system)
  } catch (error) {
    throw error instanceof RangeError ? unfit(system.name, "the system", error.message) : error
  }
}

/** Refuses two properties of one name, of which reports could tell only one. Throws `ModelRefused`. */
export const refuseNamesakes = (system: string, properties: ReadonlyArray<{ readonly name: string }>): void => {
  const names = properties.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw unfit(system, "the list of properties", `two are named “${twice}”: each takes a name of its own`)
}

const refuseConstrained = (system: string, property: string): never => {
  throw unfit(
    system,
    `property "${property}" of what happens eventually`,
    "a run that leaves the constraint is cut off there, so that no search of what is inside decides it: bound the model by guards in its actions instead"
  )
}

const programOf = <View>(
  system: System<View>,
  properties: ReadonlyArray<Property<View>>,
  options: CompileOptions
): Program => {
  const observers = observersOf(properties)
  const checkDeterminism = options.checkDeterminism ?? false
  if (system.kind === "nodes") {
    return nodesProgram(system, { observers, checkDeterminism, timed: system.clocks !== undefined })
  }
  const [first] = observers
  if (first !== undefined) {
    throw new ModelRefused({
      system: system.name,
      where: `property with observer "${first.name}"`,
      offence: "is not composed correctly",
      input: "",
      detail: "whole-state models note no observations: keep what the property needs in a variable"
    })
  }
  return wholeStateProgram(system, { observers, checkDeterminism })
}
