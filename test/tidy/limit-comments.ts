import type { Node } from "./syntax.ts";

/** A limit is explained by the comment right above it, or by one that names it in backticks. */
export function isLimitCommented(text: string, property: Node): boolean {
  const name = (property.key as Node).name as string;
  const above = text.slice(0, property.start).trimEnd();
  return above.endsWith("*/") || text.includes(`\`${name}\``);
}
