/**
 * Node configurations: a node with everything that belongs to it, as one integer. A *configuration id* stands for
 * (local state, envelopes in flight to the node, node metadata). A global state is then a vector of one integer per
 * node.
 */
import type { ClockModel, Message, NodeSystem } from "../../model/index.ts"
import { canonicalKey } from "../interning/Canonical.ts"
import type { ClockZone } from "../tracking/ClockZone.ts"
import { initialZone } from "../tracking/ClockZone.ts"
import { grown, HashLanes, HIGH_SEED, LOW_SEED, mix } from "../interning/ContentHash.ts"
import { Interner } from "../interning/Interner.ts"
import { PairMemo, PairTable } from "../interning/PairTable.ts"

/** Node metadata: facts about a node that are not part of the protocol's state. */
export interface NodeMetadata {
  readonly up: boolean
  /**
   * Set while the node is down after a crash that broke its connections, where a crash may break them or not. Messages
   * sent to it meanwhile are lost.
   */
  readonly unreachable?: true
  /** Script: operations invoked. Any order: bit set of operations invoked. Drawn: operations invoked here. */
  readonly progress: number
  /** Timers that are set, sorted. */
  readonly timers: ReadonlyArray<string>
  /** Knowledge of time; null without clocks. */
  readonly zone: ClockZone | null
  /** Writes in the causal past, sorted; null unless a property needs them. */
  readonly past: ReadonlyArray<string | number> | null
}

/** An envelope in flight. */
export interface TrackedEnvelope {
  readonly from: number
  readonly message: Message
  /** Least real time of sending; null without clocks. */
  readonly sentAt: number | null
  /** Writes in the causal past of the sending; null unless a property needs them. */
  readonly past: ReadonlyArray<string | number> | null
}

/** An envelope that may arrive next, and the id of the inbox without it. */
export interface Arrival {
  readonly envelope: number
  readonly rest: number
}

/** The configurations of all nodes. */
export class NodeConfigurations {
  /** Local states, one interner per machine. */
  readonly locals: ReadonlyArray<Interner>
  readonly envelopes = new Interner()
  readonly metadataIds = new Interner()
  /** Inboxes: lists of envelope ids. */
  readonly inboxes: Array<ReadonlyArray<number>> = []
  /** Senders and messages of envelopes without their tracking data; used only if copies are counted. */
  private readonly contents = new Interner()
  private readonly contentOf: Array<number | undefined> = []
  private readonly inboxHashes = new HashLanes()
  private readonly next: Array<ReadonlyArray<Arrival> | undefined> = []
  private readonly joined = new PairMemo()
  /** Columns per node, by configuration id: local state, inbox, 1 if up, 1 if it has work left, and content hash. */
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
  /** True per node if messages to it may be in flight while it is down. */
  private readonly keeping: ReadonlyArray<boolean>
  private readonly copies: number
  private readonly hasWork: (node: number, metadata: NodeMetadata) => boolean

  /** Creates the tables. `hasWork` is true while a node still has operations of its own to invoke. */
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

  /** The configuration id of a node with this local state, inbox and metadata, by their ids. */
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
    const existing = this.inboxIds.get(key)
    if (existing !== undefined) return existing
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
   * The inbox with the envelope added; unchanged if it already holds `copies` equal envelopes. Unordered: a sorted
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

  /** Tests for envelopes with the same message from the same node; their tracking data is ignored. */
  private alike(envelope: number): (other: number) => boolean {
    const content = (id: number): number => {
      const { from, message } = this.envelope(id)
      return (this.contentOf[id] ??= this.contents.intern([from, message]))
    }
    return (other) => content(other) === content(envelope)
  }

  /** The envelopes that may arrive next from an inbox, each distinct one once, ordered by content. */
  arrivals(inbox: number): ReadonlyArray<Arrival> {
    return (this.next[inbox] ??= this.deliverable(this.inboxes[inbox]!))
  }

  /** True if messages sent to a node are lost: it is down, and its crash, or its absence, broke the connections. */
  loses(node: number, configuration: number): boolean {
    if (this.upOf[node]!.data[configuration] === 1) return false
    return !this.keeping[node]! || this.metadata(node, configuration).unreachable === true
  }

  /**
   * The configuration after envelopes were added to its inbox; unchanged if it loses them. `arriving` is an inbox id.
   */
  arrive(node: number, configuration: number, arriving: number): number {
    const existing = this.arrived[node]!.get(configuration, arriving)
    if (existing !== -1) return existing
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

  /** The envelope with this id. */
  envelope(id: number): TrackedEnvelope {
    return this.envelopes.values[id] as TrackedEnvelope
  }

  /** The metadata of a configuration. */
  metadata(node: number, configuration: number): NodeMetadata {
    return this.metadataIds.values[this.metadataIdOf(node, configuration)] as NodeMetadata
  }

  /** The id of the metadata of a configuration. */
  metadataIdOf(node: number, configuration: number): number {
    return this.tables[node]!.pairs[2 * configuration + 1]!
  }

  /** True if two configurations of a node differ at most in their causal pasts, which only observers read. */
  isAlike(node: number, left: number, right: number): boolean {
    if (left === right) return true
    const isSame = ({ data }: { readonly data: Int32Array }): boolean => data[left] === data[right]
    if (!isSame(this.localOf[node]!) || !isSame(this.inboxOf[node]!)) return false
    const [one, other] = [this.metadata(node, left), this.metadata(node, right)]
    return one.past !== null && canonicalKey({ ...one, past: null }) === canonicalKey({ ...other, past: null })
  }

  /** Number of configuration ids of a node. */
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

  /** The id of an inbox after the envelopes of another inbox, `arriving`, were added to it. */
  private join(inbox: number, arriving: number): number {
    const existing = this.joined.get(inbox, arriving)
    if (existing !== -1) return existing
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

  /**
   * Hash of an inbox. Unordered inboxes are sorted by id, which depends on the order of discovery; the hash must not
   * depend on it, so it is a sum.
   */
  private inboxHash(envelopes: ReadonlyArray<number>, seed: number, lane: Int32Array): number {
    if (this.ordered) return envelopes.reduce((hash, envelope) => mix(hash, lane[envelope]!), seed)
    return envelopes.reduce((hash, envelope) => (hash + mix(seed, lane[envelope]!)) | 0, seed)
  }
}

const store = (column: { data: Int32Array }, id: number, value: number): void => {
  if (id >= column.data.length) column.data = grown(column.data, id)
  column.data[id] = value
}

/** The metadata of a node before the first step. */
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
