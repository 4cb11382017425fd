/**
 * What `--help` prints: the commands and what a pass means, or one command with its flags. Each fits a screen.
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
    "  plait COMMAND --help tells a command's flags. Without a command, plait checks: plait race is plait check race.",
    "",
    "  plait check race                        every case of a model",
    "  plait check two-phase-commit --set n=4  a parameter of your own",
    "  plait check race --json                 the same as one JSON document",
    "",
    "A pass means: the property is true in every state that can be reached within the bounds that the case names, and the",
    "  search was complete.",
    "A pass does not mean: that it is true for more replicas, operations or faults than those, or of the implementation",
    "  that you run. A search that a limit ended is never a pass, and random walks prove nothing.",
    "",
    ...exitCodes,
    "Ctrl-C prints what is known, again it ends at once. Code of a model that loops for ever hears neither: plait ends it",
    "  after a minute, Ctrl-\\ at once.",
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
