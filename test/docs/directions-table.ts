/** The table of ARCHITECTURE.md with the rooms and the directions between them, as test/tidy enforces them. */
import { type Direction, directions } from "../tidy/directions.ts"

const table = /(<!-- directions -->\n)[\s\S]*?(<!-- \/directions -->)/

const joined = (names: ReadonlyArray<string>): string => names.map((name) => `\`${name}\``).join(", ")

const row = ({ packages, room, sees, seesTypesOf = [], statement }: Direction): string => {
  const types = seesTypesOf.length === 0 ? "" : `; types of ${joined(seesTypesOf)}`
  return `| [\`${room}\`](${room}) | ${joined(sees) || "–"}${types} | ${joined(packages) || "–"} | ${statement} |`
}

/** The page with its table written anew, if it has one. */
export const withFreshDirections = (text: string): string => {
  const rows = ["| room | imports | packages | rule |", "| --- | --- | --- | --- |", ...directions.map(row)]
  return text.replace(table, (_all, begin: string, end: string) => `${begin}${rows.join("\n")}\n${end}`)
}
