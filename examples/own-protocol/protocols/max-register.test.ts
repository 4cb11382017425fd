/** The properties as tests: the same search as `plait check`, run by vitest. */
import { verify } from "plait/vitest"
import { replicasAgree, writesCross } from "./properties.ts"
import { maxRegisterModel } from "./max-register.ts"

verify(maxRegisterModel.system({ replicas: 3, lose: 0 }), [replicasAgree, writesCross])

// A message that is lost is never sent again, so here they do not agree; a fix of that would fail this test.
verify(maxRegisterModel.system({ replicas: 2, lose: 1 }), [replicasAgree], {
  expected: { [replicasAgree.name]: "violated" }
})
