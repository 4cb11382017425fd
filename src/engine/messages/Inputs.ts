/**
 * Operations and messages that a system's nodes accept: interned, and checked once against the schema of the receiving
 * machine.
 */
import type { InputSchema, Message, NodeSystem } from "../../model/index.ts"
import { Interner } from "../interning/Interner.ts"
import { brief, Refusal } from "../execution/ModelRefused.ts"
import { admitBy, refusalOf } from "../execution/StrictRunner.ts"

/** The inputs of a system. */
export class Inputs {
  readonly interner = new Interner()
  private readonly system: NodeSystem<unknown>
  private readonly checks = new Map<
    InputSchema,
    { readonly admit: (value: unknown) => void; readonly admitted: Set<number> }
  >()

  constructor(system: NodeSystem<unknown>) {
    this.system = system
  }

  /** Checks an operation of the workload; throws `ModelRefused`. */
  acceptOperation(node: number, operation: Message): void {
    const { name } = this.system.machines[node]!
    const schema = this.system.machines[node]!.operations.get(operation._tag)
    try {
      if (schema === undefined) {
        throw new Refusal("is not composed correctly", `it asks n${node}, a ${name}, for ${brief(operation)}`)
      }
      this.check(schema, operation)
    } catch (thrown) {
      throw refusalOf(thrown).of({ system: this.system.name, where: "workload", input: brief(operation) })
    }
  }

  /** Checks a message to a node and returns its canonical copy; throws `Refusal`. */
  acceptMessage(node: number, message: Message): Message {
    const machine = this.system.machines[node]!
    const schema = machine.messages.get(message._tag)
    if (schema === undefined) {
      const detail = `${brief(message)} to n${node}, a ${machine.name}`
      throw new Refusal("sent a message its destination does not accept", detail)
    }
    return this.check(schema, message)
  }

  private check(schema: InputSchema, input: Message): Message {
    const id = this.interner.intern(input)
    let checks = this.checks.get(schema)
    if (checks === undefined) {
      checks = { admit: admitBy(schema as never), admitted: new Set() }
      this.checks.set(schema, checks)
    }
    const copy = this.interner.values[id] as Message
    if (!checks.admitted.has(id)) checks.admit(copy)
    checks.admitted.add(id)
    return copy
  }
}
