/**
 * Declarations of actions and properties: the file and line of each handler, action and predicate, looked up in the
 * JavaScript engine when a report needs them.
 *
 * V8 stores the source position of every function, and Node runs TypeScript with its positions unchanged. So these are
 * the lines of exactly the functions that ran, without support from the models. Rejected alternatives: a stack trace
 * captured in `Machine.make` (it gives one line for a machine, none for a handler), and parsing the source (it cannot
 * know which of two handlers a parameter chose, and would make a parser a dependency).
 *
 * A handler made by `Effect.fnUntraced`, or an action that is an Effect, is a function of effect around that of the
 * author. The function of the author is searched for in the values that the outer function or object holds. A function
 * that is not found has no line, and is left out of the reports on lines.
 */
import { Session } from "node:inspector"
import { relative } from "node:path"
import { fileURLToPath } from "node:url"
import type { SourceLocation } from "../../coverage/Coverage.ts"
import type { NodeSystem, WholeState } from "../../model/index.ts"
import type { Property } from "../../property/index.ts"
import type { Declarations } from "../../suite/RunReport.ts"
import type { Case } from "../../suite/Suite.ts"

/** The depth to which effect wraps a function: arguments of effects, closures of combinators. */
const DEEPEST = 6

const ownCode = fileURLToPath(new URL("../..", import.meta.url))

/** Finds declarations. It attaches to the running process and must be closed. */
export class Declared {
  private readonly session = new Session()
  private readonly files = new Map<string, string>()
  private readonly known = new Map<unknown, SourceLocation | undefined>()

  /** `fileOf` returns the path of a script by its URL; `undefined` excludes the script. */
  constructor(fileOf: (url: string) => string | undefined = authored) {
    this.session.connect()
    this.session.on("Debugger.scriptParsed", ({ params }) => {
      const file = fileOf(params.url)
      if (file !== undefined) this.files.set(params.scriptId, file)
    })
    this.session.post("Debugger.enable")
  }

  /** The declarations of the actions and properties of a case. */
  of(suiteCase: Case): Declarations {
    const { properties, system } = suiteCase.entry.build(suiteCase.values)
    const places = (values: ReadonlyArray<unknown>): ReadonlyArray<SourceLocation> => this.places(values)
    return {
      ofAction: (name) => places(system.kind === "nodes" ? handlersOf(system, name) : actionsOf(system, name)),
      ofProperty: (name) => places(properties.filter((property) => property.name === name).map(predicateOf))
    }
  }

  /** The declaration of a function, or of the first function that a value holds. */
  ofFunction(written: unknown): SourceLocation | undefined {
    return this.places([written])[0]
  }

  /** Detaches from the process. */
  close(): void {
    this.session.disconnect()
  }

  private places(values: ReadonlyArray<unknown>): ReadonlyArray<SourceLocation> {
    const found = values.flatMap((value) => {
      if (!this.known.has(value)) this.known.set(value, this.find(value))
      return this.known.get(value) ?? []
    })
    return [...new Map(found.map((place) => [`${place.file}:${place.line}:${place.column}`, place])).values()]
  }

  /**
   * Searches breadth-first from a value through the values that it holds, to the first function in a file of an author.
   */
  private find(value: unknown): SourceLocation | undefined {
    const start = this.reference(value)
    const queue = start === undefined ? [] : [{ id: start, depth: 0 }]
    for (const { depth, id } of queue) {
      const { internalProperties = [], result } = this.properties(id)
      const location = internalProperties.find(({ name }) => name === "[[FunctionLocation]]")?.value?.value
      const place = this.placeOf(location)
      if (place !== undefined) return place
      if (depth === DEEPEST) continue
      const scopes = internalProperties.find(({ name }) => name === "[[Scopes]]")?.value?.objectId
      const held = [
        ...internalProperties.filter(({ name }) => name === "[[TargetFunction]]" || name === "[[Target]]"),
        ...result.filter(({ name }) => name !== "prototype"),
        ...(scopes === undefined ? [] : this.properties(scopes).result.filter(isOwnScope))
      ]
      for (const { value } of held) {
        if (value?.objectId !== undefined) queue.push({ id: value.objectId, depth: depth + 1 })
      }
    }
    return undefined
  }

  private placeOf(location: unknown): SourceLocation | undefined {
    if (!isLocation(location)) return undefined
    const file = this.files.get(location.scriptId)
    return file === undefined ? undefined : { file, line: location.lineNumber + 1, column: location.columnNumber + 1 }
  }

  /** The identifier of a value in the inspector. A value can be passed to the inspector only through a global. */
  private reference(value: unknown): string | undefined {
    let id: string | undefined
    Reflect.set(globalThis, HANDED_OVER, value)
    this.session.post("Runtime.evaluate", { expression: `globalThis[${JSON.stringify(HANDED_OVER)}]` }, (_, answer) => {
      id = answer?.result.objectId
    })
    Reflect.deleteProperty(globalThis, HANDED_OVER)
    return id
  }

  private properties(objectId: string): Held {
    let held: Held = { result: [] }
    this.session.post("Runtime.getProperties", { objectId, ownProperties: true }, (error, answer) => {
      if (error === null) held = answer
    })
    return held
  }
}

const HANDED_OVER = "plait: a value whose declaration is wanted"

interface HeldValue {
  readonly name: string
  readonly value?:
    | { readonly objectId?: string | undefined; readonly value?: unknown; readonly description?: string | undefined }
    | undefined
}

interface Held {
  readonly result: ReadonlyArray<HeldValue>
  readonly internalProperties?: ReadonlyArray<HeldValue> | undefined
}

const isLocation = (
  value: unknown
): value is { readonly scriptId: string; readonly lineNumber: number; readonly columnNumber: number } =>
  typeof value === "object" && value !== null && "scriptId" in value && "lineNumber" in value

/**
 * True for the closures of a function. The scopes of its module and the global scope are excluded, since they hold
 * every value.
 */
const isOwnScope = ({ value }: HeldValue): boolean => /^(?:Closure|Block|Local)\b/.test(value?.description ?? "")

/** The path, from the current folder, of a script that an author of models or properties wrote. */
const authored = (url: string): string | undefined => {
  if (!url.startsWith("file:")) return undefined
  const path = fileURLToPath(url)
  const isPlait = path.startsWith(ownCode)
  const near = relative(process.cwd(), path).replaceAll("\\", "/")
  return isPlait || path.includes("/node_modules/") || near.startsWith("..") ? undefined : near
}

const handlersOf = (system: NodeSystem<unknown>, action: string): ReadonlyArray<unknown> =>
  [...new Set(system.machines)].flatMap((machine) => {
    const [kind = "", name = ""] = action.split(/ (.*)/s)
    if (kind === "recover") return machine.recover ?? []
    const accepted = kind === "invoke" ? machine.operations : machine.messages
    if (kind === "timeout") return machine.timeouts.get(name) ?? []
    return (kind === "invoke" || kind === "deliver") && accepted.has(name) ? (machine.handlers.get(name) ?? []) : []
  })

const actionsOf = ({ instances }: WholeState<unknown>, name: string): ReadonlyArray<unknown> =>
  instances.filter(({ action }) => action === name).map(({ run }) => run)

const predicateOf = (property: Property<unknown>): unknown => {
  if (property.kind === "nodeInvariant") return property.holdsAt
  if (property.kind === "stepInvariant") return property.holdsAcross
  if (property.kind === "refines") return property.map
  // The predicate of a monitor is a function of plait around that of the author.
  return property.holds
}
