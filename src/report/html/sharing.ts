/**
 * Markup that a page keeps as data until a reader opens it, every piece of it once: traces of one model share most of
 * their states, steps and messages, so a piece that occurs again is a number. What is unchanged in a step costs a number
 * too, while what is expanded is, to the letter, the markup that would have stood there.
 *
 * Piece 0 is the anchor of the trace in which a piece is expanded; every other one is a text, which is escaped when it is
 * expanded, or a list: the number of a template (-1: none) and the numbers of what fills it. The pieces that are used
 * most have the shortest numbers.
 */
import { visible } from "../visible.ts"
import { HERE, type Hole, Markup } from "./markup.ts"

type Piece = string | ReadonlyArray<number>

/** What the page's script expands (script.ts). */
export interface SharedPieces {
  readonly templates: ReadonlyArray<ReadonlyArray<string>>
  readonly pieces: ReadonlyArray<Piece>
  /** The piece that each place of the page shows. */
  readonly places: ReadonlyArray<number>
}

/** From here on a text is looked at for parts, in characters. */
const LONG = 40

/** Collects what a page shows when it is asked to. */
export class Sharing {
  private readonly templates = new Map<ReadonlyArray<string>, number>()
  private readonly numbers = new Map<string, number>()
  private readonly pieces: Array<Piece> = [""]
  private readonly places: Array<number> = []

  /** The number of a new place, which is to show some markup. */
  place(markup: Markup): number {
    return this.places.push(this.numberOf(markup)) - 1
  }

  /** All that was collected. */
  get shared(): SharedPieces {
    const uses = new Map<number, number>()
    const used = [...this.places, ...this.pieces.flatMap((piece) => (typeof piece === "string" ? [] : piece.slice(1)))]
    for (const number of used) uses.set(number, (uses.get(number) ?? 0) + 1)
    const byUse = this.pieces.keys().drop(1).toArray()
    byUse.sort((left, right) => (uses.get(right) ?? 0) - (uses.get(left) ?? 0))
    const order = [0, ...byUse]
    const renumbered = new Map(order.map((number, at) => [number, at]))
    const now = (number: number): number => renumbered.get(number) ?? 0
    const moved = (piece: Piece): Piece =>
      typeof piece === "string" ? piece : piece.map((number, at) => (at === 0 ? number : now(number)))
    return {
      templates: [...this.templates.keys()],
      pieces: order.map((number) => moved(this.pieces[number] ?? "")),
      places: this.places.map(now)
    }
  }

  /** The number of a piece, the same for equal ones. */
  private numberOf(hole: Hole): number {
    if (hole === HERE) return 0
    if (hole instanceof Markup)
      return this.keep([this.template(hole.parts), ...hole.holes.map((each) => this.numberOf(each))])
    if (typeof hole !== "object") return this.numberOfText(hole === undefined ? "" : visible(String(hole)))
    const [only, ...others] = hole
    return others.length === 0 ? this.numberOf(only) : this.keep([-1, ...hole.map((each) => this.numberOf(each))])
  }

  /** Long texts are values of several parts, most of which occur in other values too. */
  private numberOfText(text: string): number {
    const parts = text.length < LONG ? [] : text.split(/(?<=, )/)
    return parts.length < 2 ? this.keep(text) : this.keep([-1, ...parts.map((part) => this.keep(part))])
  }

  private template(parts: ReadonlyArray<string>): number {
    const number = this.templates.get(parts) ?? this.templates.size
    this.templates.set(parts, number)
    return number
  }

  private keep(piece: Piece): number {
    const key = JSON.stringify(piece)
    const known = this.numbers.get(key)
    if (known !== undefined) return known
    const number = this.pieces.push(piece) - 1
    this.numbers.set(key, number)
    return number
  }
}
