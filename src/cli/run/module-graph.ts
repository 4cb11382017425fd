/**
 * The imports of modules, and the content with which each module was loaded. They decide whether a case can have
 * changed.
 *
 * Node reports them through its hooks on resolving and loading (`module.registerHooks`): exactly the loaded files,
 * packages and dynamic imports included, types left out, with the very bytes that were run. A rejected alternative is
 * parsing the sources for imports: that would be a second, slightly different resolution beside that of Node, and a
 * parser as a dependency.
 *
 * The file read-inputs.ts records the other inputs of modules. A module can change values of another module that does
 * not import it, for example by adding properties to a registry, but only through the exports of that module. So the
 * importers of a module with such an export count as imported by it. The folders of plait and packages have no
 * registries.
 */
import { createHash } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { registerHooks } from "node:module"
import { relative } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

/** The digest of a content, in 64 hexadecimal digits. */
export const digestOf = (content: string | NodeJS.ArrayBufferView): string =>
  createHash("sha256").update(content).digest("hex")

/** The digest of a file that does not exist. */
export const ABSENT = "absent"

/** The digest of a file as it is now. */
export const digestOfFile = (path: string): string => (existsSync(path) ? digestOf(readFileSync(path)) : ABSENT)

/** The URL of a module that is imported by its path, even if it does not exist. */
const placeOf = (specifier: string, parent: string | undefined): string | undefined =>
  parent !== undefined && /^(?:\.|file:|\/)/.test(specifier) ? URL.parse(specifier, parent)?.href : undefined

/** The name of a module: the path of a file from the current folder, or the whole `data:` URL. */
const pathOf = (url: string): string => (isFile(url) ? relative("", fileURLToPath(url)) : url)

const isFile = (url: string): boolean => url.startsWith("file:")

const ownFolders = ["src", "models", "properties"].map((room) => new URL(`../../../${room}/`, import.meta.url).href)

/** True if a module may have a registry, judged by its place. */
const isOpen = (url: string): boolean =>
  !url.includes("/node_modules/") && !ownFolders.some((folder) => url.startsWith(folder))

const exportsAreClosed = async (url: string): Promise<boolean> => {
  try {
    const exported = Object.values((await import(url)) as { readonly [name: string]: unknown })
    return exported.every(isClosed)
  } catch {
    return false
  }
}

/** True if other modules do not change a value of this kind: a primitive, a schema, or a declaration of plait. */
const isClosed = (value: unknown): boolean => {
  if ((typeof value !== "object" || value === null) && typeof value !== "function") return true
  if (value === null || "ast" in value) return true
  if (typeof value === "function") return false
  if (Object.isFrozen(value) && "settings" in value && "build" in value) return true
  return "name" in value && ("kind" in value || "system" in value || "handlers" in value)
}

/** The modules that were loaded since the start of the recording. */
export class ModuleGraph {
  private readonly imports = new Map<string, Set<string>>()
  private readonly digests = new Map<string, string>()
  private readonly missing = new Set<string>()
  private readonly resolutions = new Map<string, string>()
  /** The module that each specifier of a module led to. */
  private readonly resolved = new Map<string, Map<string, string>>()
  private readonly contents = new Map<string, ReadonlyMap<string, string>>()
  /** The format of each module as Node determined it. A package.json can change it. */
  private readonly formats = new Map<string, string>()
  /** Called with each built-in module of Node that a module imports. */
  onBuiltIn: (specifier: string) => void = () => {}
  /** Modules with values that no other module can change. */
  private readonly closed = new Set<string>()

  /**
   * Starts the recording. A module that was loaded before is included only if a module that is loaded later imports it.
   */
  static record(): ModuleGraph {
    const graph = new ModuleGraph()
    registerHooks({
      resolve: (specifier, context, next) => {
        try {
          const resolved = next(specifier, context)
          graph.resolvedTo(context.parentURL, specifier, resolved.url)
          graph.imported(context.parentURL, resolved.url)
          return resolved
        } catch (error) {
          graph.resolvedTo(context.parentURL, specifier, ABSENT)
          const place = placeOf(specifier, context.parentURL)
          if (place !== undefined) graph.missing.add(place)
          throw error
        }
      },
      load: (url, context, next) => {
        const loaded = next(url, context)
        const { format, source } = loaded
        graph.formats.set(url, String(format))
        if (source) graph.digests.set(url, digestOf(source instanceof ArrayBuffer ? new Uint8Array(source) : source))
        return loaded
      }
    })
    return graph
  }

  private resolvedTo(parent: string | undefined, specifier: string, url: string): void {
    const from = parent ?? ""
    const known = this.resolved.get(from) ?? new Map<string, string>()
    this.resolved.set(from, known.set(specifier, url))
    this.resolutions.clear()
  }

  private imported(parent: string | undefined, url: string): void {
    if (url.startsWith("node:")) return this.onBuiltIn(url)
    const from = parent ?? ""
    const known = this.imports.get(from) ?? new Set()
    if (known.has(url)) return
    this.imports.set(from, known.add(url))
    this.contents.clear()
  }

  /**
   * The sorted URLs of some files and of all that they import; those of all modules if one of the files was never
   * loaded.
   */
  private reach(files: ReadonlyArray<string>): ReadonlyArray<string> {
    const all = this.known()
    const roots = files.map((file) => (isFile(file) ? file : pathToFileURL(file).href))
    if (roots.length === 0 || roots.some((root) => !all.has(root))) return [...all].sort()
    const found = new Set(roots)
    for (const url of found) {
      for (const next of this.imports.get(url) ?? []) found.add(next)
      if (isOpen(url) && !this.closed.has(url)) for (const parent of this.importers(url)) found.add(parent)
    }
    return [...found].sort()
  }

  private importers(url: string): ReadonlyArray<string> {
    return [...this.imports].flatMap(([parent, urls]) => (parent !== "" && urls.has(url) ? [parent] : []))
  }

  /** Examines the exports of the loaded modules. To be called after all are loaded. */
  async settle(): Promise<void> {
    for (const url of this.known()) {
      if (isOpen(url) && this.digests.has(url) && (await exportsAreClosed(url))) this.closed.add(url)
    }
    this.contents.clear()
  }

  private known(): ReadonlySet<string> {
    return new Set([...this.imports.values()].flatMap((urls) => [...urls]))
  }

  /** The loaded content of some files and of all that they import, by path from the current folder. */
  contentOf(files: ReadonlyArray<string>): ReadonlyMap<string, string> {
    const name = files.join("\n")
    const known = this.contents.get(name)
    if (known !== undefined) return known
    const content = new Map(
      this.reach(files).map((url) => [pathOf(url), `${this.digestOfModule(url)} ${this.formats.get(url) ?? ""}`])
    )
    this.contents.set(name, content)
    return content
  }

  /**
   * The modules that the specifiers of some files, and of all that they import, led to: a package.json or a link can swap
   * two.
   */
  resolutionsOf(files: ReadonlyArray<string>): string {
    const name = files.join("\n")
    const digest = this.resolutions.get(name) ?? this.digestOfResolutions(files)
    this.resolutions.set(name, digest)
    return digest
  }

  private digestOfResolutions(files: ReadonlyArray<string>): string {
    const all = this.reach(files).map((url) => [url, [...(this.resolved.get(url) ?? [])].sort()])
    return digestOf(JSON.stringify(all))
  }

  private digestOfModule(url: string): string {
    const known = this.digests.get(url) ?? (isFile(url) ? digestOfFile(fileURLToPath(url)) : digestOf(url))
    this.digests.set(url, known)
    return known
  }

  /** Every file that was loaded or not found, by path from the current folder. Packages are left out. */
  watched(): ReadonlyMap<string, string> {
    const own = [...this.known()].filter((url) => isFile(url) && !url.includes("/node_modules/"))
    const loaded = own.map((url): [string, string] => [pathOf(url), this.digestOfModule(url)])
    return new Map([...loaded, ...[...this.missing].map((url): [string, string] => [pathOf(url), ABSENT])])
  }
}
