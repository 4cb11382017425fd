/** What `plait check` and `plait verify` explore in this folder. */
import { defineConfig, entry } from "plait"
import { replicasAgree, writesCross } from "./protocols/properties.ts"
import { maxRegisterModel } from "./protocols/max-register.ts"

export default defineConfig({
  entries: [
    entry(maxRegisterModel, {
      properties: () => [replicasAgree, writesCross],
      settings: [
        { replicas: 2, lose: 0 },
        { replicas: 3, lose: 0 }
      ]
    })
  ]
})
