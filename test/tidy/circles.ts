/**
 * Circles of imports between files, type imports included: whoever reads one file of a circle has to read all of them.
 * The graph has an edge for every import that names a file of the tree, by a relative path or by the package's name.
 */
import { importsOf, relativeTarget } from "./imports.ts"
import { at, type File, type Finding, isTypeScript } from "./tree.ts"

/** An import of one file of the tree by another. */
interface Edge {
  readonly from: File
  readonly offset: number
  readonly to: string
}

/** The file of plait that a specifier names, relative or by the package's own name as tsconfig.json resolves it. */
const targetOf = (file: File, specifier: string): string | undefined => {
  if (specifier === "plait") return "src/index.ts"
  if (specifier === "plait/vitest") return "src/vitest/index.ts"
  const own = /^plait\/((?:models|properties)\/.+)$/.exec(specifier)?.[1]
  return own === undefined ? relativeTarget(file, specifier) : `${own}.ts`
}

const edgesOf = (files: ReadonlyArray<File>): ReadonlyMap<string, ReadonlyArray<Edge>> => {
  const sources = files.filter(isTypeScript)
  const paths = new Set(sources.map(({ path }) => path))
  return new Map(
    sources.map((from) => [
      from.path,
      importsOf(from).flatMap(({ offset, specifier }) => {
        const to = targetOf(from, specifier)
        return to !== undefined && paths.has(to) ? [{ from, offset, to }] : []
      })
    ])
  )
}

type Edges = ReturnType<typeof edgesOf>

/** The shortest way along imports from a file back to itself; `undefined` if there is none. Breadth first. */
const circleThrough = (edges: Edges, start: string): ReadonlyArray<Edge> | undefined => {
  const reached = new Set<string>()
  const queue: Array<ReadonlyArray<Edge>> = [[]]
  for (let way = queue.shift(); way !== undefined; way = queue.shift()) {
    for (const edge of edges.get(way.at(-1)?.to ?? start) ?? []) {
      if (edge.to === start) return [...way, edge]
      if (reached.has(edge.to)) continue
      reached.add(edge.to)
      queue.push([...way, edge])
    }
  }
  return undefined
}

/** The files that can be reached along imports. */
const reachableFrom = (edges: Edges, start: string): ReadonlySet<string> => {
  const reached = new Set<string>()
  const open = [start]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    for (const { to } of edges.get(path) ?? []) {
      if (reached.has(to)) continue
      reached.add(to)
      open.push(to)
    }
  }
  return reached
}

/**
 * One finding for each knot: a largest set of files that all reach each other. The finding stands at an import of the
 * knot's first file by path, and names a shortest circle through that file and the number of files in the knot.
 */
export const circles = (files: ReadonlyArray<File>): ReadonlyArray<Finding> => {
  const edges = edgesOf(files)
  const reachable = new Map([...edges.keys()].map((path) => [path, reachableFrom(edges, path)]))
  const done = new Set<string>()
  return [...edges.keys()].toSorted().flatMap((path) => {
    const circle = done.has(path) ? undefined : circleThrough(edges, path)
    const first = circle?.[0]
    if (circle === undefined || first === undefined) return []
    const knot = [...(reachable.get(path) ?? [])].filter((each) => reachable.get(each)?.has(path))
    for (const each of knot) done.add(each)
    const names = [path, ...circle.map(({ to }) => to)].join(" → ")
    return [
      at(first.from, first.offset, `begins a circle of imports: ${names}; ${knot.length} files import each other`)
    ]
  })
}
