/** How the fixtures of this folder are run: by a vitest of their own, since some of their tests fail on purpose. */
import { defineConfig } from "vitest/config"

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: { include: ["test/vitest/*.fixture.ts"], reporters: ["default"] }
})
