/**
 * The text that `--help` prints: the commands and the meaning of a pass, or one command with its flags. Each text fits
 * a screen.
 */
import { type Command, type CommandName, commands } from "./commands.ts"
import { type Flag, type FlagName, flags } from "./flags.ts"

const named = (flag: FlagName): string => {
  const { implied, short, takes }: Flag = flags[flag]
  const value = takes === undefined ? "" : implied === undefined ? ` ${takes}` : `[=${takes}]`
  return `${short === undefined ? "" : `-${short}, `}--${flag}${value}`
}

const line = (left: string, about: string): string => `  ${left.padEnd(27)} ${about}`

const exitCodes = [
  "Exit code: 0 as expected · 1 an expectation is not met · 2 usage, configuration, or a model that cannot run ·",
  "  3 incomplete, without --allow-incomplete · 130 interrupted · 143 terminated"
]

/** The help of plait as a whole. */
export const help = (): string =>
  [
    "plait: checks replication protocols by trying every interleaving inside a bound",
    "",
    ...Object.entries<Command>(commands).map(([name, { about, operands }]) => line(`plait ${name} ${operands}`, about)),
    "",
    "  plait COMMAND --help lists a command's flags. The default command is check: plait race is plait check race.",
    "",
    "  plait check race                        every case of a model",
    "  plait check two-phase-commit --set n=4  with a parameter set",
    "  plait check race --json                 the same as one JSON document",
    "",
    "A pass means: the search was complete, and the property is true in every reachable state within the bounds of the",
    "  case. It says nothing about more replicas, operations or faults, nor about the implementation that you run.",
    "  A search that a limit ended is never a pass. Random walks prove nothing.",
    "",
    ...exitCodes,
    "Ctrl-C stops the search and prints the results so far; a second Ctrl-C ends plait at once. Ctrl-C cannot interrupt",
    "  an endless loop in the code of a model: plait ends it after a minute, Ctrl-\\ at once.",
    "Your own models: export default defineConfig({ entries: […] }) from plait.config.ts."
  ].join("\n")

/** The help of one command. */
export const helpOf = (name: CommandName): string => {
  const { about, details, flags: taken, operands }: Command = commands[name]
  return [
    `plait ${name} ${operands}: ${about}`,
    "",
    ...details.map((each) => `  ${each}`),
    "",
    ...taken.map((flag) => line(named(flag), flags[flag].about)),
    "",
    ...exitCodes
  ].join("\n")
}
