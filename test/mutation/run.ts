/**
 * A pass over mutated files, compared with what is pinned. For `npm run mutation` and `npm run trust`.
 */
import { mutantsOf } from "./mutate.ts"
import { pinsOf } from "./pins.ts"
import { complaints, type Score, scoreOf } from "./survivors.ts"

/** How to pass over files. */
export interface PassOptions {
  /** Whether to forget what an earlier pass found. */
  readonly fresh: boolean
  /** Told after each file: its score, and what is wrong with it. */
  readonly onFile: (file: string, score: Score, wrong: ReadonlyArray<string>) => void
}

/** What a pass found. */
export interface Pass {
  readonly scores: Readonly<Record<string, Score>>
  readonly wrong: ReadonlyArray<string>
}

/** Puts every mutant into each file, one file after the other. */
export const passOver = async (files: ReadonlyArray<string>, { fresh, onFile }: PassOptions): Promise<Pass> => {
  const scores: Record<string, Score> = {}
  const wrong: Array<string> = []
  for (const file of files) {
    const mutants = await mutantsOf(file, fresh)
    const pins = pinsOf(file)
    const said = complaints(file, mutants, pins?.explained ?? [], pins)
    scores[file] = scoreOf(mutants)
    wrong.push(...said)
    onFile(file, scores[file], said)
  }
  return { scores, wrong }
}
