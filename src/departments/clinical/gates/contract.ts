import { incorrect, type Problem } from "#kernel";
import type { Header } from "#standards/hl7v2";
import type { SenderContract } from "../configuration/link-settings.ts";

/**
 * Where a message is outside what its sender has agreed to send: `sender-not-agreed`, `type-not-agreed`,
 * `version-not-agreed`, `processing-not-agreed`, `nhs-number-required`.
 */
export function contractBreaches(
  { contract, nhsNumber }: { readonly contract: SenderContract; readonly nhsNumber: string | undefined },
  header: Header,
): readonly Problem[] {
  const { sendingApplication, sendingFacility, type, version, processingId } = header;
  const problems: Problem[] = [];
  for (const [allowed, sent, code, what, where] of [
    [contract.applications, sendingApplication, "sender-not-agreed", "The sending application", "MSH-3"],
    [contract.facilities, sendingFacility, "sender-not-agreed", "The sending facility", "MSH-4"],
    [contract.types, `${type.code}^${type.trigger}`, "type-not-agreed", "The type of the message", "MSH-9"],
    [contract.versions, version, "version-not-agreed", "The version of HL7", "MSH-12"],
    [contract.processing, processingId, "processing-not-agreed", "The processing id", "MSH-11"],
  ] as const) {
    if (isAgreed(allowed, sent)) continue;
    problems.push(incorrect(code, `${what} is not one that the contract of this link names.`, { where }));
  }
  if (contract.nhsNumberRequired && nhsNumber === undefined) {
    const message = "The contract of this link asks for an NHS number, and the message has none.";
    problems.push(incorrect("nhs-number-required", message, { where: "PID[1]-3" }));
  }
  return problems;
}

/** An empty list allows everything; `ORU` allows all its events. */
function isAgreed(allowed: readonly string[], sent: string): boolean {
  return allowed.length === 0 || allowed.includes(sent) || allowed.includes(sent.split("^")[0] ?? "");
}
