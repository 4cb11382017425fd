/**
 * Every reachable state of a system, for tests that count something of their own: a plain breadth-first search over the
 * compiled program, which shares neither the explorer's loop nor its store.
 */
import { compile, Successors } from "../src/engine/index.ts"
import type { System } from "../src/model/index.ts"

/** What `read` makes of each reachable state, as properties see it, in breadth-first order. */
export const reachable = <View, A>(system: System<View>, read: (view: View) => A): ReadonlyArray<A> =>
  search(system, read, undefined)

/**
 * The reachable classes of states, where states of one class have one name: of each class only the first state met is
 * searched on from. That finds all classes if states of one class have successors of the same classes.
 */
export const reachableClasses = <View>(system: System<View>, name: (view: View) => string): ReadonlySet<string> => {
  const found = new Set<string>()
  search(system, name, (of) => !found.has(of) && found.add(of) !== undefined)
  return found
}

const search = <View, A>(
  system: System<View>,
  read: (view: View) => A,
  isWanted: ((found: A) => boolean) | undefined
): ReadonlyArray<A> => {
  const program = compile(system, [], {})
  const out = new Successors()
  const queue = [...program.initial]
  const known = new Set(queue.map((state) => state.join()))
  const found: Array<A> = []
  for (let place = 0; place < queue.length; place++) {
    const state = queue[place]!
    const what = read(program.view((position) => state[position]!) as View)
    found.push(what)
    if (isWanted?.(what) === false) continue
    out.clear()
    program.expand(state, out)
    for (let at = 0; at < out.length; at += 4 + 2 * out.data[at + 3]!) {
      const next = state.slice()
      for (let edit = 0; edit < out.data[at + 3]!; edit++) {
        next[out.data[at + 4 + 2 * edit]!] = out.data[at + 5 + 2 * edit]!
      }
      const key = next.join()
      if (known.has(key)) continue
      known.add(key)
      queue.push(next)
    }
  }
  return found
}
