import { notFound, type Problem } from "#kernel";
import type { Version } from "./document.ts";

/** Why nothing of a version can be shown: `erased`, or `deleted`. `what` names it: `Patient/7c…`. */
export function goneProblem(version: Pick<Version, "isErased" | "version">, what: string): Problem {
  if (version.isErased !== true) return notFound("deleted", `${what} was deleted with version ${version.version}.`);
  return notFound("erased", `${what} was erased: it need not be kept any more, and two people decided so.`);
}
