/**
 * Stateright's registers: its counts, its shortest examples, and what each mutant breaks. Its counts include the initial
 * state, and the history of the linearizability tester is in its states; here the observer of linearizability is.
 */
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { catalogue } from "../../test/catalogue.ts"
import { explore } from "../../test/explore-given.ts"
import { caseFromId } from "../../src/suite/Suite.ts"

const check = async (id: string) => {
  const suiteCase = caseFromId(catalogue, id)
  if (suiteCase === undefined) throw new RangeError(`no case ${id}`)
  const { properties, system } = suiteCase.entry.build(suiteCase.values)
  return Effect.runPromise(explore(system, properties, { checkDeterminism: true }))
}

/** Verdicts by property; with the steps of the shortest trace, where there is one. */
const verdicts = async (id: string) =>
  Object.fromEntries(
    (await check(id)).properties.map(({ name, verdict }) => [
      name,
      "evidence" in verdict ? `${verdict._tag} in ${verdict.evidence.steps.length}` : verdict._tag
    ])
  )

const counts = async (id: string) => {
  const { complete, depth, distinct, generated } = await check(id)
  return { complete, depth, distinct, generated }
}

describe("the states are Stateright's", () => {
  test("a single copy: 93 with two clients, 4,243 with three", async () => {
    // Example single-copy-register: 93 in its own test, the other figures computed with Stateright (4 clients: deep).
    expect(await counts("single-copy-register/clients=2,servers=1,mutant=none")).toEqual({
      complete: true,
      depth: 8,
      distinct: 93,
      generated: 121
    })
    expect(await counts("single-copy-register/clients=3,servers=1,mutant=none")).toEqual({
      complete: true,
      depth: 12,
      distinct: 4243,
      generated: 6778
    })
  })

  test("ABD: 544 with two clients and two servers", async () => {
    // Test of the example linearizable-register. Every run is 2 × 12 deliveries: a put and a get each take a request,
    // a query, its answer, a record, its answer, and a reply; one server is busy while it serves one.
    expect(await counts("abd-register/clients=2,servers=2,mutant=none")).toMatchObject({ distinct: 544, depth: 24 })
  })

  test("Paxos: 16,668 with two clients and three servers", async () => {
    // Test of the example paxos; what it generates and the depth computed with Stateright.
    expect(await counts("paxos/clients=2,servers=3,mutant=none")).toEqual({
      complete: true,
      depth: 20,
      distinct: 16_668,
      generated: 32_971
    })
  })
})

describe("what is published holds, and the shortest way to read a written value is Stateright's", () => {
  const read = "a client is told of a value that was written"

  test("a single copy is linearizable; 3 deliveries", async () => {
    // Put, PutOk, Get: the path that the example's test names.
    expect(await verdicts("single-copy-register/clients=2,servers=1,mutant=none")).toEqual({
      linearizability: "holds",
      [read]: "reached in 3"
    })
  })

  test("ABD is linearizable; 11 deliveries", async () => {
    // The eleven deliveries that the example's test names.
    const expected = { linearizability: "holds", [read]: "reached in 11" }
    expect(await verdicts("abd-register/clients=2,servers=2,mutant=none")).toEqual(expected)
    expect(await verdicts("abd-register/clients=3,servers=2,mutant=none")).toEqual(expected)
  })

  test("Paxos agrees and is linearizable; 8 deliveries", async () => {
    // The eight deliveries that the example's test names.
    expect(await verdicts("paxos/clients=2,servers=3,mutant=none")).toEqual({
      linearizability: "holds",
      "no two nodes decide differently": "holds",
      [read]: "reached in 8"
    })
  })
})

describe("mutants are caught", () => {
  test("two single copies that do not replicate: a client does not read what it wrote", async () => {
    // Put, PutOk, Get at the other server, GetOk with nothing: the four deliveries that the example's test names.
    const found = await verdicts("single-copy-register/clients=2,servers=2,mutant=none")
    expect(found["linearizability"]).toBe("violated in 4")
  })

  test("a server that forgets what it acknowledged, by linearizability and by the reachability property", async () => {
    // Put, PutOk, Get, GetOk with nothing.
    expect(await verdicts("single-copy-register/clients=2,servers=1,mutant=forgets")).toEqual({
      linearizability: "violated in 4",
      "a client is told of a value that was written": "unreached"
    })
  })

  test("ABD that reads one copy: a read sees a write that a later read does not", async () => {
    // Needs a write under way that one client reads and another does not, so three clients. n3's and n2's writes take
    // 6 each; n4's has to reach the recording phase, which takes 3; n3 reads it in 2, and then n2 does not in 2.
    const found = await verdicts("abd-register/clients=3,servers=2,mutant=reads-one-copy")
    expect(found["linearizability"]).toBe("violated in 19")
  })

  test("ABD that acknowledges early: a majority of the other servers answers with nothing", async () => {
    // Put, query and answer, PutOk: 4. Get, query and answer, record and answer, GetOk with nothing: 6.
    const found = await verdicts("abd-register/clients=1,servers=3,mutant=acknowledges-early")
    expect(found["linearizability"]).toBe("violated in 10")
  })

  test.each(["ignores-accepted", "accepts-old-ballots"])("Paxos that %s decides twice", async (mutant) => {
    // Two ballots of Put, Prepare, Prepared, Accept and Accepted: 10. Then both clients read, each at a server that
    // knows another decision: the decision arrives at one server (1), two clients take PutOk, Get and GetOk (6).
    const found = await verdicts(`paxos/clients=2,servers=3,mutant=${mutant}`)
    expect(found["no two nodes decide differently"]).toBe("violated in 10")
    expect(found["linearizability"]).toBe("violated in 17")
  })
})
