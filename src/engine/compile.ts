/**
 * Compiles a system and the properties to check into a program.
 */
import type { System } from "../model/index.ts"
import { refuseParts } from "../model/System.ts"
import type { Observer, Property } from "../property/index.ts"
import { ModelRefused } from "./execution/ModelRefused.ts"
import { nodesProgram } from "./nodes/NodesProgram.ts"
import type { Program } from "./Program.ts"
import { refuseUnknownActions } from "./fairness/Fairness.ts"
import { wholeStateProgram } from "./variables/WholeStateProgram.ts"

/** Options for making a program. */
export interface CompileOptions {
  /** Runs each distinct handler call twice and refuses a handler whose runs differ. Default false. */
  readonly checkDeterminism?: boolean
}

/*
 * The one place that decides on the order of real time: steps are always taken in it if there are clocks. Every
 * property is judged on the same runs, with any other properties, so the other properties change no verdict and no
 * length. Without the order a run is a partial order of steps, which has the same joint states only while steps of
 * different nodes commute. They do not commute if a link is cut, a node recovers, copies are counted, an ordered link
 * repeats a message behind later ones, two nodes answer one operation, a handler reads its clock twice, or a start
 * reads it. Step invariants, observers and properties about runs see the order itself. The order costs no more: the
 * suites' 64 cases with clocks, of which 50 were in that order already, have 1,251,491 states with it and had 1,252,095
 * without it.
 */

/** The observers of some properties, each once, in order of first mention. */
const observersOf = <View>(properties: ReadonlyArray<Property<View>>): ReadonlyArray<Observer<unknown>> => [
  ...new Set(properties.flatMap(({ observer }) => (observer === undefined ? [] : [observer as Observer<unknown>])))
]

/**
 * Properties of runs that are not judged in the program of all properties; those of one observer form one list. In the
 * program of all properties, a step that changes only the value of another property's observer, or causal pasts, counts
 * as a step and may be required by fairness; to these properties it is stuttering. Each list has a program of its own,
 * as if it were judged alone.
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

/** Compiles the program. Throws `ModelRefused`. */
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

/** Refuses impossible parts, which a system has only if no constructor made it. */
const refuseUnfit = <View>(system: System<View>): void => {
  try {
    if (system.kind === "nodes") refuseParts(system)
  } catch (error) {
    throw error instanceof RangeError ? unfit(system.name, "the system", error.message) : error
  }
}

/** Refuses two properties of one name, which reports could not distinguish. Throws `ModelRefused`. */
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
