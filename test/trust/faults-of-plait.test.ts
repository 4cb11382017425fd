/**
 * Faults that plait once had, each with the tests that notice it if it comes back. A test that is renamed or removed has to
 * be renamed or replaced here.
 */
import { readFileSync } from "node:fs"
import { expect, test } from "vitest"

const faults: ReadonlyArray<readonly [fault: string, file: string, noticedBy: string]> = [
  [
    "an input tagged as a hook runs the hook",
    "src/search/names.test.ts",
    "an operation runs its own handler, whatever its tag"
  ],
  [
    "a message tagged as a hook runs the hook",
    "src/search/names.test.ts",
    "a message runs its own handler, whatever its tag"
  ],
  [
    "a durable field that was absent is undefined after a crash",
    "src/model/Durability.test.ts",
    "a node that crashes and recovers before it voted has not voted"
  ],
  [
    "a durable field that was absent is undefined after a crash, in random systems",
    "test/trust/agreement.test.ts",
    "three hundred random systems of nodes, in every figure and verdict"
  ],
  [
    "a budget or node that is not possible is taken",
    "src/model/part-checks.test.ts",
    "an argument that is not possible is refused"
  ],
  [
    "a name that is no field of the state is durable",
    "src/model/machine-checks.test.ts",
    "a durable field that the state lacks"
  ],
  [
    "a state of variables is not quiescent while a fault may happen",
    "src/search/deadlock.test.ts",
    "in a model of variables all is quiescent where nothing but faults and stuttering is left"
  ],
  ["a fault that names no action is taken", "src/model/part-checks.test.ts", 'faults names "gone", which is no action'],
  ["a variable needs no initial value", "src/model/part-checks.test.ts", 'variable "x" has no initial value'],
  [
    "an answer that is neither true nor false counts as true",
    "src/engine/predicates/Predicates.test.ts",
    "that answers neither true nor false is refused with what it returned"
  ],
  [
    "a predicate that keeps its first answer is believed",
    "src/engine/predicates/Predicates.test.ts",
    "that keeps its first answer is refused in the next frame that it would have to read"
  ],
  [
    "a guard that answers neither true nor false lets a step happen",
    "src/search/truth-values.test.ts",
    "a guard that answers %o is refused as one that returned %s"
  ],
  [
    "a kept result outlives what a copied or late entry depends on",
    "src/cli/run/stale-results.test.ts",
    "a change of what a property imports is seen by an entry"
  ],
  [
    "a kept result outlives a file that its modules read",
    "src/cli/run/stale-results.test.ts",
    "a change is seen of what a module reads:"
  ],
  ["two traces are written to one file", "test/cli/hard-names.test.ts", "writes each trace into a file of its own"],
  ["a long name is no name of a file", "test/cli/hard-names.test.ts", "shortens long names"],
  [
    "code of a model ends, crashes or silences plait",
    "test/cli/misdeeds.test.ts",
    "a model's misdeed is told with its line, and the other case with its result"
  ],
  [
    "an explanation that throws ends the run",
    "test/cli/misdeeds.test.ts",
    "keeps a verdict whose explanation throws, and is exit 2"
  ],
  [
    "a message changes after it was sent",
    "src/engine/execution/handed-over.test.ts",
    "a message is what it was when it was sent"
  ],
  [
    "an observation changes after it was noted",
    "src/engine/execution/handed-over.test.ts",
    "an observation is what it was when it was noted"
  ],
  [
    "a handler changes what it is given",
    "src/engine/execution/handed-over.test.ts",
    "what code of a model is given it cannot change"
  ],
  [
    "a variable changes after it was set",
    "src/engine/execution/handed-over.test.ts",
    "a variable is what it was when it was set"
  ],
  [
    "a trace that is another when it is taken again is plait's fault",
    "src/search/evidence.test.ts",
    "that cannot be taken, or is not the same when it is taken again, is refused"
  ],
  [
    "a handler that counts its calls is plait's fault",
    "src/search/blame.test.ts",
    "a handler that only the first program of a search heard of otherwise is named by the step that differs"
  ],
  [
    "a guard that counts its calls is plait's fault",
    "src/search/blame.test.ts",
    "a guard that counts its calls is named, with and without a check of determinism"
  ],
  ["an initial state that counts is plait's fault", "src/search/blame.test.ts", "initial states that count are named"],
  [
    "a property that counts its calls is plait's fault",
    "src/search/blame.test.ts",
    "a property that counts its calls is named with both answers where its trace is taken again"
  ],
  [
    "code that counts its calls is plait's fault, in every command",
    "test/cli/dishonest.test.ts",
    "code that counts its calls is named with both results"
  ],
  [
    "what is thrown and has no text ends the run",
    "src/engine/execution/ThrownText.test.ts",
    "anything that is thrown has a text"
  ],
  [
    "a missing, doubled or foreign shard is merged",
    "test/cli/hard-names.test.ts",
    "takes all the shards of one run, each once"
  ],
  [
    "steps are seen out of the order of time",
    "src/search/time-order.test.ts",
    "a step shows no earlier time than a step before it did"
  ],
  [
    "steps are seen out of the order of time, in random systems",
    "test/trust/ticking.test.ts",
    "the reference explorer notices a program that takes steps out of the order of time"
  ],
  [
    "a run owes steps that only the observer of another property sees",
    "src/search/company.test.ts",
    "every property has the verdict and the length that it has alone"
  ],
  [
    "a run owes steps that only the observer of another property sees, in random systems",
    "test/trust/ticking.test.ts",
    "has the verdict and length that it has alone, whatever is judged beside it"
  ],
  [
    "every reading up to a horizon is listed before any limit is looked at",
    "src/search/crashes.test.ts",
    "a clock that %s very many values"
  ],
  [
    "a field named __proto__ is lost",
    "src/engine/interning/Canonical.test.ts",
    "a field of the name __proto__ is kept"
  ],
  [
    "a field named as what every object inherits was always there, in states, parameters and traces",
    "test/cli/names.test.ts",
    "every name has the states, verdicts and traces of any other"
  ],
  [
    "a trace says nothing of a field named as what every object inherits",
    "test/cli/names.test.ts",
    "what it found is taken again, and says which field came"
  ],
  [
    "a pinned case is not found again whose names every object inherits",
    "test/cli/names.test.ts",
    "what is pinned of them is found again: a second run has nothing to say"
  ],
  [
    "a trace file loses a field named as what every object inherits",
    "src/trace/trace.test.ts",
    "fields and variables named as what every object inherits are written as ITF and read back"
  ],
  [
    "an action named as what every object inherits was always pinned",
    "src/suite/Baseline.test.ts",
    "an action named as what every object inherits is new where it was not pinned"
  ],
  [
    "a setting has a parameter that it inherits",
    "src/suite/setting-checks.test.ts",
    "a parameter of a name that every object inherits is set only where a setting has it as its own"
  ],
  [
    "--set finds a parameter that every object inherits",
    "src/suite/setting-checks.test.ts",
    "a name that every object inherits is no parameter"
  ],
  [
    "a durable field is one that every object inherits",
    "src/model/Durability.test.ts",
    "fields that every object inherits are absent unless they are the state's own"
  ],
  [
    "a premise that is false is judged",
    "src/search/verdicts.test.ts",
    "of any kind is vacuous where its premise is never true, whatever it claims there"
  ],
  [
    "a premise that is false is judged, in random systems",
    "test/trust/oracle.test.ts",
    "judges where the premise is false"
  ],
  ["a crash loses what is in flight", "src/search/crashes.test.ts", "that breaks the connections leaves none"],
  [
    "a crash loses what is in flight, in random systems",
    "test/trust/oracle.test.ts",
    "loses at every crash what is in flight"
  ]
]

test.each(faults)("noticed where it comes back: %s", (_fault, file, noticedBy) => {
  const source = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8")
  expect(source.includes(noticedBy)).toBe(true)
})
