/**
 * Conflict avoidance: guarantees of a home for each key while it stays, and the cost of replacing it without
 * coordination, with a lease, and with an epoch.
 */
import { homeLeaderStoreModel } from "./home-leader-store.ts"
import { homeOf, type HomeState, homeValues, homeWrites } from "./home-replica.ts"
import { probeNames } from "./probes.ts"
import { convergence } from "plait/properties/convergence"
import { linearizability } from "plait/properties/linearizability"
import { noLostWrite } from "plait/properties/no-lost-write"
import { oneOwnerPerEpoch, ownersInTurn } from "plait/properties/one-owner"
import { readYourWrites } from "plait/properties/read-your-writes"
import { entry, type Entry, type NodesView, Property } from "plait"
import { parts } from "./guarantees.ts"
import { consistency, probeProperties } from "./suite.ts"

type View = NodesView<HomeState>
type Values = Parameters<typeof homeLeaderStoreModel.system>[0]

const isHome = (state: HomeState, node: number): boolean => homeOf(state, "x").home === node && state.taking === null

const oneHome = oneOwnerPerEpoch<HomeState>({
  owns: (state, node) => (isHome(state, node) ? [{ what: "x", epoch: homeOf(state, "x").epoch }] : [])
})

const inTurn = ownersInTurn({
  acts: (seen) =>
    seen.kind === "noted" && seen.name === "answers as home" ? (seen.data as { readonly key: string }).key : undefined
})

/** A version contains the writes that were replaced in it: a write is lost only if no version has it. */
const kept = noLostWrite<HomeState>({ survivors: homeWrites })

const twoBelieve = Property.reachable<View>("two nodes believe that they are the home of x", {
  holds: ({ nodes }) => nodes.filter(({ id, state, up }) => up && isHome(state, id)).length === 2
})

const isWriteOfX = (message: { readonly _tag: string }): boolean =>
  message._tag === "Store" && "key" in message && message.key === "x"

/** n1 leads, and a write of n0, the former home, is in some inbox. */
const underWay = Property.reachable<View>("the home is replaced while a write of the former one is under way", {
  holds: ({ nodes }) =>
    nodes.some(({ id, state }) => id === 1 && isHome(state, id)) &&
    nodes.some(({ inbox }) => inbox.some(({ from, message }) => from === 0 && isWriteOfX(message)))
})

const passedOn = Property.reachable<View>("a question is under way to the home", {
  holds: ({ nodes }) => nodes.some(({ inbox }) => inbox.some(({ message }) => message._tag === "Question"))
})

const homeIsDown = Property.reachable<View>("n0 is down and n1 is the home of x", {
  holds: ({ nodes: [first, second] }) => first?.up === false && second !== undefined && isHome(second.state, 1)
})

const cutOff = Property.reachable<View>("n0 knows nothing of the new home, and no message is under way", {
  holds: ({ nodes }) => nodes.every(({ id, inbox, state }) => inbox.length === 0 && (id > 1 || isHome(state, id)))
})

const asked = (probe: Values["probe"]) => {
  const converges = convergence<HomeState>({ view: homeValues })
  if (probe === "handover") return [linearizability, readYourWrites(), converges, kept]
  if (probe !== "concurrent") {
    return [...probeProperties<HomeState>(probe, { shown: homeValues, survivors: homeValues }), kept]
  }
  return [...consistency, converges, kept]
}

const happens = ({ fault, rehoming }: Values) => {
  if (rehoming === "never") return [passedOn]
  return [twoBelieve, underWay, ...(fault === "crash" ? [homeIsDown] : []), ...(fault === "cut" ? [cutOff] : [])]
}

const properties = (values: Values) => [
  ...asked(values.probe),
  oneHome,
  ...(values.rehoming === "never" ? [] : [inTurn]),
  ...happens(values)
]

const plain: Values = {
  rehoming: "never",
  answers: "at once",
  assumed: 0,
  skew: 0,
  fault: "none",
  mutant: "none",
  probe: "handover"
}
const announced: Values = { ...plain, rehoming: "announced" }
const lease: Values = { ...plain, rehoming: "lease", answers: "writes replicated" }
const epoch: Values = { ...plain, rehoming: "epoch", answers: "all replicated" }

const rehomings = {
  never: "",
  announced: "re-homed by announcement, ",
  lease: "re-homed by lease, ",
  epoch: "re-homed by epoch, "
}
const alarms = { none: "a false alarm", crash: "the home crashes", cut: "a link is cut" }

const homeLeaderStore = entry(homeLeaderStoreModel, {
  properties,
  settings: [
    ...probeNames.flatMap((probe) => [{ ...plain, probe }, { ...plain, answers: "writes replicated", probe } as const]),
    ...(["own reads", "write order", "updates", "handover"] as const).map((probe) => ({ ...announced, probe })),
    { ...announced, fault: "crash" },
    { ...announced, fault: "cut" },
    { ...announced, answers: "writes replicated" },
    { ...announced, answers: "writes replicated", probe: "updates" },
    { ...lease, answers: "at once" },
    lease,
    { ...lease, probe: "updates" },
    { ...lease, fault: "crash" },
    { ...lease, assumed: 1, skew: 1 },
    { ...lease, skew: 1 },
    ...(["ignores-expiry", "checks-once", "starts-early"] as const).map((mutant) => ({ ...lease, mutant })),
    { ...epoch, answers: "at once" },
    { ...epoch, answers: "writes replicated" },
    epoch,
    { ...epoch, probe: "updates" },
    { ...epoch, fault: "crash" },
    { ...epoch, answers: "writes replicated", fault: "cut" },
    { ...epoch, mutant: "takes-old-epochs" }
  ],
  place: ({ answers, assumed, fault, mutant, rehoming, skew }) => {
    if (mutant !== "none") return undefined
    const [design, alarm] = [rehomings[rehoming], rehoming === "never" ? "no faults" : alarms[fault]]
    return {
      part: parts.stores,
      design: `home leaders, ${design}answers ${answers === "at once" ? answers : `once ${answers}`}`,
      setting: rehoming === "lease" ? `${alarm}, skew ${skew}, ${assumed} assumed` : alarm
    }
  }
})

/** The entries. */
export const homeLeaders: ReadonlyArray<Entry> = [homeLeaderStore]
