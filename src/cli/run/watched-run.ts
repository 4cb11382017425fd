/**
 * One run under `--watch`, in a process of its own, so that every module is loaded again. The watching process sends
 * the run as a message, receives the loaded files before the search begins, and reads the exit code.
 */
import type { Request } from "../arguments.ts"
import "../self-reference.ts"
import { carried, carry, isContinuation } from "./continuation.ts"
import { ModuleGraph } from "./module-graph.ts"
import { endNow, endProcess, faultText, faults, guardProcess, noteFault } from "./own-process.ts"

/** The run that the watching process requests. */
export interface WatchedRun {
  readonly request: Request
  /** The changed files whose cases are explored; `undefined` for every case. */
  readonly changed: ReadonlyArray<string> | undefined
}

/** The answer: every file that was loaded or not found, with the digest of its content. */
export interface Loaded {
  /** True if all modules could be loaded. */
  readonly isComplete: boolean
  readonly files: ReadonlyArray<readonly [path: string, digest: string]>
}

const run = async ({ changed, request }: WatchedRun): Promise<number> => {
  const graph = ModuleGraph.record()
  const tell = (isComplete: boolean): void =>
    void process.send?.({ isComplete, files: [...graph.watched()] } satisfies Loaded)
  try {
    const { runCases } = await import("./run-cases.ts")
    return await runCases(request, graph, { changed, onLoaded: () => tell(true) })
  } catch (error) {
    noteFault(error)
    tell(false)
    return 2
  }
}

// The watching process has ended, so no process reads the answer.
const abandoned = (): void => void endNow(2)

const begin = (asked: WatchedRun): void => {
  carry("asked", () => asked)
  void run(asked).then((exitCode) => {
    process.off("disconnect", abandoned)
    for (const fault of faults()) process.stderr.write(`${faultText(fault)}\n`)
    void endProcess(faults().length > 0 ? 2 : exitCode)
  })
}

guardProcess()
if (isContinuation) begin(carried("asked") as WatchedRun)
else {
  process.once("disconnect", abandoned)
  process.once("message", (asked) => begin(asked as WatchedRun))
}
