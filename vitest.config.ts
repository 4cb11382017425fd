import { join } from "node:path"
import { defineConfig } from "vitest/config"

export default defineConfig({
  // Models import plait by its name, which `paths` in tsconfig.json resolves to its source.
  resolve: { tsconfigPaths: true },
  test: {
    include: ["src", "models", "properties", "test"].map((room) => `${room}/**/*.test.ts`),
    // An exhaustive search or a process is the unit under test here. The limit is for what hangs: a machine that others
    // use too is no reason to fail.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Hundreds of tests start the command line anew. It turns Node's cache on itself, but from its own sources only after
    // Node has loaded what strips the types off the first of them; told from outside, Node does without.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, "node_modules/.cache/node") },
    // Vitest leaves a core to whoever watches; on two cores that would be half of the machine.
    maxWorkers: "100%",
    // No test changes what modules hold, and loading plait, effect and the models anew for each file is a quarter of the
    // time.
    isolate: false,
    reporters: process.env["CI"] === undefined ? ["default"] : ["default", "./test/closing-line.ts"],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      // The command line is tested through the real command, in processes of its own, which are not counted here.
      exclude: ["**/*.test.ts", "src/cli/**"],
      reporter: ["text-summary", "html", "lcov"],
      reportsDirectory: "coverage",
      thresholds: { lines: 90 }
    }
  }
})
