/**
 * Goals of the alternating bit protocol, whatever its channels do: each value is received once, before the sender
 * continues with the next.
 *
 * Source: `ABCorrectness.tla` of Lamport's "Specifying Systems", whose two receiving actions these properties are; a
 * step without either is one of its other actions or leaves its variables unchanged.
 *
 * Formulas, for a step from s to s': receiver' ≠ receiver ⇒ receiver ≠ sender ∧ receiver' = sender ∧ received' = sent;
 * and acknowledged' ≠ acknowledged ⇒ acknowledged' = receiver ≠ acknowledged. Observes nothing; costs no states.
 */
import { Property } from "plait"

/** The variables that the properties read. */
export interface Transmission {
  readonly bits: { readonly sender: number; readonly acknowledged: number; readonly receiver: number }
  readonly sent: number
  readonly received: number
}

/** The receiver accepts the value that was sent last, and accepts it once. */
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

/** A value that the sender counts as acknowledged has been received. */
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

/** Guard against vacuity: a run exists in which the sender repeats a value before its first copy has arrived. */
export const valueRepeated = Property.reachable<Transmission & { readonly messages: ReadonlyArray<unknown> }>(
  "a value is sent again while its first copy is under way",
  {
    holds: ({ bits, messages }) =>
      messages.length > 1 && bits.receiver !== bits.sender && bits.acknowledged !== bits.sender
  }
)
