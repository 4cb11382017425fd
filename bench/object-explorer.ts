/**
 * The straightforward explorer that the benchmark compares with: states are objects, identity is a JSON string in a
 * Set, nothing is remembered but the states. What a first version does.
 */

/** A model as plain functions: what can happen at each replica, and what it does. */
export interface PlainModel {
  readonly replicas: number
  readonly initial: (replica: number) => object
  /** Operations the replica may invoke. */
  readonly choices: (replica: number, state: never) => ReadonlyArray<object>
  /** The next state and the message for every other replica, if any. */
  readonly step: (replica: number, state: never, event: never) => readonly [state: object, broadcast: object | null]
}

interface World {
  readonly locals: ReadonlyArray<object>
  /** Messages in flight to each replica, sorted. */
  readonly network: ReadonlyArray<ReadonlyArray<string>>
}

/** Explores a model; the numbers of distinct and generated states (initial one included), cut at `limit`. */
export const exploreObjects = (model: PlainModel, limit: number) => {
  const all = Array.from({ length: model.replicas }, (_, replica) => replica)
  const start: World = { locals: all.map(model.initial), network: all.map(() => []) }
  const seen = new Set([JSON.stringify(start)])
  let generated = 1
  let queue = [start]
  while (queue.length > 0 && seen.size < limit) {
    const next: Array<World> = []
    for (const world of queue) {
      for (const successor of successors(model, all, world)) {
        generated++
        const key = JSON.stringify(successor)
        if (seen.has(key)) continue
        seen.add(key)
        next.push(successor)
      }
      if (seen.size >= limit) break
    }
    queue = next
  }
  return { distinct: seen.size, generated }
}

const successors = function* (model: PlainModel, all: ReadonlyArray<number>, world: World): Generator<World> {
  for (const replica of all) {
    const inbox = world.network[replica] ?? []
    for (const choice of model.choices(replica, world.locals[replica] as never)) {
      yield after(model, all, world, replica, choice, inbox)
    }
    for (const message of new Set(inbox)) {
      const rest = inbox.toSpliced(inbox.indexOf(message), 1)
      yield after(model, all, world, replica, JSON.parse(message) as object, rest)
    }
  }
}

const after = (
  model: PlainModel,
  all: ReadonlyArray<number>,
  world: World,
  replica: number,
  event: object,
  inbox: ReadonlyArray<string>
): World => {
  const [state, broadcast] = model.step(replica, world.locals[replica] as never, event as never)
  const network = all.map((other) => {
    if (other === replica) return inbox
    const flights = world.network[other] ?? []
    return broadcast === null ? flights : [...flights, JSON.stringify(broadcast)].sort()
  })
  return { locals: world.locals.with(replica, state), network }
}
