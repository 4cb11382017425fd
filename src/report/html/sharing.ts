/**
 * Markup that a page holds as data until a reader opens it, with each piece stored once. Traces of one model share most
 * of their states, steps and messages, so a repeated piece is stored as a number. An unchanged part of a step costs a
 * number too, while the expanded markup is exactly the original markup.
 *
 * Piece 0 is the anchor of the trace in which a piece is expanded. Every other piece is a text, which is escaped on
 * expansion, or a list: the number of a template (-1: none) and the numbers of the pieces that fill it. The most used
 * pieces have the shortest numbers.
 */
import { visible } from "../visible.ts"
import { HERE, type Hole, Markup } from "./markup.ts"

type Piece = string | ReadonlyArray<number>

/** The data that the script of the page expands (script.ts). */
export interface SharedPieces {
  readonly templates: ReadonlyArray<ReadonlyArray<string>>
  readonly pieces: ReadonlyArray<Piece>
  /** The piece of each place of the page. */
  readonly places: ReadonlyArray<number>
}

/** The length in characters from which a text is split into parts. */
const LONG = 40

/** Collects the markup that a page shows on request. */
export class Sharing {
  private readonly templates = new Map<ReadonlyArray<string>, number>()
  private readonly numbers = new Map<string, number>()
  private readonly pieces: Array<Piece> = [""]
  private readonly places: Array<number> = []

  /** The number of a new place, for some markup. */
  place(markup: Markup): number {
    return this.places.push(this.numberOf(markup)) - 1
  }

  /** All collected pieces and places. */
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

  /** The number of a piece. Equal pieces have one number. */
  private numberOf(hole: Hole): number {
    if (hole === HERE) return 0
    if (hole instanceof Markup)
      return this.keep([this.template(hole.parts), ...hole.holes.map((each) => this.numberOf(each))])
    if (typeof hole !== "object") return this.numberOfText(hole === undefined ? "" : visible(String(hole)))
    const [only, ...others] = hole
    return others.length === 0 ? this.numberOf(only) : this.keep([-1, ...hole.map((each) => this.numberOf(each))])
  }

  /** Splits long texts. They are values of several parts, most of which occur in other values too. */
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
