/**
 * From a system and the properties to check to a program.
 */
import type { System } from "../model/index.ts"
import type { Observer, Property } from "../property/index.ts"
import { ModelRefused } from "./ModelRefused.ts"
import { nodesProgram } from "./NodesProgram.ts"
import type { Program } from "./Program.ts"
import { refuseUnknownActions } from "./Strengths.ts"
import { wholeStateProgram } from "./WholeStateProgram.ts"

/** Choices in making a program. */
export interface CompileOptions {
  /** Run each distinct handler call twice and refuse a handler whose runs differ. Default false. */
  readonly checkDeterminism?: boolean
}

/** The observers of some properties, each once, in order of first mention. */
const observersOf = (properties: ReadonlyArray<Property<never>>): ReadonlyArray<Observer<unknown>> => [
  ...new Set(properties.flatMap(({ observer }) => (observer === undefined ? [] : [observer as Observer<unknown>])))
]

/** Makes the program. Throws `ModelRefused`. */
export const compile = <View>(
  system: System<View>,
  properties: ReadonlyArray<Property<View>>,
  options: CompileOptions = {}
): Program => {
  const program = programOf(system, properties, options)
  for (const property of properties) {
    if (property.kind === "eventually") refuseUnknownActions(system.name, program, property)
  }
  return program
}

const programOf = <View>(
  system: System<View>,
  properties: ReadonlyArray<Property<View>>,
  options: CompileOptions
): Program => {
  const observers = observersOf(properties)
  const checkDeterminism = options.checkDeterminism ?? false
  if (system.kind === "nodes") return nodesProgram(system, { observers, checkDeterminism })
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
