/**
 * Properties of the specifications of the TLA+ Examples in models/reference/: their invariants, refinements and
 * liveness, under their original names.
 */
import { lock } from "./locks.ts"
import { consensus, quorums, upTo, values, voting } from "./voting.ts"
import { Property } from "plait"

/** Variables that the properties see. */
interface Log {
  readonly log: ReadonlyArray<string>
  readonly executed: ReadonlyArray<number>
}

/** Properties of the log: `Safety`, that only a node that has executed all appends, and the guard against vacuity. */
export const replicatedLogProperties = [
  Property.invariant<Log>("no node executes more than there is", {
    holds: ({ executed, log }) => executed.every((count) => count <= log.length),
    explain: ({ executed, log }) => `${Math.max(...executed)} are executed of a log of ${log.length}.`
  }),
  Property.stepInvariant<Log>("a step executes at most one entry of each node", {
    holds: (before, after, { action }) => {
      const cut = before.log.length + (action.startsWith("writes") ? 1 : 0) - after.log.length
      return after.executed.every((count, node) => count + cut - (before.executed[node] ?? 0) <= 1)
    }
  }),
  Property.reachable<Log>("one node is four entries ahead of another", {
    holds: ({ executed }) => Math.max(...executed) - Math.min(...executed) === 4
  })
]

/** Variables that the properties see. */
export interface Votes {
  readonly votes: ReadonlyArray<number>
  readonly highest: ReadonlyArray<number>
}

/** The values that a quorum has voted for in one ballot. */
export const chosenIn = ({ votes }: Pick<Votes, "votes">): ReadonlySet<number> =>
  new Set(
    values.filter((value) =>
      upTo(votes.length / 3).some((ballot) =>
        quorums.some((quorum) => quorum.every((acceptor) => votes[3 * ballot + acceptor] === value))
      )
    )
  )

/** Properties of votes: at most one value is chosen, and the refinement `C!Spec`. */
export const votingProperties = [
  Property.invariant<Votes>("at most one value is chosen", { holds: (votes) => chosenIn(votes).size <= 1 }),
  Property.refines<Votes, { readonly chosen: ReadonlySet<number> }>("voting implements consensus", {
    abstract: consensus,
    map: (votes) => ({ chosen: chosenIn(votes) })
  }),
  Property.reachable<Votes>("a value is chosen", { holds: (votes) => chosenIn(votes).size === 1 })
]

/** Variables that the properties see. */
interface Messages {
  readonly highest: ReadonlyArray<number>
  readonly accept: ReadonlyArray<number>
}

/** The refinement `V!Spec`, and agreement. */
export const synodProperties = ({ ballots }: { readonly ballots: number }) => [
  Property.refines<Messages, Votes>("Paxos implements voting", {
    abstract: voting(ballots),
    map: ({ accept, highest }) => ({ votes: accept, highest })
  }),
  Property.invariant<Messages>("no two quorums accept different values", {
    holds: ({ accept }) => chosenIn({ votes: accept }).size <= 1
  })
]

/** Variables of both models that the properties see. */
interface Lockers {
  readonly at: ReadonlyArray<string>
}

const isIn = (at: string | undefined): boolean => at === "inside" || at === "leaving" || at === "a4"

/** At most one process is inside. */
export const mutualExclusion = Property.invariant<Lockers>("at most one process is inside", {
  holds: ({ at }) => at.filter(isIn).length <= 1
})

const translated = (at: string) =>
  at === "a0" ? "outside" : at === "inside" ? "inside" : at === "a4" ? "leaving" : "waiting"

/**
 * Properties of Peterson's algorithm: mutual exclusion, the refinement `LSpec`, and that a process that wants to enter
 * does.
 */
export const petersonProperties = [
  mutualExclusion,
  Property.refines<
    Lockers,
    { readonly at: ReadonlyArray<"outside" | "waiting" | "inside" | "leaving">; readonly isFree: boolean }
  >("Peterson's algorithm implements a lock", {
    abstract: lock,
    map: ({ at }) => ({ at: at.map(translated), isFree: !at.some(isIn) })
  }),
  Property.eventually<Lockers>("who waits gets in", {
    from: ({ at }) => at[0] === "a3",
    holds: ({ at }) => at[0] === "inside"
  })
]

/** Variables that the properties see. */
interface Links {
  readonly inside: ReadonlyArray<boolean>
  readonly link: ReadonlyArray<ReadonlyArray<number>>
}

/** Properties of Lamport's mutual exclusion: `Mutex`, `BoundedNetwork`, and the guard against vacuity. */
export const lamportMutexProperties = [
  Property.invariant<Links>("at most one process is inside by its clock", {
    holds: ({ inside }) => inside.filter((each) => each).length <= 1
  }),
  Property.invariant<Links>("no link holds more than three messages", {
    holds: ({ link }) => link.every(({ length }) => length <= 3)
  }),
  Property.reachable<Links>("a process is inside", { holds: ({ inside }) => inside.includes(true) })
]

/** The cat is found in the end (`Victory`). */
export const catIsFound = Property.eventually<{ readonly cat: number; readonly open: number }>("the cat is found", {
  holds: ({ cat, open }) => cat === open
})

/** Variables that the properties see. */
interface Circle {
  readonly at: ReadonlyArray<string>
  readonly y: ReadonlyArray<number>
}

const isDone = ({ at }: Circle): boolean => at.every((each) => each === "done")

/** `PCorrect` and `Termination`. */
export const simpleConcurrencyProperties = [
  Property.invariant<Circle>("once all are done, one has read 1", {
    premise: isDone,
    holds: (processes) => !isDone(processes) || processes.y.includes(1)
  }),
  Property.eventually<Circle>("all are done", { holds: isDone })
]

/** Variables that the properties see. */
interface Ring {
  readonly counter: ReadonlyArray<number>
}

/** A prefix has the counter of node 0, and the rest the one before it. */
const hasOneToken = (counter: ReadonlyArray<number>, values: number): boolean => {
  const first = counter[0] ?? 0
  const end = counter.findIndex((each) => each !== first)
  return end === -1 || counter.slice(end).every((each) => each === (first + values - 1) % values)
}

/** `Stab`, under fairness of any step. */
export const tokenRingProperties = ({ values: count }: { readonly values: number }) => [
  Property.eventually<Ring>("one token goes round for good", {
    holds: ({ counter }) => hasOneToken(counter, count),
    stable: true,
    fairness: { together: [{ actions: ["createsToken", "passesToken"], fairness: "weak" }] }
  })
]

/** Variables that the properties see. */
interface Can {
  readonly black: number
  readonly white: number
}

/** `LoopInvariant`, `MonotonicDecrease` and both halves of `TerminationHypothesis`. */
export const coffeeCanProperties = [
  Property.stepInvariant<Can>("white beans stay even or odd", {
    holds: (before, after) => before.white % 2 === after.white % 2
  }),
  Property.stepInvariant<Can>("beans become fewer", {
    premise: (_before, _after, { action }) => action !== "terminates",
    holds: (before, after) => after.black + after.white < before.black + before.white
  }),
  Property.eventually<Can>("of even white beans a black one is left", {
    from: ({ white }) => white % 2 === 0,
    holds: ({ black, white }) => black === 1 && white === 0
  }),
  Property.eventually<Can>("of odd white beans a white one is left", {
    from: ({ white }) => white % 2 === 1,
    holds: ({ black, white }) => black === 0 && white === 1
  })
]

/** Variables that the properties see. */
interface Prison {
  readonly count: number
  readonly switched: ReadonlyArray<number>
}

const hasCounted = ({ count, switched }: Prison): boolean => count === 2 * switched.length

/** `Safety` and `Liveness`. */
export const prisonersProperties = [
  Property.invariant<Prison>("once the counter is sure, all have been in the room", {
    premise: hasCounted,
    holds: ({ switched }) => switched.every((times) => times > 0)
  }),
  Property.eventually<Prison>("the counter is sure", { holds: hasCounted })
]

/** Variables that the properties see. */
interface Vote {
  readonly votes: ReadonlyArray<string>
  readonly read: number
  readonly candidate: string
}

/** `Correct`, and the guard against vacuity. */
export const majorityProperties = [
  Property.invariant<Vote>("who has a majority is the candidate", {
    premise: ({ read, votes }) => read === votes.length,
    holds: ({ candidate, votes }) =>
      votes.every((vote) => vote === candidate || 2 * votes.filter((each) => each === vote).length <= votes.length)
  }),
  Property.reachable<Vote>("the candidate has no majority", {
    holds: ({ candidate, read, votes }) =>
      read === votes.length && 2 * votes.filter((each) => each === candidate).length <= votes.length
  })
]

/** Variables that the properties see. */
interface Activity {
  readonly active: ReadonlyArray<boolean>
  readonly pending: ReadonlyArray<number>
  readonly detected: boolean
}

const isTerminated = ({ active, pending }: Activity): boolean =>
  !active.includes(true) && pending.every((count) => count === 0)

/** `Safe`, `Quiescence`, and the guard against vacuity. */
export const terminationProperties = [
  Property.invariant<Activity>("what is detected has terminated", {
    premise: ({ detected }) => detected,
    holds: isTerminated
  }),
  Property.stepInvariant<Activity>("what has terminated stays so", {
    premise: isTerminated,
    holds: (_before, after) => isTerminated(after)
  }),
  Property.reachable<Activity>("termination is detected", {
    holds: ({ detected }) => detected
  })
]

/** Variables that the properties see. */
interface Library {
  readonly reads: ReadonlyArray<boolean>
  readonly writes: ReadonlyArray<boolean>
}

/** `Safety`, and the part of `Liveness` that one actor reads and writes again and again. */
export const readersWritersProperties = [
  Property.invariant<Library>("one writes alone, or many read", {
    holds: ({ reads, writes }) =>
      writes.filter((each) => each).length <= 1 && !(reads.includes(true) && writes.includes(true))
  }),
  ...(["reads", "writes"] as const).map((what) =>
    Property.eventually<Library>(`an actor ${what} again and again`, {
      from: () => true,
      holds: (library) => library[what][0] === true,
      fairness: { together: [{ actions: ["stops"], fairness: "weak" }] }
    })
  )
]
