import type { Coding } from "#standards/fhir";
import type { ActName } from "./act.ts";

const rest: Coding = {
  system: "http://terminology.hl7.org/CodeSystem/audit-event-type",
  code: "rest",
  display: "RESTful Operation",
};

function dicom(code: string, display: string): Coding {
  return { system: "http://dicom.nema.org/resources/ontology/DCM", code, display };
}

function interaction(code: string): Coding {
  return { system: "http://hl7.org/fhir/restful-interaction", code, display: code };
}

export interface ActCodes {
  /** Source: FHIR R4 AuditEvent.action: create, read, update, delete, execute. */
  readonly action: "C" | "R" | "U" | "D" | "E";
  readonly type: Coding;
  readonly subtype: Coding;
  /** Where the caller stands in the flow: BALP calls the caller of a read its destination, of all else its source. */
  readonly callerIs: "source" | "destination";
}

const authentication = dicom("110114", "User Authentication");
const securityAlert = dicom("110113", "Security Alert");
const dataImport = dicom("110107", "Import");
const dataExport = dicom("110106", "Export");
const attributesChanged = dicom("110137", "User Security Attributes Changed");

/** Source: IHE BALP (read, query, create, update, delete); DICOM PS3.15 §A.5 (authentication, security alert, export). */
export const actCodes: Readonly<Record<Exclude<ActName, "posted">, ActCodes>> = {
  read: { action: "R", type: rest, subtype: interaction("read"), callerIs: "destination" },
  "read-version": { action: "R", type: rest, subtype: interaction("vread"), callerIs: "destination" },
  search: { action: "E", type: rest, subtype: interaction("search"), callerIs: "source" },
  count: { action: "E", type: rest, subtype: interaction("search"), callerIs: "source" },
  history: { action: "R", type: rest, subtype: interaction("history"), callerIs: "destination" },
  follow: { action: "R", type: rest, subtype: interaction("history-system"), callerIs: "destination" },
  create: { action: "C", type: rest, subtype: interaction("create"), callerIs: "source" },
  update: { action: "U", type: rest, subtype: interaction("update"), callerIs: "source" },
  delete: { action: "D", type: rest, subtype: interaction("delete"), callerIs: "source" },
  "sign-in": { action: "E", type: authentication, subtype: dicom("110122", "Login"), callerIs: "source" },
  "sign-out": { action: "E", type: authentication, subtype: dicom("110123", "Logout"), callerIs: "source" },
  "password-change": { action: "U", type: securityAlert, subtype: attributesChanged, callerIs: "source" },
  "second-factor-ask": { action: "E", type: authentication, subtype: dicom("110122", "Login"), callerIs: "source" },
  proof: { action: "E", type: authentication, subtype: dicom("110122", "Login"), callerIs: "source" },
  "session-end": { action: "E", type: authentication, subtype: dicom("110123", "Logout"), callerIs: "source" },
  "factor-change": { action: "U", type: securityAlert, subtype: attributesChanged, callerIs: "source" },
  "link-issue": { action: "C", type: securityAlert, subtype: attributesChanged, callerIs: "source" },
  call: { action: "E", type: rest, subtype: interaction("operation"), callerIs: "source" },
  backup: { action: "R", type: dataExport, subtype: dataExport, callerIs: "destination" },
  "terminology-change": { action: "U", type: dataImport, subtype: dataImport, callerIs: "source" },
  export: { action: "R", type: dataExport, subtype: dataExport, callerIs: "destination" },
  "token-issue": { action: "C", type: securityAlert, subtype: attributesChanged, callerIs: "source" },
};

export const sourceRole = dicom("110153", "Source Role ID");
export const destinationRole = dicom("110152", "Destination Role ID");
