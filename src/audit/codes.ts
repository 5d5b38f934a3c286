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

function participation(code: string, display: string): Coding {
  return { system: "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", code, display };
}

/** What the program that called, Corridor, and the person are in the flow of an act. */
export interface AgentTypes {
  readonly client: Coding;
  readonly server: Coding;
  readonly user: Coding;
}

export interface ActCodes {
  /** Source: FHIR R4 AuditEvent.action: create, read, update, delete, execute. */
  readonly action: "C" | "R" | "U" | "D" | "E";
  readonly type: Coding;
  readonly subtype: Coding;
  readonly agents: AgentTypes;
  /** The profile of IHE BALP whose shape it has when it succeeded; `Patient` goes before it where one is concerned. */
  readonly profile?: "Create" | "Read" | "Update" | "Delete" | "Query" | "PrivacyDisclosure.Source" | "AuthZconsent";
}

const application = dicom("110150", "Application");
const source = dicom("110153", "Source Role ID");
const destination = dicom("110152", "Destination Role ID");
const recipient = participation("IRCP", "information recipient");
const author = participation("AUT", "author (originator)");
const custodian: Coding = {
  system: "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
  code: "custodian",
  display: "Custodian",
};
const authorizer: Coding = {
  system: "http://terminology.hl7.org/CodeSystem/extra-security-role-type",
  code: "authserver",
  display: "authorization server",
};

/** The content flows to the caller. */
const outward: AgentTypes = { client: destination, server: source, user: recipient };
/** The question flows to Corridor, although the answer flows back. */
const inward: AgentTypes = { client: source, server: destination, user: recipient };
const writing: AgentTypes = { client: source, server: destination, user: author };
const deleting: AgentTypes = { client: application, server: custodian, user: author };
const deciding: AgentTypes = { client: application, server: authorizer, user: recipient };

const authentication = dicom("110114", "User Authentication");
const login = dicom("110122", "Login");
const logout = dicom("110123", "Logout");
const securityAlert = dicom("110113", "Security Alert");
const dataImport = dicom("110107", "Import");
const dataExport = dicom("110106", "Export");
const attributesChanged = dicom("110137", "User Security Attributes Changed");
const disclose: Coding = {
  system: "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle",
  code: "disclose",
  display: "Disclose Record Lifecycle Event",
};
const consentDecision: Coding = {
  system: "https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType",
  code: "AuthZ-Consent",
  display: "Authorization Decision using Roles and Consent",
};

const imagesQuery = dicom("110112", "Query");
const imagesAccessed = dicom("110103", "DICOM Instances Accessed");
const imagesTransferred = dicom("110104", "DICOM Instances Transferred");
const studyDeleted = dicom("110105", "DICOM Study Deleted");

const alert = { type: securityAlert, agents: inward };
const auditLog = dicom("110101", "Audit Log Used");

/** Source: IHE BALP 1.1.4 (read to delete, disclosure, consent); DICOM PS3.15 §A.5 and PS3.16 CID 400 to 403 (the rest). */
export const actCodes: Readonly<Record<Exclude<ActName, "posted">, ActCodes>> = {
  read: { action: "R", type: rest, subtype: interaction("read"), agents: outward, profile: "Read" },
  "read-version": { action: "R", type: rest, subtype: interaction("vread"), agents: outward, profile: "Read" },
  search: { action: "E", type: rest, subtype: interaction("search"), agents: inward, profile: "Query" },
  count: { action: "E", type: rest, subtype: interaction("search"), agents: inward, profile: "Query" },
  history: { action: "R", type: rest, subtype: interaction("history"), agents: outward },
  follow: { action: "R", type: rest, subtype: interaction("history-system"), agents: outward },
  create: { action: "C", type: rest, subtype: interaction("create"), agents: writing, profile: "Create" },
  update: { action: "U", type: rest, subtype: interaction("update"), agents: writing, profile: "Update" },
  delete: { action: "D", type: rest, subtype: interaction("delete"), agents: deleting, profile: "Delete" },
  "sign-in": { action: "E", type: authentication, subtype: login, agents: inward },
  "sign-out": { action: "E", type: authentication, subtype: logout, agents: inward },
  "password-change": { action: "U", ...alert, subtype: attributesChanged },
  "second-factor-ask": { action: "E", type: authentication, subtype: login, agents: inward },
  proof: { action: "E", type: authentication, subtype: login, agents: inward },
  "session-end": { action: "E", type: authentication, subtype: logout, agents: inward },
  "factor-change": { action: "U", ...alert, subtype: attributesChanged },
  "link-issue": { action: "C", ...alert, subtype: attributesChanged },
  "images-find": { action: "E", type: imagesQuery, subtype: imagesQuery, agents: inward },
  "images-read": { action: "R", type: imagesAccessed, subtype: imagesAccessed, agents: outward },
  "images-store": { action: "C", type: imagesTransferred, subtype: imagesTransferred, agents: writing },
  "images-send": { action: "R", type: imagesTransferred, subtype: imagesTransferred, agents: outward },
  "images-change": { action: "U", type: imagesAccessed, subtype: imagesAccessed, agents: writing },
  "images-delete": { action: "D", type: studyDeleted, subtype: studyDeleted, agents: deleting },
  call: { action: "E", type: rest, subtype: interaction("operation"), agents: inward },
  backup: { action: "R", type: dataExport, subtype: dataExport, agents: outward },
  "key-rotation": { action: "U", ...alert, subtype: attributesChanged },
  "terminology-change": { action: "U", type: dataImport, subtype: dataImport, agents: inward },
  export: { action: "R", type: dataExport, subtype: disclose, agents: outward, profile: "PrivacyDisclosure.Source" },
  disclosure: {
    action: "R",
    type: dataExport,
    subtype: disclose,
    agents: outward,
    profile: "PrivacyDisclosure.Source",
  },
  "audit-export": { action: "R", type: auditLog, subtype: auditLog, agents: outward },
  "break-glass": { action: "E", ...alert, subtype: dicom("110127", "Emergency Override Started") },
  "break-glass-end": { action: "E", ...alert, subtype: dicom("110138", "Emergency Override Stopped") },
  "consent-decision": {
    action: "E",
    type: securityAlert,
    subtype: consentDecision,
    agents: deciding,
    profile: "AuthZconsent",
  },
  "token-issue": { action: "C", ...alert, subtype: attributesChanged },
  "application-change": { action: "U", ...alert, subtype: attributesChanged },
  authorize: { action: "C", ...alert, subtype: attributesChanged },
  "authorization-end": { action: "D", ...alert, subtype: attributesChanged },
};

/** The subtypes of a type: entries carry no key for their type, as their subtype says it. */
export function subtypesOf(type: string): readonly string[] {
  const those = Object.values(actCodes).filter((codes) => codes.type.code === type);
  return [...new Set(those.map((codes) => codes.subtype.code ?? ""))];
}
