/**
 * Liveness: protocols that continue for ever, and those that become quiescent only under fairness. Each property has a
 * setting, or an assumption less, under which some run continues for ever without it.
 */
import { type CounterView, gossipCounterModel } from "./gossip-counter.ts"
import { type HandoffState, hintedHandoffModel } from "./hinted-handoff.ts"
import { type Caller, remoteCallModel, type Server } from "./remote-call.ts"
import { retransmissionModel, type Retransmitter } from "./retransmission.ts"
import { everyNodeGetsIt, networkFallsSilent } from "plait/properties/eventual-delivery"
import { entry, type Entry, type Fairness, type NodesView, Property } from "plait"

const agree = ({ views }: CounterView): boolean => views.every((view) => view.join() === views[0]?.join())

/** Fairness of CRDT.tla: gossip is fair between any two nodes, and from some moment on there is only gossip. */
const onlyGossip = { increment: "finite", "increment and reduce": "finite", "gossip and reduce": "finite" } as const

const agreement = (name: string, fairness: Fairness, stable = false) =>
  Property.eventually<CounterView>(name, {
    from: () => true,
    holds: agree,
    stable,
    fairness,
    explain: ({ views }) => `The views are ${views.map((view) => `(${view.join(", ")})`).join(", ")}.`
  })

const gossipCounter = entry(gossipCounterModel, {
  properties: () => [
    Property.invariant<CounterView>("no node knows of more increments than were made", {
      premise: (view) => !agree(view),
      holds: ({ views }) => views.every((view) => view.every((count, of) => (views[of]?.[of] ?? 0) >= count))
    }),
    agreement("the views agree again and again, once counting stops", { actions: onlyGossip }),
    agreement("the views agree for good, once counting stops", { actions: onlyGossip }, true),
    agreement("the views agree again and again, while counting goes on", {}),
    agreement("the views agree again and again, though nobody owes gossip", {
      actions: { ...onlyGossip, gossip: "none" }
    })
  ],
  settings: [
    { nodes: 2, bound: 3 },
    { nodes: 3, bound: 2 }
  ],
  deep: [{ nodes: 3, bound: 3 }]
})

const retransmission = entry(retransmissionModel, {
  properties: () => [
    everyNodeGetsIt<Retransmitter>({ has: ({ applied }) => (applied > 0 ? ["write"] : []) }),
    Property.eventually<NodesView<Retransmitter>>("the origin learns that every node has the write", {
      from: ({ nodes }) => nodes.some(({ state }) => state.awaited.size > 0),
      holds: ({ nodes }) => nodes.every(({ state }) => state.awaited.size === 0),
      explain: ({ nodes }) => `n0 waits for ${[...(nodes[0]?.state.awaited ?? [])].map((id) => `n${id}`).join(", ")}.`
    }),
    networkFallsSilent<Retransmitter>(),
    Property.invariant<NodesView<Retransmitter>>("no node applies the write twice", {
      premise: ({ nodes }) => nodes.some(({ state }) => state.applied > 0),
      holds: ({ nodes }) => nodes.every(({ state }) => state.applied < 2)
    }),
    Property.reachable<NodesView<Retransmitter>>("a copy is on its way to a node that has the write", {
      holds: ({ nodes }) =>
        nodes.some(({ inbox, state }) => state.applied > 0 && inbox.some(({ message }) => message._tag === "Bring"))
    })
  ],
  settings: [
    { nodes: 3, losses: 2, resend: "timer", receiver: "idempotent" },
    { nodes: 3, losses: 0, resend: "never", receiver: "idempotent" },
    { nodes: 3, losses: 1, resend: "never", receiver: "idempotent" },
    { nodes: 3, losses: 1, resend: "timer", receiver: "applies-again" },
    { nodes: 2, losses: 1, resend: "timer", receiver: "acknowledges-once" }
  ]
})

const isKept = ({ nodes }: NodesView<HandoffState>): boolean => nodes.some(({ state }) => state.hint !== null)

const comesHome = (name: string, fairness: Fairness) =>
  Property.eventually<NodesView<HandoffState>>(name, {
    from: isKept,
    holds: ({ nodes }) => nodes[1]?.state.has === true,
    fairness,
    explain: ({ nodes }) =>
      `n1 is ${nodes[1]?.up === true ? "up" : "down"} and lacks the write, n2 ${nodes[2]?.state.hint === null ? "has forgotten" : "keeps"} it.`
  })

const homeComesBack = { actions: { recover: "weak" } } as const

const hintedHandoff = entry(hintedHandoffModel, {
  properties: () => [
    comesHome("a write that is kept comes to its home, if that comes back", homeComesBack),
    comesHome("a write that is kept comes to its home, though that may stay down", {}),
    Property.eventually<NodesView<HandoffState>>("every hint is let go of, if the home comes back", {
      from: isKept,
      holds: (view) => !isKept(view),
      fairness: homeComesBack
    }),
    Property.reachable<NodesView<HandoffState>>("the home is down and the substitute keeps its write", {
      holds: (view) => view.nodes[1]?.up === false && isKept(view)
    })
  ],
  settings: [
    { crashes: 1, handoff: "timer" },
    { crashes: 2, handoff: "timer" },
    { crashes: 1, handoff: "never" },
    { crashes: 1, handoff: "forgets-on-sending" }
  ]
})

type CallView = NodesView<Caller | Server>

const stateOf = <State>({ nodes }: CallView, node: number): State => nodes[node]?.state as State
const callerOf = (view: CallView) => stateOf<Caller>(view, 0)
const serverOf = (view: CallView) => stateOf<Server>(view, 1)

const copyWaits = Property.reachable<CallView>(
  "a copy of a call waits for a server that has crashed since it carried it out",
  {
    holds: (view) => {
      const { carriedOut } = serverOf(view)
      const calls = view.nodes.flatMap(({ inbox, up }) => (up ? [] : inbox.map(({ message }) => message)))
      return calls.some((call) => "number" in call && carriedOut[Number(call.number) - 1] === 1)
    }
  }
)

const remoteCall = entry(remoteCallModel, {
  properties: ({ crashes }) => [
    Property.invariant<CallView>("no call is carried out twice", {
      premise: (view) => serverOf(view).carriedOut.some((times) => times > 0),
      holds: (view) => serverOf(view).carriedOut.every((times) => times < 2),
      explain: (view) => `Call ${serverOf(view).carriedOut.indexOf(2) + 1} is carried out again.`
    }),
    Property.eventually<CallView>("a call is answered, if the server comes back", {
      from: (view) => callerOf(view).isWaiting,
      holds: (view) => !callerOf(view).isWaiting,
      fairness: homeComesBack
    }),
    ...(crashes > 0 ? [copyWaits] : [])
  ],
  settings: [
    { calls: 2, crashes: 1, remembers: "disk" },
    { calls: 2, crashes: 2, remembers: "disk" },
    { calls: 2, crashes: 0, remembers: "memory" },
    { calls: 2, crashes: 1, remembers: "memory" },
    { calls: 2, crashes: 2, remembers: "incarnation" },
    { calls: 2, crashes: 1, remembers: "stale-incarnation" },
    { calls: 2, crashes: 0, remembers: "nothing" }
  ]
})

/** The entries. */
export const liveness: ReadonlyArray<Entry> = [gossipCounter, retransmission, hintedHandoff, remoteCall]
