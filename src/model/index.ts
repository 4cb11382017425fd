/**
 * The imports of a protocol author. Twelve names carry a protocol: Machine, Self, Network, LocalClock, Choice, Timer,
 * Observe, and around it System, Topology, Clocks, Faults, Workload. Model adds parameters, WholeState the TLA+ style.
 */
export { Choice } from "./Choice.ts"
export { type ClockBounds, type ClockModel, Clocks, LocalClock, type Offsets } from "./Clocks.ts"
export type { Ends } from "./Ends.ts"
export { type FaultModel, Faults, type InFlight } from "./Faults.ts"
export {
  type AnyHandler,
  type Guards,
  type HandlerEffect,
  type Handlers,
  type HandlerServices,
  type Initial,
  type InputSchema,
  type Behaviour,
  Machine,
  type MachineDefinition
} from "./Machine.ts"
export { Model } from "./Model.ts"
export { type Message, Network, type NetworkModel, type NetworkOptions } from "./Network.ts"
export {
  type AnswerOptions,
  type Key,
  type Note,
  type Observation,
  Observe,
  type Ordering,
  type WriteName
} from "./Observe.ts"
export type { Parameter, ParameterValue, ParameterValues } from "./Parameter.ts"
export { type NodeId, Self } from "./Self.ts"
export {
  type Envelope,
  type NodeSystem,
  type NodesView,
  type NodeView,
  System,
  type SystemParts,
  type ViewOf
} from "./System.ts"
export { Timer } from "./Timer.ts"
export { Topology } from "./Topology.ts"
export {
  type ActionDeclaration,
  type ActionEffect,
  type ActionInstance,
  Disabled,
  type Handles,
  type Slot,
  type Variable,
  type VariableDeclaration,
  type VariableFamily,
  Variables,
  WholeState,
  type WholeStateView
} from "./WholeState.ts"
export { type Operation, type SessionStep, Workload } from "./Workload.ts"
