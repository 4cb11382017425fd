/**
 * Text in a Mermaid diagram, in one line. All characters except letters, digits and plain punctuation become entities
 * (`#59;`), so that no value ends a line, a statement or a tag, or starts a directive.
 */

import { visible } from "../visible.ts"

/** The text. */
export const escaped = (text: string): string =>
  visible(text).replace(/[^\p{L}\p{N} .,:()[\]{}"'“”=→∅–@_/+*|!?-]/gu, (sign) => `#${sign.codePointAt(0)};`)
