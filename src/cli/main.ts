/**
 * plait's command line: reads the request, loads what it needs, runs it, and ends with the exit code of the contract.
 */
import { help, parseRequest } from "./arguments.ts"
import { describeFailure } from "./failure.ts"

const run = async (): Promise<number> => {
  const request = parseRequest(process.argv.slice(2))
  if (request.help) {
    process.stdout.write(`${help}\n`)
    return 0
  }
  if (request.version) {
    const { version } = await import("./version.ts")
    process.stdout.write(`${version}\n`)
    return 0
  }
  switch (request.command === "check" && request.random !== undefined ? "simulate" : request.command) {
    case "simulate": {
      const { simulate } = await import("./simulate.ts")
      return simulate(request)
    }
    case "check":
    case "verify": {
      const { check } = await import("./check.ts")
      return check(request)
    }
    case "matrix": {
      const { matrix } = await import("./matrix.ts")
      return matrix(request)
    }
    case "replay": {
      const { replay } = await import("./replay.ts")
      return replay(request)
    }
    case "list": {
      const { list } = await import("./list.ts")
      return list(request)
    }
  }
}

process.exitCode = await run().catch((thrown: unknown) => {
  process.stderr.write(`${describeFailure(thrown)}\n`)
  return 2
})
