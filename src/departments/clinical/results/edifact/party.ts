import type { Identifier, Reference } from "#standards/fhir";
import { authoritySystem } from "../../messages/datatypes/hd.ts";
import type { Origin } from "../../messages/message-reader.ts";
import { list, present, presentOrNone } from "../../messages/present.ts";
import type { GroupReader } from "./group-reader.ts";
import type { SegmentBook } from "./segment-book.ts";

/** Who asked for the report, and who made it. */
export interface Parties {
  readonly requester: Reference | undefined;
  readonly performers: readonly [Reference, ...Reference[]] | undefined;
}

/** NAD-2.2. Source: PMIP EDIFACT, code list of health care registrations. */
const registers: Readonly<Record<string, string>> = {
  "900": "https://fhir.hl7.org.uk/Id/gmp-number",
  "901": "https://fhir.nhs.uk/Id/ods-organization-code",
  "902": "https://fhir.hl7.org.uk/Id/consultant-code",
};

/** S01. Of those who asked, a person comes before an organisation: an order has room for one. */
export function partiesOf(groups: readonly GroupReader[], origin: Origin): Parties {
  const asking = groups.filter((group) => group.first("NAD", "PO") !== undefined);
  const requester = asking.find(isPerson) ?? asking[0];
  const performing = groups.filter((group) => group.first("NAD", "SLA") !== undefined);
  return {
    requester: requester && partyIn(requester, "ServiceRequest.requester", origin),
    performers: list(...performing.map((group) => partyIn(group, "DiagnosticReport.performer", origin))),
  };
}

function isPerson(group: GroupReader): boolean {
  return group.first("SPR")?.peek(1) === "PRO";
}

function partyIn(group: GroupReader, target: string, origin: Origin): Reference | undefined {
  const nad = group.first("NAD");
  if (nad === undefined) return undefined;
  const reference = presentOrNone<Reference>({ identifier: numberIn(nad, origin), display: nad.peek(4) });
  if (reference === undefined) return undefined;
  nad.carry(target, [1], [2, 1], [2, 2], [4]);
  group.first("SPR")?.carry(target, [1]);
  return { type: isPerson(group) ? "Practitioner" : "Organization", ...reference };
}

function numberIn(nad: SegmentBook, { sender }: Origin): Identifier | undefined {
  const value = nad.peek(2);
  if (value === undefined) return undefined;
  return present<Identifier>({ system: registers[nad.peek(2, 2) ?? ""] ?? authoritySystem(sender), value });
}
