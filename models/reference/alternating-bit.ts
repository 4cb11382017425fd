/**
 * The alternating bit protocol: a sender repeats a value with a bit until the bit is acknowledged, over two lossy
 * channels that keep the order of the messages they do not lose.
 *
 * Source: Bartlett, Scantlebury and Wilkinson, "A note on reliable full-duplex transmission over half-duplex links"
 * (CACM 1969), and AlternatingBit.tla of Lamport's "Specifying Systems", action by action. There a channel is unbounded
 * and MCAlternatingBit bounds the states that are searched; here no message is sent into a full channel. The three bits
 * are one variable, since they start equal.
 *
 * `believes-any-acknowledgement` is a mutant whose sender ignores the bit of an acknowledgement; `overtaking` is the
 * protocol over channels in which messages overtake each other. Left out: liveness.
 */
import { Effect, Schema } from "effect"
import { Model, type Variable, WholeState } from "plait"

const Bit = Schema.Literals([0, 1])
type Bit = typeof Bit.Type
const Sent = Schema.Struct({ bit: Bit, value: Schema.Natural })
const Bits = Schema.Struct({ sender: Bit, acknowledged: Bit, receiver: Bit })

type Mutant = "none" | "believes-any-acknowledgement" | "overtaking"

const equalBits = (bit: Bit): typeof Bits.Type => ({ sender: bit, acknowledged: bit, receiver: bit })

const alternatingBit = (room: number, values: number, mutant: Mutant) => {
  const data = Array.from({ length: values }, (_, value) => value)
  const places = Array.from({ length: room }, (_, place) => place)

  const send = <A>(channel: Variable<ReadonlyArray<A>>, message: NoInfer<A>) =>
    Effect.gen(function* () {
      const queue = yield* channel.get
      yield* WholeState.when(queue.length < room)
      yield* channel.set([...queue, message])
    })
  const take = <A>(channel: Variable<ReadonlyArray<A>>, place: number) =>
    Effect.gen(function* () {
      const queue = yield* channel.get
      const message = queue[place]
      yield* WholeState.when(message !== undefined)
      yield* channel.set(queue.toSpliced(place, 1))
      return message as A
    })
  const received = mutant === "overtaking" ? places : [0]

  return WholeState.make("alternating-bit", {
    variables: {
      messages: WholeState.variable(Schema.Array(Sent), []),
      acknowledgements: WholeState.variable(Schema.Array(Bit), []),
      bits: WholeState.variable(Bits, equalBits(0), equalBits(1)),
      sent: WholeState.variable(Schema.Natural, ...data),
      received: WholeState.variable(Schema.Natural, ...data)
    },
    actions: (state) => ({
      sendsNewValue: WholeState.each(
        data,
        Effect.fnUntraced(function* (value) {
          const bits = yield* state.bits.get
          yield* WholeState.when(bits.acknowledged === bits.sender)
          const bit = bits.sender === 0 ? 1 : 0
          yield* send(state.messages, { bit, value })
          yield* state.sent.set(value)
          yield* state.bits.set({ ...bits, sender: bit })
        })
      ),
      sendsAgain: WholeState.action(
        Effect.gen(function* () {
          const bits = yield* state.bits.get
          yield* WholeState.when(bits.acknowledged !== bits.sender)
          yield* send(state.messages, { bit: bits.sender, value: yield* state.sent.get })
        })
      ),
      receivesMessage: WholeState.each(
        received,
        Effect.fnUntraced(function* (place) {
          const { bit, value } = yield* take(state.messages, place)
          yield* state.bits.set({ ...(yield* state.bits.get), receiver: bit })
          yield* state.received.set(value)
        })
      ),
      acknowledges: WholeState.action(
        Effect.gen(function* () {
          yield* send(state.acknowledgements, (yield* state.bits.get).receiver)
        })
      ),
      receivesAcknowledgement: WholeState.each(
        received,
        Effect.fnUntraced(function* (place) {
          const bit = yield* take(state.acknowledgements, place)
          const bits = yield* state.bits.get
          const acknowledged = mutant === "believes-any-acknowledgement" ? bits.sender : bit
          yield* state.bits.set({ ...bits, acknowledged })
        })
      ),
      losesMessage: WholeState.each(places, (place) => Effect.asVoid(take(state.messages, place))),
      losesAcknowledgement: WholeState.each(places, (place) => Effect.asVoid(take(state.acknowledgements, place)))
    }),
    faults: ["losesMessage", "losesAcknowledgement"]
  })
}

/** A sender and a receiver over two lossy channels. */
export const alternatingBitModel = Model.make({
  name: "alternating-bit",
  about: "The alternating bit protocol over two lossy channels of bounded length.",
  source: "Bartlett, Scantlebury and Wilkinson 1969; Specifying Systems, AlternatingBit.tla",
  parameters: {
    room: Model.integer({ default: 2, least: 1, most: 6, about: "messages that fit into each channel" }),
    values: Model.integer({ default: 2, least: 2, most: 4, about: "values that may be sent" }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "believes-any-acknowledgement", "overtaking"],
      about: "what is wrong with it"
    })
  },
  system: ({ mutant, room, values }) => alternatingBit(room, values, mutant)
})
