import { describe, expect, it } from "vitest"
import { brokenLinks } from "./links.ts"
import type { File } from "./tree.ts"

describe("the rule itself", () => {
  const files: ReadonlyArray<File> = [
    { path: "src/search/Search.ts", text: "export class Search {\n  expand() {}\n}" },
    { path: "docs/guide.md", text: "# The guide\n\n## Reading `results`, twice\n\n## Again\n\n## Again\n" },
    { path: "README.md", text: "# House" }
  ]
  const problems = (text: string, path = "README.md") => brokenLinks(files)({ path, text })

  it("allows a file, a folder, a heading, a heading of the page itself, and what is no relative link", () => {
    const links = [
      "[the guide](docs/guide.md)",
      "[the rooms](src/)",
      "[a room](src/search)",
      "[results](docs/guide.md#reading-results-twice)",
      "[the second](docs/guide.md#again-1)",
      "[here](#house)",
      "[elsewhere](https://example.org/nowhere.md)",
      "`[in a span](nowhere.md)`"
    ]
    expect(problems(`# House\n${links.join("\n")}\n\`\`\`md\n[in a block](nowhere.md)\n\`\`\``)).toEqual([])
  })

  it("resolves a link from the folder of its page", () => {
    expect(problems("[house](../README.md)", "docs/guide.md")).toEqual([])
    expect(problems("[house](README.md)", "docs/guide.md")).toEqual(["docs/guide.md:1 leads nowhere: README.md"])
  })

  it("finds a file that is not there, and says in which line", () => {
    expect(problems("one\n\n[gone](docs/gone.md)")).toEqual(["README.md:3 leads nowhere: docs/gone.md"])
  })

  it("finds a heading that is not there", () => {
    expect(problems("[gone](docs/guide.md#gone)")).toEqual(["README.md:1 leads to no heading: docs/guide.md#gone"])
  })

  it("finds a name of code that the file does not hold, by whole words", () => {
    const link = (name: string) => problems(`[\`${name}\`](src/search/Search.ts)`)
    expect(link("Search.expand")).toEqual([])
    expect(link("Search.expand(id)")).toEqual([])
    expect(link("the visit loop")).toEqual([])
    expect(link("Search.exp")).toEqual(["README.md:1 names exp, which src/search/Search.ts does not hold"])
  })

  it("finds a link to a line of code", () => {
    expect(problems("[loop](src/search/Search.ts#L12)")).toEqual([
      "README.md:1 leads to a line of code, which moves: src/search/Search.ts#L12"
    ])
  })

  it("leaves files that are no pages alone", () => {
    expect(problems("[gone](gone.md)", "src/search/Search.ts")).toEqual([])
  })
})
