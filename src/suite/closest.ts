/**
 * The nearest word, for "did you mean".
 */

const distance = (left: string, right: string): number => {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution))
    }
    row = next
  }
  return row[right.length] ?? 0
}

/** The word with the least edit distance to `word`, unless more than half of it would have to change. */
export const closest = (word: string, words: ReadonlyArray<string>): string | undefined => {
  const ranked = words.map((each) => ({ each, far: distance(word, each) })).sort((a, b) => a.far - b.far)
  const best = ranked[0]
  return best !== undefined && best.far <= Math.max(2, word.length / 2) ? best.each : undefined
}
