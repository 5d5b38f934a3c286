import { type Problem, unsupported } from "#kernel";
import type { Refusal } from "../messages/gate.ts";
import type { CodedResults, UnknownInMessage } from "../messages/link-message.ts";
import { refusalOf } from "./findings.ts";
import { isWaived, type Ruling } from "./ruling.ts";

/** Fields without which a result cannot be compared with any other. */
const needed: ReadonlySet<string> = new Set(["OBX-3", "OBX-6"]);

/** `unknown-code`: why a message waits for a code or unit to be mapped; undefined where it need not. */
export function unknownCodes(
  codes: CodedResults | undefined,
  { isHeld, ruling }: { readonly isHeld: boolean; readonly ruling: Ruling | undefined },
): Refusal | undefined {
  if (!isHeld || codes === undefined || isWaived(ruling, "unknown-code")) return undefined;
  const refusal = refusalOf("held", codes.unknown.filter(({ field }) => needed.has(field)).map(problemOf));
  return refusal && { ...refusal, isOurs: true };
}

function problemOf({ field, where }: UnknownInMessage): Problem {
  const what = field === "OBX-6" ? "The unit" : "The code";
  const place = `${where}-${field.slice("OBX-".length)}`;
  return unsupported("unknown-code", `${what} of this result is in no map of its sender yet.`, { where: place });
}
