/**
 * A node with all that belongs to it, as one integer: its *actor id* stands for (local state, messages in flight to it,
 * everything the harness keeps for it). A global state is then a vector of one integer per node.
 */
import type { ClockModel, Message, NodeSystem } from "../../model/index.ts"
import { canonicalKey } from "../interning/Canonical.ts"
import type { ClockZone } from "../tracking/ClockZone.ts"
import { initialZone } from "../tracking/ClockZone.ts"
import { grown, HashLanes, HIGH_SEED, LOW_SEED, mix } from "../interning/ContentHash.ts"
import { Interner } from "../interning/Interner.ts"
import { PairMemo, PairTable } from "../interning/PairTable.ts"

/** What the harness keeps for a node outside the protocol's state. */
export interface NodeMetadata {
  readonly up: boolean
  /** Set while the node is down after a crash that may or may not lose messages, and did: what is sent to it is lost. */
  readonly unreachable?: true
  /** Script: operations invoked. Any order: bit set of operations invoked. Drawn: operations invoked here. */
  readonly progress: number
  /** Timers that are set, sorted. */
  readonly timers: ReadonlyArray<string>
  /** Knowledge of time; null without clocks. */
  readonly zone: ClockZone | null
  /** Writes in the causal past, sorted; null unless a property asks. */
  readonly past: ReadonlyArray<string | number> | null
}

/** A message in flight. */
export interface TrackedEnvelope {
  readonly from: number
  readonly message: Message
  /** Least real time of sending; null without clocks. */
  readonly sentAt: number | null
  /** Writes in the causal past of the sending; null unless a property asks. */
  readonly past: ReadonlyArray<string | number> | null
}

/** A flight that may arrive next, and the id of the inbox without it. */
export interface Arrival {
  readonly envelope: number
  readonly rest: number
}

/** The actors of all nodes. */
export class NodeConfigurations {
  /** Local states, one interner per machine. */
  readonly locals: ReadonlyArray<Interner>
  readonly envelopes = new Interner()
  readonly metadataIds = new Interner()
  /** Inboxes: lists of flight ids. */
  readonly inboxes: Array<ReadonlyArray<number>> = []
  /** Flights without what the harness keeps of them, by flight; only where copies are counted. */
  private readonly contents = new Interner()
  private readonly contentOf: Array<number | undefined> = []
  private readonly inboxHashes = new HashLanes()
  private readonly next: Array<ReadonlyArray<Arrival> | undefined> = []
  private readonly joined = new PairMemo()
  /** Per node and actor id: its local state, inbox, whether it is up, and its content hash. */
  readonly localOf: ReadonlyArray<{ data: Int32Array }>
  readonly inboxOf: ReadonlyArray<{ data: Int32Array }>
  readonly upOf: ReadonlyArray<{ data: Int32Array }>
  readonly pendingOf: ReadonlyArray<{ data: Int32Array }>
  readonly hashes: ReadonlyArray<HashLanes>
  private readonly inboxIds = new Map<string, number>()
  private readonly states: ReadonlyArray<PairTable>
  private readonly tables: ReadonlyArray<PairTable>
  private readonly arrived: ReadonlyArray<PairMemo>
  private readonly ordered: boolean
  /** Per node: whether messages to it may be in flight while it is down. */
  private readonly keeping: ReadonlyArray<boolean>
  private readonly copies: number
  private readonly hasWork: (node: number, metadata: NodeMetadata) => boolean

  /** `hasWork` says whether a node still has operations of its own to invoke. */
  constructor(
    system: NodeSystem<unknown>,
    locals: ReadonlyArray<Interner>,
    hasWork: (node: number, metadata: NodeMetadata) => boolean
  ) {
    const perNode = <A>(make: () => A): ReadonlyArray<A> => system.machines.map(make)
    const column = () => ({ data: new Int32Array(64) })
    this.locals = locals
    this.ordered = system.network.order === "ordered"
    const { down, inFlight } = system.faults
    this.keeping = system.machines.map((_, node) => inFlight !== "lost" && !down.includes(node))
    this.copies = system.network.copies
    this.hasWork = hasWork
    this.localOf = perNode(column)
    this.inboxOf = perNode(column)
    this.upOf = perNode(column)
    this.pendingOf = perNode(column)
    this.hashes = perNode(() => new HashLanes())
    this.states = perNode(() => new PairTable())
    this.tables = perNode(() => new PairTable())
    this.arrived = perNode(() => new PairMemo())
    this.inbox([])
  }

  /** The actor id of a node with this local state, inbox and companion, by their ids. */
  intern(node: number, local: number, inbox: number, metadata: number): number {
    const table = this.tables[node]!
    const before = table.count
    const id = table.put(this.states[node]!.put(local, inbox), metadata)
    if (id === before) this.register(node, id, local, inbox, metadata)
    return id
  }

  /** The id of an inbox. */
  inbox(envelopes: ReadonlyArray<number>): number {
    const key = envelopes.join(",")
    const known = this.inboxIds.get(key)
    if (known !== undefined) return known
    const id = this.inboxes.length
    this.inboxes.push(envelopes)
    this.inboxIds.set(key, id)
    this.inboxHashes.set(
      id,
      this.inboxHash(envelopes, LOW_SEED, this.envelopes.hashes.low),
      this.inboxHash(envelopes, HIGH_SEED, this.envelopes.hashes.high)
    )
    return id
  }

  /**
   * The inbox after one more flight arrived in it, unless as many like it as may be are there. Unordered: a sorted
   * multiset. Ordered: a queue per source.
   */
  withEnvelope(envelopes: ReadonlyArray<number>, envelope: number): ReadonlyArray<number> {
    if (envelopes.length >= this.copies && envelopes.filter(this.alike(envelope)).length >= this.copies)
      return envelopes
    if (!this.ordered) return [...envelopes, envelope].sort((left, right) => left - right)
    const from = this.envelope(envelope).from
    const at = envelopes.findLastIndex((other) => this.envelope(other).from <= from) + 1
    return [...envelopes.slice(0, at), envelope, ...envelopes.slice(at)]
  }

  /** Whether a flight is of the same message from the same node; what the harness knows of it makes no difference. */
  private alike(envelope: number): (other: number) => boolean {
    const content = (id: number): number => {
      const { from, message } = this.envelope(id)
      return (this.contentOf[id] ??= this.contents.intern([from, message]))
    }
    return (other) => content(other) === content(envelope)
  }

  /** What may arrive next from an inbox, each distinct flight once, ordered by content. */
  arrivals(inbox: number): ReadonlyArray<Arrival> {
    return (this.next[inbox] ??= this.deliverable(this.inboxes[inbox]!))
  }

  /** Whether what is sent to a node is lost, since it is down and its crash, or its absence, lost the connections. */
  loses(node: number, configuration: number): boolean {
    if (this.upOf[node]!.data[configuration] === 1) return false
    return !this.keeping[node]! || this.metadata(node, configuration).unreachable === true
  }

  /** The actor after flights were put into its inbox, unless it loses them. `batch` is an inbox id. */
  arrive(node: number, configuration: number, arriving: number): number {
    const known = this.arrived[node]!.get(configuration, arriving)
    if (known !== -1) return known
    let result = configuration
    if (!this.loses(node, configuration)) {
      const inbox = this.join(this.inboxOf[node]!.data[configuration]!, arriving)
      result = this.intern(
        node,
        this.localOf[node]!.data[configuration]!,
        inbox,
        this.metadataIdOf(node, configuration)
      )
    }
    this.arrived[node]!.set(configuration, arriving, result)
    return result
  }

  /** The flight with this id. */
  envelope(id: number): TrackedEnvelope {
    return this.envelopes.values[id] as TrackedEnvelope
  }

  /** What the harness keeps for an actor. */
  metadata(node: number, configuration: number): NodeMetadata {
    return this.metadataIds.values[this.metadataIdOf(node, configuration)] as NodeMetadata
  }

  /** The id of what the harness keeps for an actor. */
  metadataIdOf(node: number, configuration: number): number {
    return this.tables[node]!.pairs[2 * configuration + 1]!
  }

  /** Whether two actors of a node differ in their causal pasts at the most, which belong to observers alone. */
  isAlike(node: number, left: number, right: number): boolean {
    if (left === right) return true
    const isSame = ({ data }: { readonly data: Int32Array }): boolean => data[left] === data[right]
    if (!isSame(this.localOf[node]!) || !isSame(this.inboxOf[node]!)) return false
    const [one, other] = [this.metadata(node, left), this.metadata(node, right)]
    return one.past !== null && canonicalKey({ ...one, past: null }) === canonicalKey({ ...other, past: null })
  }

  /** Number of actor ids of a node. */
  countOf(node: number): number {
    return this.tables[node]!.count
  }

  private register(node: number, id: number, local: number, inbox: number, metadataId: number): void {
    const metadata = this.metadataIds.values[metadataId] as NodeMetadata
    const envelopes = this.inboxes[inbox]!
    const pending =
      metadata.up && (envelopes.length > 0 || metadata.timers.length > 0 || this.hasWork(node, metadata)) ? 1 : 0
    store(this.localOf[node]!, id, local)
    store(this.inboxOf[node]!, id, inbox)
    store(this.upOf[node]!, id, metadata.up ? 1 : 0)
    store(this.pendingOf[node]!, id, pending)
    const lane = (of: (hashes: HashLanes) => Int32Array): number => {
      const localHash = of(this.locals[node]!.hashes)[local]!
      const metadataHash = of(this.metadataIds.hashes)[metadataId]!
      return mix(mix(localHash, metadataHash), of(this.inboxHashes)[inbox]!)
    }
    this.hashes[node]!.set(
      id,
      lane(({ low }) => low),
      lane(({ high }) => high)
    )
  }

  /** The id of an inbox after the flights of another one, a batch, arrived in it. */
  private join(inbox: number, arriving: number): number {
    const known = this.joined.get(inbox, arriving)
    if (known !== -1) return known
    const joined = this.inbox(
      this.inboxes[arriving]!.reduce(
        (envelopes: ReadonlyArray<number>, envelope) => this.withEnvelope(envelopes, envelope),
        this.inboxes[inbox]!
      )
    )
    this.joined.set(inbox, arriving, joined)
    return joined
  }

  private deliverable(envelopes: ReadonlyArray<number>): ReadonlyArray<Arrival> {
    const { keys } = this.envelopes
    const next = this.ordered
      ? new Map(envelopes.toReversed().map((id) => [this.envelope(id).from, id])).values()
      : new Set(envelopes)
    return [...next]
      .sort((left, right) => (keys[left]! < keys[right]! ? -1 : 1))
      .map((envelope) => ({ envelope, rest: this.inbox(envelopes.toSpliced(envelopes.indexOf(envelope), 1)) }))
  }

  /** Unordered inboxes are sorted by id, which depends on discovery; their hash must not, so it is a sum. */
  private inboxHash(envelopes: ReadonlyArray<number>, seed: number, lane: Int32Array): number {
    if (this.ordered) return envelopes.reduce((hash, envelope) => mix(hash, lane[envelope]!), seed)
    return envelopes.reduce((hash, envelope) => (hash + mix(seed, lane[envelope]!)) | 0, seed)
  }
}

const store = (column: { data: Int32Array }, id: number, value: number): void => {
  if (id >= column.data.length) column.data = grown(column.data, id)
  column.data[id] = value
}

/** A node's companion before anything happened. */
export const initialMetadata = (options: {
  readonly up: boolean
  readonly clocks: ClockModel | undefined
  readonly causal: boolean
}): NodeMetadata => ({
  up: options.up,
  progress: 0,
  timers: [],
  zone: options.clocks === undefined ? null : initialZone(options.clocks),
  past: options.causal ? [] : null
})
