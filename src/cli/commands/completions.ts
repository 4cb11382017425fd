/**
 * `plait completions SHELL`: prints a short shell script, which calls `plait completions words -- WORDS` for the
 * completions of the last word. The completions match the parser: commands, the flags of a command, models, cases.
 */
import { visible } from "../../report/visible.ts"
import { casesOf } from "../../suite/Suite.ts"
import { UsageError } from "../../suite/UsageError.ts"
import type { Request } from "../arguments.ts"
import { type Command, type CommandName, commands, isCommandName } from "../commands.ts"
import { type Flag, flags, isFlagName } from "../flags.ts"

const bash = `_plait() {
  local line=\${COMP_LINE:0:COMP_POINT} word
  local -a words
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  word=\${words[\${#words[@]} - 1]}
  local IFS=$'\\n'
  COMPREPLY=($("\${words[0]}" completions words -- "\${words[@]:1}" 2>/dev/null))
  # bash completes only what follows the last "=" of a word such as race/leaders=3
  [[ $word == *=* ]] && COMPREPLY=("\${COMPREPLY[@]#"\${word%"\${word##*=}"}"}")
  return 0
}
complete -o default -F _plait plait`

const zsh = `_plait() {
  local -a found
  found=(\${(f)"$("\${words[1]}" completions words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  (( \${#found} )) && compadd -a found || _files
}
compdef _plait plait`

const fish = `function __plait_words
  set -l words (commandline -opc)
  set -l word (commandline -ct)
  $words[1] completions words -- $words[2..] "$word" 2>/dev/null
end
complete -c plait -a '(__plait_words)'`

const scripts = { bash, zsh, fish } as const

const isShell = (word: string | undefined): word is keyof typeof scripts =>
  word !== undefined && Object.hasOwn(scripts, word)

/** Prints the script of a shell, or the completions of the last word. */
export const completions = async (request: Request): Promise<number> => {
  const [shell, ...words] = request.words
  if (shell === "words") {
    process.stdout.write((await candidates(request, words)).map((each) => `${each}\n`).join(""))
    return 0
  }
  if (!isShell(shell) || words.length > 0) {
    throw new UsageError({
      problem: shell === undefined ? "for which shell?" : `plait completes nothing for ${request.words.join(" ")}`,
      advice: "plait completions bash, zsh or fish"
    })
  }
  process.stdout.write(`${scripts[shell]}\n`)
  return 0
}

const candidates = async (request: Request, words: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const last = words.at(-1) ?? ""
  const [first] = words
  const named = words.length > 1 && isCommandName(first) ? first : undefined
  const all = await possible(request, named, words)
  // A name with characters that are shown as numbers cannot be typed.
  return all.filter((each) => each.startsWith(last) && each === visible(each))
}

const possible = async (
  request: Request,
  command: CommandName | undefined,
  words: ReadonlyArray<string>
): Promise<ReadonlyArray<string>> => {
  const last = words.at(-1) ?? ""
  if (takesValue(words.at(-2))) return []
  if (last.startsWith("-")) {
    const row: Command = commands[command ?? "check"]
    return [...row.flags, "help", ...(command === undefined ? ["version"] : [])].map((flag) => `--${flag}`)
  }
  if (command === "completions") return Object.keys(scripts)
  if (command === "replay" || command === "init") return []
  const names = command === undefined ? Object.keys(commands) : []
  return [...names, ...(command === undefined && last === "" ? [] : await modelsAndCases(request, last))]
}

const takesValue = (word: string | undefined): boolean => {
  const name = word?.replace(/^--/, "") ?? ""
  if (word === undefined || !word.startsWith("--") || !isFlagName(name)) return false
  const flag: Flag = flags[name]
  return flag.type === "string" && flag.implied === undefined
}

/** The names of the models; after a model and its slash, its cases. */
const modelsAndCases = async (request: Request, last: string): Promise<ReadonlyArray<string>> => {
  const { openProject } = await import("../config.ts")
  const { entries } = await openProject(request)
  return last.includes("/") ? casesOf(entries, true).map(({ id }) => id) : entries.map(({ name }) => name)
}
