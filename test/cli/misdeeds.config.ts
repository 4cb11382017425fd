/**
 * Two models, of which the first does something to the process that plait runs in: MISDEED says what.
 */
import { Effect, Schema } from "effect"
import { defineConfig, entry, Model, Property, WholeState } from "../../src/index.ts"

const later = (): Promise<void> => Promise.resolve().then(later)

const forever = (): never => {
  for (;;);
}

/** What an action does; each on a line of its own, which is named. */
const deeds: { readonly [name: string]: () => unknown } = {
  exit: () => process.exit(0),
  "exit that is caught": () => {
    try {
      process.exit(0)
    } catch {
      return undefined
    }
  },
  "exit later": () => setTimeout(() => process.exit(0), 0),
  "exit for real": () => Reflect.get(process, "reallyExit").call(process, 0),
  "exit code": () => (process.exitCode = 0),
  abort: () => process.abort(),
  kill: () => process.kill(process.pid, "SIGKILL"),
  chdir: () => process.chdir("/"),
  "replaced write": () => (process.stdout.write = () => true),
  "ended output": () => process.stdout.end(),
  "built-in": () => (JSON.stringify = () => "{}"),
  "bound built-in": () => (JSON.parse = (() => ({})).bind(null)),
  "unnamed built-in": () => (Object.getPrototypeOf(new Map().keys()).next = () => ({ done: true })),
  "every built-in promise": () => Reflect.set(Promise.prototype, "then", () => new Promise(() => {})),
  "removed built-in": () => Reflect.deleteProperty(Array.prototype, "flatMap"),
  rejection: () => void Promise.reject(new Error("nobody handles this")),
  "error later": () =>
    setTimeout(() => {
      throw new Error("thrown later")
    }, 0),
  error: () => {
    throw new RangeError("thrown in an action")
  },
  null: () => {
    throw null
  },
  symbol: () => {
    throw Symbol("of nothing")
  },
  bare: () => {
    throw Object.create(null)
  },
  mute: () => {
    throw Object.defineProperty(new Error(), "message", {
      get: () => {
        throw new Error("no message")
      }
    })
  },
  revoked: () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    throw proxy
  },
  "loop of promises": () => void later(),
  "loop in a timer": () => setTimeout(forever, 0),
  "loop in a later timer": () => setTimeout(forever, 20),
  "loop in an immediate": () => setImmediate(forever),
  "loop in a microtask": () => queueMicrotask(forever),
  "loop in a tick": () => process.nextTick(forever),
  "loop in a promise": () => void Promise.resolve().then(forever),
  "search in a timer": () => setTimeout(() => /^(a+)+$/.test(`${"a".repeat(50)}b`), 0),
  "iterator of lists": () => Reflect.set(Array.prototype, Symbol.iterator, () => ({ next: () => ({ done: true }) })),
  "clock that is caught": () => {
    try {
      return Date.now()
    } catch {
      return undefined
    }
  }
}

const explanations: { readonly [name: string]: () => string } = {
  explain: () => {
    throw new Error("no explanation")
  },
  "no text": () => undefined as never,
  "no error": () => {
    throw Object.create(null)
  }
}

const misdeed = process.env["MISDEED"] ?? ""

if (misdeed === "top level") process.exit(0)
if (misdeed === "built-in at once") Math.max = () => 0
let hasBegun = false
if (misdeed === "loop of no case") setInterval(() => hasBegun && forever(), 0).unref()
if (misdeed === "nothing to wait for") await new Promise(() => {})

const counter = (name: string, act: () => unknown, explain?: () => string) =>
  entry(
    Model.make({
      name,
      about: "A number that grows to 3.",
      source: "made for a test",
      parameters: {},
      system: () =>
        WholeState.make(name, {
          variables: { x: WholeState.variable(Schema.Finite, 0) },
          actions: ({ x }) => ({
            up: WholeState.action(
              Effect.gen(function* () {
                const count = yield* x.get
                yield* WholeState.when(count < 3)
                hasBegun = true
                if (count === 2) act()
                yield* x.set(count + 1)
              })
            )
          })
        })
    }),
    {
      properties: () => {
        if (misdeed === "properties" && name === "offender") throw new Error("no properties")
        const holds = ({ x }: { readonly x: number }): boolean => (explain === undefined ? x < 4 : x < 3)
        return [Property.invariant("x is small", explain === undefined ? { holds } : { holds, explain })]
      },
      settings: [{}]
    }
  )

const entries = [
  counter("offender", deeds[misdeed] ?? (() => undefined), explanations[misdeed]),
  counter("bystander", () => undefined)
]

export default defineConfig({ entries: process.env["OFFENDER"] === "last" ? entries.toReversed() : entries })
