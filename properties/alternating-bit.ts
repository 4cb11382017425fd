/**
 * What the alternating bit protocol is to achieve, whatever its channels do: each value is received once, before the
 * sender goes on to the next.
 *
 * Source: `ABCorrectness.tla` of Lamport's "Specifying Systems", whose two receiving actions these properties are; a step in
 * which neither happens is one of its other actions or changes nothing that it speaks of.
 *
 * Formulas, for a step from s to s': receiver' ≠ receiver ⇒ receiver ≠ sender ∧ receiver' = sender ∧ received' = sent; and
 * acknowledged' ≠ acknowledged ⇒ acknowledged' = receiver ≠ acknowledged. Observes nothing; costs no states.
 */
import { Property } from "plait"

/** What the properties look at. */
export interface Transmission {
  readonly bits: { readonly sender: number; readonly acknowledged: number; readonly receiver: number }
  readonly sent: number
  readonly received: number
}

/** The receiver takes the value that was sent last, and takes it once. */
export const receivedOnce = Property.stepInvariant<Transmission>("a value is received as it was sent, once", {
  holds: (before, after) => {
    if (before.bits.receiver === after.bits.receiver && before.received === after.received) return true
    return (
      before.bits.receiver !== before.bits.sender &&
      after.bits.receiver === before.bits.sender &&
      after.received === before.sent
    )
  },
  explain: ({ bits, received, sent }) =>
    `The receiver has ${received} with bit ${bits.receiver}, however ${sent} was sent last, with bit ${bits.sender}: ` +
    "it took a value for new that was not, or missed one."
})

/** What the sender takes for acknowledged has been received. */
export const acknowledgedAfterReceived = Property.stepInvariant<Transmission>(
  "the sender goes on only after its value was received",
  {
    holds: ({ bits }, after) =>
      bits.acknowledged === after.bits.acknowledged ||
      (bits.receiver !== bits.acknowledged && after.bits.acknowledged === bits.receiver),
    explain: ({ bits, sent }) =>
      `The sender takes ${sent} with bit ${bits.acknowledged} for received, however the receiver's bit is ${bits.receiver}.`
  }
)

/** The guard: a run exists in which the sender repeats a value before its first copy has arrived. */
export const valueRepeated = Property.reachable<Transmission & { readonly messages: ReadonlyArray<unknown> }>(
  "a value is sent again while its first copy is under way",
  {
    holds: ({ bits, messages }) =>
      messages.length > 1 && bits.receiver !== bits.sender && bits.acknowledged !== bits.sender
  }
)
