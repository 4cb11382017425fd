/**
 * The surroundings of code, besides files and variables: the functions and values that give it the time, random
 * numbers, and data of this machine, other processes and the network. Some of them stay the same between runs and can
 * be compared; the others cannot.
 */
import childProcess from "node:child_process"
import crypto from "node:crypto"
import dgram from "node:dgram"
import dns from "node:dns"
import fs from "node:fs"
import module from "node:module"
import net from "node:net"
import os from "node:os"
import perfHooks from "node:perf_hooks"
// At its first import Node reads every value of it.
import "node:process"
import v8 from "node:v8"
import vm from "node:vm"
import workerThreads from "node:worker_threads"

/** Functions of an object, with the name of the object in a program. */
export interface Functions {
  readonly holder: object | undefined
  readonly of: string
  readonly names: ReadonlyArray<string>
}

const namesIn = (holder: object, pattern: RegExp): ReadonlyArray<string> =>
  Object.keys(holder).filter((name) => pattern.test(name))

const processOwn: object = process

/** Functions with unpredictable results: another call, or another run, may give another result. */
export const unpredictable: ReadonlyArray<Functions> = [
  {
    holder: childProcess,
    of: "child_process",
    names: ["exec", "execFile", "spawn", "fork", "execSync", "execFileSync", "spawnSync"]
  },
  {
    holder: crypto,
    of: "crypto",
    names: namesIn(
      crypto,
      /^(?:random|pseudoRandom|prng|rng|generate|getRandomValues|createECDH|create.*DiffieHellman|getDiffieHellman|sign|createSign|encapsulate|publicEncrypt)/
    )
  },
  {
    holder: Object.getPrototypeOf(crypto.webcrypto.subtle) as object,
    of: "crypto.subtle",
    names: ["generateKey", "sign", "encrypt", "wrapKey", "encapsulateKey", "encapsulateBits"]
  },
  { holder: dns, of: "dns", names: namesIn(dns, /^(?:lookup|resolve|reverse)/) },
  { holder: dns.promises, of: "dns", names: namesIn(dns.promises, /^(?:lookup|resolve|reverse)/) },
  { holder: net.Socket.prototype, of: "net.Socket", names: ["connect"] },
  { holder: net.Server.prototype, of: "net.Server", names: ["listen"] },
  { holder: dgram.Socket.prototype, of: "dgram.Socket", names: ["bind", "send", "connect"] },
  // WebSocket connects by a socket. Reading the name would load its implementation.
  { holder: globalThis, of: "", names: ["fetch"] },
  { holder: workerThreads, of: "worker_threads", names: ["Worker", "BroadcastChannel", "receiveMessageOnPort"] },
  // Code of another realm has its own clocks.
  { holder: vm, of: "vm", names: ["createContext", "runInContext", "runInNewContext"] },
  { holder: v8, of: "v8", names: namesIn(v8, /^(?:getHeap|getCpp|takeHeap|writeHeap|startCpu)/) },
  { holder: perfHooks, of: "perf_hooks", names: ["monitorEventLoopDelay", "eventLoopUtilization"] },
  {
    holder: Object.getPrototypeOf(performance) as object,
    of: "performance",
    names: ["mark", "measure", "toJSON", "eventLoopUtilization", "getEntries", "getEntriesByName", "getEntriesByType"]
  },
  { holder: os, of: "os", names: ["cpus", "freemem", "uptime", "loadavg"] },
  {
    holder: fs,
    of: "fs",
    names: ["statfs", "statfsSync", "watch", "watchFile", "mkdtemp", "mkdtempSync", "cp", "cpSync"]
  },
  { holder: fs.promises, of: "fs", names: ["statfs", "watch", "mkdtemp", "cp"] },
  // Hooks may change modules while they are loaded from their files.
  { holder: module, of: "module", names: ["register", "registerHooks"] },
  { holder: process.hrtime, of: "process.hrtime", names: ["bigint"] },
  {
    holder: processOwn,
    of: "process",
    names: [
      "hrtime",
      "uptime",
      "cpuUsage",
      "threadCpuUsage",
      "resourceUsage",
      "memoryUsage",
      "availableMemory",
      "constrainedMemory",
      "getActiveResourcesInfo",
      "binding",
      "dlopen"
    ]
  }
]

/** Functions whose results stay the same on one machine. */
export const describing: ReadonlyArray<Functions> = [
  {
    holder: os,
    of: "os",
    names: [
      "hostname",
      "platform",
      "arch",
      "machine",
      "type",
      "release",
      "version",
      "homedir",
      "tmpdir",
      "userInfo",
      "endianness",
      "totalmem",
      "networkInterfaces",
      "availableParallelism",
      "getPriority"
    ]
  },
  { holder: processOwn, of: "process", names: ["getuid", "geteuid", "getgid", "getegid", "getgroups", "umask"] }
]

/** Values that are read by their name, without a function. */
export interface Values {
  readonly holder: object
  readonly of: string
  readonly names: ReadonlyArray<string>
  /** True if another run may have other values. */
  readonly isUnpredictable: boolean
}

/** The values; see `Values`. */
export const values: ReadonlyArray<Values> = [
  { holder: processOwn, of: "process", names: ["pid", "ppid", "stdin", "report"], isUnpredictable: true },
  { holder: processOwn, of: "process", names: ["argv", "argv0", "execPath", "title"], isUnpredictable: false },
  {
    holder: Object.getPrototypeOf(performance) as object,
    of: "performance",
    names: ["timeOrigin", "nodeTiming"],
    isUnpredictable: true
  },
  { holder: Event.prototype, of: "an event", names: ["timeStamp"], isUnpredictable: true }
]

/** Built-in modules that read inputs in their own ways. */
export const opaque: ReadonlySet<string> = new Set(["node:sqlite", "node:wasi", "node:cluster", "node:inspector"])

const preloading = /(?:^|\s)(?:--import|--require|-r|--loader|--experimental-loader)\b/

/** Options of Node that load or change modules before the recording starts. */
export const preloaded = (): string | undefined =>
  preloading.test(`${process.env["NODE_OPTIONS"] ?? ""} ${process.execArgv.join(" ")}`)
    ? "Node was started with modules of its own (--import, --require or --loader)"
    : undefined

/** The parts of the surroundings that any code reads without a call, such as its own folder. */
export const machine = (): ReadonlyArray<unknown> => {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const { hardwareConcurrency, language } = globalThis.navigator ?? {}
  return [process.cwd(), process.execArgv, locale, timeZone, hardwareConcurrency, language]
}
