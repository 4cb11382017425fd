/**
 * Two-phase commit: one transaction manager, n resource managers, and messages in a set that never shrinks.
 *
 * Source: Gray and Lamport, "Consensus on transaction commit" (2006), and TwoPhase.tla of the TLA+ Examples, action by
 * action. `forgetful` is a mutant: the manager may commit without a message from resource manager 0.
 */
import { Effect, Schema } from "effect"
import { Model, WholeState } from "plait"

const ResourceManager = Schema.Literals(["working", "prepared", "committed", "aborted"])
const TransactionManager = Schema.Literals(["init", "committed", "aborted"])

/** The variables and actions of TwoPhase.tla for n resource managers. */
export const twoPhaseCommit = (n: number, forgetful: boolean) =>
  WholeState.make("two-phase-commit", {
    variables: {
      resource: WholeState.family(n, ResourceManager, "working"),
      manager: WholeState.variable(TransactionManager, "init"),
      prepared: WholeState.variable(Schema.ReadonlySet(Schema.Natural), new Set<number>()),
      messages: WholeState.variable(Schema.ReadonlySet(Schema.String), new Set<string>())
    },
    actions: ({ manager, messages, prepared, resource }) => {
      const everyone = Array.from({ length: n }, (_, index) => index)
      const awaited = forgetful ? everyone.slice(1) : everyone
      const send = Effect.fnUntraced(function* (message: string) {
        yield* messages.set(new Set([...(yield* messages.get), message]))
      })
      return {
        managerReceivesPrepared: WholeState.each(
          everyone,
          Effect.fnUntraced(function* (r) {
            yield* WholeState.when((yield* manager.get) === "init")
            yield* WholeState.when((yield* messages.get).has(`prepared ${r}`))
            yield* prepared.set(new Set([...(yield* prepared.get), r]))
          })
        ),
        managerCommits: WholeState.action(
          Effect.gen(function* () {
            yield* WholeState.when((yield* manager.get) === "init")
            const heard = yield* prepared.get
            yield* WholeState.when(awaited.every((r) => heard.has(r)))
            yield* manager.set("committed")
            yield* send("commit")
          })
        ),
        managerAborts: WholeState.action(
          Effect.gen(function* () {
            yield* WholeState.when((yield* manager.get) === "init")
            yield* manager.set("aborted")
            yield* send("abort")
          })
        ),
        prepares: WholeState.each(
          everyone,
          Effect.fnUntraced(function* (r) {
            yield* WholeState.when((yield* resource.at(r).get) === "working")
            yield* resource.at(r).set("prepared")
            yield* send(`prepared ${r}`)
          })
        ),
        choosesToAbort: WholeState.each(
          everyone,
          Effect.fnUntraced(function* (r) {
            yield* WholeState.when((yield* resource.at(r).get) === "working")
            yield* resource.at(r).set("aborted")
          })
        ),
        receivesCommit: WholeState.each(
          everyone,
          Effect.fnUntraced(function* (r) {
            yield* WholeState.when((yield* messages.get).has("commit"))
            yield* resource.at(r).set("committed")
          })
        ),
        receivesAbort: WholeState.each(
          everyone,
          Effect.fnUntraced(function* (r) {
            yield* WholeState.when((yield* messages.get).has("abort"))
            yield* resource.at(r).set("aborted")
          })
        )
      }
    }
  })

const managers = Model.integer({ default: 3, least: 1, most: 12, about: "resource managers" })

/** Two-phase commit as published. */
export const twoPhaseCommitModel = Model.make({
  name: "two-phase-commit",
  about: "Atomic commit of a transaction over n resource managers; messages are a set that never shrinks.",
  source: "Gray and Lamport 2006; TLA+ Examples, TwoPhase.tla",
  parameters: { n: managers },
  system: ({ n }) => twoPhaseCommit(n, false)
})

/** Mutant: the manager may commit without a message from resource manager 0. */
export const forgetfulTwoPhaseCommitModel = Model.make({
  name: "two-phase-commit-forgetful",
  about: "Mutant of two-phase commit: the manager may commit without having heard from resource manager 0.",
  source: "Gray and Lamport 2006, one guard weakened",
  parameters: { n: managers },
  system: ({ n }) => twoPhaseCommit(n, true)
})
