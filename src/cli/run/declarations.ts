/**
 * Where a model's actions and properties are declared: the file and line of each handler, action and predicate, asked of the
 * JavaScript engine when a report wants them.
 *
 * V8 knows of every function where it was written, and Node runs TypeScript with its positions kept, so that these are
 * the lines of exactly the functions that ran. Models need not know of it. Not taken: a stack trace captured in
 * `Machine.make` (it knows one line for a machine, none of a handler's) and parsing the source (it cannot know which
 * of two handlers a parameter chose, and would make a parser a dependency).
 *
 * A handler made by `Effect.fnUntraced` or an action that is an Effect is effect's own function around the author's: the
 * author's is looked for in what that function or object holds. What is not found has no line, and is left out of the
 * reports on lines.
 */
import { Session } from "node:inspector"
import { relative } from "node:path"
import { fileURLToPath } from "node:url"
import type { SourceLocation } from "../../coverage/Coverage.ts"
import type { NodeSystem, WholeState } from "../../model/index.ts"
import type { Property } from "../../property/index.ts"
import type { Declarations } from "../../suite/RunReport.ts"
import type { Case } from "../../suite/Suite.ts"

/** How deep effect wraps a function: arguments of effects, closures of combinators. */
const DEEPEST = 6

const ownCode = fileURLToPath(new URL("../..", import.meta.url))

/** Finds declarations; to be closed, since it attaches to the running process. */
export class Declared {
  private readonly session = new Session()
  private readonly files = new Map<string, string>()
  private readonly known = new Map<unknown, SourceLocation | undefined>()

  /** `fileOf`: the path of a script that is looked for, given its address; nothing for any other. */
  constructor(fileOf: (url: string) => string | undefined = authored) {
    this.session.connect()
    this.session.on("Debugger.scriptParsed", ({ params }) => {
      const file = fileOf(params.url)
      if (file !== undefined) this.files.set(params.scriptId, file)
    })
    this.session.post("Debugger.enable")
  }

  /** Where the actions and claims of a case are declared. */
  of(suiteCase: Case): Declarations {
    const { properties, system } = suiteCase.entry.build(suiteCase.values)
    const places = (values: ReadonlyArray<unknown>): ReadonlyArray<SourceLocation> => this.places(values)
    return {
      ofAction: (name) => places(system.kind === "nodes" ? handlersOf(system, name) : actionsOf(system, name)),
      ofProperty: (name) => places(properties.filter((property) => property.name === name).map(predicateOf))
    }
  }

  /** Where a function, or the first that it holds, was written. */
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

  /** Breadth first from a value through what it holds, to the first function of an author's file. */
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

  /** The inspector's name for a value, which it can only be handed by way of a global. */
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

/** A function's closures; not its module's or the global scope, which hold everything. */
const isOwnScope = ({ value }: HeldValue): boolean => /^(?:Closure|Block|Local)\b/.test(value?.description ?? "")

/** The path of a script that an author of models or properties wrote, from the current folder. */
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
  // A monitor's predicate is plait's own around the author's.
  return property.holds
}
