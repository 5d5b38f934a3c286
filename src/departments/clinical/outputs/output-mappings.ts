import { failed, type HospitalTime, incorrect, ok, type Result } from "#kernel";
import type { LinkMessage } from "../messages/link-message.ts";
import { fhirMessage } from "./fhir-message.ts";
import { type PathologyReport, pathologyDocument } from "./uk-pathology-document.ts";

/** What an output mapping made of a message. */
export interface Rendered {
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly controlId: string;
}

export interface Rendering {
  readonly message: Pick<LinkMessage, "arrivedAt" | "sender" | "type">;
  /** What the record will have of its reports; absent where it tells of none. */
  readonly reports?: PathologyReport | undefined;
}

/** Makes the content that a destination wants. Pure. Problems: it cannot be made of this message. */
export type Render = (rendering: Rendering) => Result<Rendered>;

/** Contents of destinations besides `as-received`, by the name that their settings give. */
export const outputMappings = ["uk-pathology-document", "fhir-message"] as const;

/** The output mapping of a name; undefined where there is none. */
export function rendering(hospitalTime: HospitalTime): (content: string) => Render | undefined {
  return (content) => {
    if (content === "uk-pathology-document") return (given) => document(given, hospitalTime);
    return content === "fhir-message" ? message : undefined;
  };
}

function document({ message, reports }: Rendering, hospitalTime: HospitalTime): Result<Rendered> {
  if (reports === undefined) return failed(noReport);
  const { facility, application } = message.sender;
  const custodian = { type: "Organization", display: facility ?? application ?? "Laboratory" };
  const made = pathologyDocument(reports, { custodian, madeAt: message.arrivedAt, hospitalTime });
  if (!made.ok) return made;
  const controlId = made.value.identifier?.value?.replace("urn:uuid:", "") ?? "";
  const body = new TextEncoder().encode(JSON.stringify(made.value));
  return ok({ body, contentType: "application/fhir+json", controlId });
}

/** Known to its receiver by the id of its MessageHeader, which is its control id. */
function message({ message: { arrivedAt, sender, type }, reports }: Rendering): Result<Rendered> {
  if (reports === undefined) return failed(noReport);
  const event = type?.split("^")[1];
  const made = fhirMessage(reports, { madeAt: arrivedAt, sender: sender.facility ?? sender.application, event });
  if (!made.ok) return made;
  const body = new TextEncoder().encode(JSON.stringify(made.value.bundle));
  return ok({ body, contentType: "application/fhir+json", controlId: made.value.id });
}

const noReport = incorrect("report-missing", "The message brought no report, and the destination takes nothing else.");
