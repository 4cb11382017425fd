/**
 * Explorations for tests that count the properties they give.
 */
import { Effect } from "effect"
import { explore as exploreAll, type ExploreOptions } from "../src/search/Explorer.ts"
import type { System } from "../src/model/index.ts"
import type { Property } from "../src/property/index.ts"

/** Explores a system; without the result of the property that every exploration adds, which is the last. */
export const explore = <View>(
  system: System<View>,
  properties: ReadonlyArray<Property<View>>,
  options: ExploreOptions = {}
) =>
  Effect.map(exploreAll(system, properties, options), (found) => ({
    ...found,
    properties: found.properties.slice(0, properties.length)
  }))
