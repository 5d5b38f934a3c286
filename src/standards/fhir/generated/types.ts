// Made by: node tools/fhir-definitions.ts, from npm hl7.fhir.r4.examples 4.0.1 (FHIR R4, CC0)

import type { Json } from "#kernel";

/** Any resource; the types below say more. */
export type Resource = {
  readonly resourceType: string;
  readonly id?: string;
  readonly meta?: Meta;
  readonly [element: string]: Json;
};

/** What stands beside a primitive value in JSON: `_birthDate` beside `birthDate`. */
export type Beside = { readonly id?: string; readonly extension?: readonly Extension[] };
export type BesideEach = readonly (Beside | null)[];
export type BesideKey = `_${string}`;

export type Address = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly use?: "home" | "work" | "temp" | "old" | "billing";
  readonly type?: "postal" | "physical" | "both";
  readonly text?: string;
  readonly line?: readonly string[];
  readonly city?: string;
  readonly district?: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly country?: string;
  readonly period?: Period;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Age = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly value?: number;
  readonly comparator?: "<" | "<=" | ">=" | ">";
  readonly unit?: string;
  readonly system?: string;
  readonly code?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type AllergyIntolerance = {
  readonly resourceType: "AllergyIntolerance";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly clinicalStatus?: CodeableConcept;
  readonly verificationStatus?: CodeableConcept;
  readonly type?: "allergy" | "intolerance";
  readonly category?: readonly ("food" | "medication" | "environment" | "biologic")[];
  readonly criticality?: "low" | "high" | "unable-to-assess";
  readonly code?: CodeableConcept;
  readonly patient: Reference;
  readonly encounter?: Reference;
  readonly onsetDateTime?: string;
  readonly onsetAge?: Age;
  readonly onsetPeriod?: Period;
  readonly onsetRange?: Range;
  readonly onsetString?: string;
  readonly recordedDate?: string;
  readonly recorder?: Reference;
  readonly asserter?: Reference;
  readonly lastOccurrence?: string;
  readonly note?: readonly Annotation[];
  readonly reaction?: readonly AllergyIntoleranceReaction[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type AllergyIntoleranceReaction = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly substance?: CodeableConcept;
  readonly manifestation: readonly CodeableConcept[];
  readonly description?: string;
  readonly onset?: string;
  readonly severity?: "mild" | "moderate" | "severe";
  readonly exposureRoute?: CodeableConcept;
  readonly note?: readonly Annotation[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Annotation = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly authorReference?: Reference;
  readonly authorString?: string;
  readonly time?: string;
  readonly text: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Appointment = {
  readonly resourceType: "Appointment";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly status: "proposed" | "pending" | "booked" | "arrived" | "fulfilled" | "cancelled" | "noshow" | "entered-in-error" | "checked-in" | "waitlist";
  readonly cancelationReason?: CodeableConcept;
  readonly serviceCategory?: readonly CodeableConcept[];
  readonly serviceType?: readonly CodeableConcept[];
  readonly specialty?: readonly CodeableConcept[];
  readonly appointmentType?: CodeableConcept;
  readonly reasonCode?: readonly CodeableConcept[];
  readonly reasonReference?: readonly Reference[];
  readonly priority?: number;
  readonly description?: string;
  readonly supportingInformation?: readonly Reference[];
  readonly start?: string;
  readonly end?: string;
  readonly minutesDuration?: number;
  readonly slot?: readonly Reference[];
  readonly created?: string;
  readonly comment?: string;
  readonly patientInstruction?: string;
  readonly basedOn?: readonly Reference[];
  readonly participant: readonly AppointmentParticipant[];
  readonly requestedPeriod?: readonly Period[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type AppointmentParticipant = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly type?: readonly CodeableConcept[];
  readonly actor?: Reference;
  readonly required?: "required" | "optional" | "information-only";
  readonly status: "accepted" | "declined" | "tentative" | "needs-action";
  readonly period?: Period;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Attachment = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly contentType?: string;
  readonly language?: string;
  readonly data?: string;
  readonly url?: string;
  readonly size?: number;
  readonly hash?: string;
  readonly title?: string;
  readonly creation?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type AuditEvent = {
  readonly resourceType: "AuditEvent";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly type: Coding;
  readonly subtype?: readonly Coding[];
  readonly action?: "C" | "R" | "U" | "D" | "E";
  readonly period?: Period;
  readonly recorded: string;
  readonly outcome?: "0" | "4" | "8" | "12";
  readonly outcomeDesc?: string;
  readonly purposeOfEvent?: readonly CodeableConcept[];
  readonly agent: readonly AuditEventAgent[];
  readonly source: AuditEventSource;
  readonly entity?: readonly AuditEventEntity[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type AuditEventAgent = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly type?: CodeableConcept;
  readonly role?: readonly CodeableConcept[];
  readonly who?: Reference;
  readonly altId?: string;
  readonly name?: string;
  readonly requestor: boolean;
  readonly location?: Reference;
  readonly policy?: readonly string[];
  readonly media?: Coding;
  readonly network?: AuditEventAgentNetwork;
  readonly purposeOfUse?: readonly CodeableConcept[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type AuditEventAgentNetwork = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly address?: string;
  readonly type?: "1" | "2" | "3" | "4" | "5";
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type AuditEventSource = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly site?: string;
  readonly observer: Reference;
  readonly type?: readonly Coding[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type AuditEventEntity = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly what?: Reference;
  readonly type?: Coding;
  readonly role?: Coding;
  readonly lifecycle?: Coding;
  readonly securityLabel?: readonly Coding[];
  readonly name?: string;
  readonly description?: string;
  readonly query?: string;
  readonly detail?: readonly AuditEventEntityDetail[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type AuditEventEntityDetail = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly type: string;
  readonly valueString?: string;
  readonly valueBase64Binary?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type BackboneElement = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Binary = {
  readonly resourceType: "Binary";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly contentType: string;
  readonly securityContext?: Reference;
  readonly data?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Bundle = {
  readonly resourceType: "Bundle";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly identifier?: Identifier;
  readonly type: "document" | "message" | "transaction" | "transaction-response" | "batch" | "batch-response" | "history" | "searchset" | "collection";
  readonly timestamp?: string;
  readonly total?: number;
  readonly link?: readonly BundleLink[];
  readonly entry?: readonly BundleEntry[];
  readonly signature?: Signature;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type BundleLink = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly relation: string;
  readonly url: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type BundleEntry = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly link?: readonly BundleLink[];
  readonly fullUrl?: string;
  readonly resource?: Resource;
  readonly search?: BundleEntrySearch;
  readonly request?: BundleEntryRequest;
  readonly response?: BundleEntryResponse;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type BundleEntrySearch = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly mode?: "match" | "include" | "outcome";
  readonly score?: number;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type BundleEntryRequest = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "PATCH";
  readonly url: string;
  readonly ifNoneMatch?: string;
  readonly ifModifiedSince?: string;
  readonly ifMatch?: string;
  readonly ifNoneExist?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type BundleEntryResponse = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly status: string;
  readonly location?: string;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly outcome?: Resource;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CapabilityStatement = {
  readonly resourceType: "CapabilityStatement";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly url?: string;
  readonly version?: string;
  readonly name?: string;
  readonly title?: string;
  readonly status: "draft" | "active" | "retired" | "unknown";
  readonly experimental?: boolean;
  readonly date: string;
  readonly publisher?: string;
  readonly contact?: readonly ContactDetail[];
  readonly description?: string;
  readonly useContext?: readonly UsageContext[];
  readonly jurisdiction?: readonly CodeableConcept[];
  readonly purpose?: string;
  readonly copyright?: string;
  readonly kind: "instance" | "capability" | "requirements";
  readonly instantiates?: readonly string[];
  readonly imports?: readonly string[];
  readonly software?: CapabilityStatementSoftware;
  readonly implementation?: CapabilityStatementImplementation;
  readonly fhirVersion: "0.01" | "0.05" | "0.06" | "0.11" | "0.0.80" | "0.0.81" | "0.0.82" | "0.4.0" | "0.5.0" | "1.0.0" | "1.0.1" | "1.0.2" | "1.1.0" | "1.4.0" | "1.6.0" | "1.8.0" | "3.0.0" | "3.0.1" | "3.3.0" | "3.5.0" | "4.0.0" | "4.0.1";
  readonly format: readonly string[];
  readonly patchFormat?: readonly string[];
  readonly implementationGuide?: readonly string[];
  readonly rest?: readonly CapabilityStatementRest[];
  readonly messaging?: readonly CapabilityStatementMessaging[];
  readonly document?: readonly CapabilityStatementDocument[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CapabilityStatementSoftware = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly name: string;
  readonly version?: string;
  readonly releaseDate?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CapabilityStatementImplementation = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly description: string;
  readonly url?: string;
  readonly custodian?: Reference;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CapabilityStatementRest = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly mode: "client" | "server";
  readonly documentation?: string;
  readonly security?: CapabilityStatementRestSecurity;
  readonly resource?: readonly CapabilityStatementRestResource[];
  readonly interaction?: readonly CapabilityStatementRestInteraction[];
  readonly searchParam?: readonly CapabilityStatementRestResourceSearchParam[];
  readonly operation?: readonly CapabilityStatementRestResourceOperation[];
  readonly compartment?: readonly string[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CapabilityStatementRestSecurity = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly cors?: boolean;
  readonly service?: readonly CodeableConcept[];
  readonly description?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CapabilityStatementRestResource = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly type: string;
  readonly profile?: string;
  readonly supportedProfile?: readonly string[];
  readonly documentation?: string;
  readonly interaction?: readonly CapabilityStatementRestResourceInteraction[];
  readonly versioning?: "no-version" | "versioned" | "versioned-update";
  readonly readHistory?: boolean;
  readonly updateCreate?: boolean;
  readonly conditionalCreate?: boolean;
  readonly conditionalRead?: "not-supported" | "modified-since" | "not-match" | "full-support";
  readonly conditionalUpdate?: boolean;
  readonly conditionalDelete?: "not-supported" | "single" | "multiple";
  readonly referencePolicy?: readonly ("literal" | "logical" | "resolves" | "enforced" | "local")[];
  readonly searchInclude?: readonly string[];
  readonly searchRevInclude?: readonly string[];
  readonly searchParam?: readonly CapabilityStatementRestResourceSearchParam[];
  readonly operation?: readonly CapabilityStatementRestResourceOperation[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CapabilityStatementRestResourceInteraction = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly code: "read" | "vread" | "update" | "patch" | "delete" | "history-instance" | "history-type" | "create" | "search-type";
  readonly documentation?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CapabilityStatementRestResourceSearchParam = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly name: string;
  readonly definition?: string;
  readonly type: "number" | "date" | "string" | "token" | "reference" | "composite" | "quantity" | "uri" | "special";
  readonly documentation?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CapabilityStatementRestResourceOperation = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly name: string;
  readonly definition: string;
  readonly documentation?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CapabilityStatementRestInteraction = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly code: "transaction" | "batch" | "search-system" | "history-system";
  readonly documentation?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CapabilityStatementMessaging = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly endpoint?: readonly CapabilityStatementMessagingEndpoint[];
  readonly reliableCache?: number;
  readonly documentation?: string;
  readonly supportedMessage?: readonly CapabilityStatementMessagingSupportedMessage[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CapabilityStatementMessagingEndpoint = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly protocol: Coding;
  readonly address: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CapabilityStatementMessagingSupportedMessage = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly mode: "sender" | "receiver";
  readonly definition: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CapabilityStatementDocument = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly mode: "producer" | "consumer";
  readonly documentation?: string;
  readonly profile: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CodeableConcept = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly coding?: readonly Coding[];
  readonly text?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Coding = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly system?: string;
  readonly version?: string;
  readonly code?: string;
  readonly display?: string;
  readonly userSelected?: boolean;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Composition = {
  readonly resourceType: "Composition";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: Identifier;
  readonly status: "preliminary" | "final" | "amended" | "entered-in-error";
  readonly type: CodeableConcept;
  readonly category?: readonly CodeableConcept[];
  readonly subject?: Reference;
  readonly encounter?: Reference;
  readonly date: string;
  readonly author: readonly Reference[];
  readonly title: string;
  readonly confidentiality?: "U" | "L" | "M" | "N" | "R" | "V";
  readonly attester?: readonly CompositionAttester[];
  readonly custodian?: Reference;
  readonly relatesTo?: readonly CompositionRelatesTo[];
  readonly event?: readonly CompositionEvent[];
  readonly section?: readonly CompositionSection[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CompositionAttester = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly mode: "personal" | "professional" | "legal" | "official";
  readonly time?: string;
  readonly party?: Reference;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CompositionRelatesTo = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly code: "replaces" | "transforms" | "signs" | "appends";
  readonly targetIdentifier?: Identifier;
  readonly targetReference?: Reference;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CompositionEvent = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly code?: readonly CodeableConcept[];
  readonly period?: Period;
  readonly detail?: readonly Reference[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type CompositionSection = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly title?: string;
  readonly code?: CodeableConcept;
  readonly author?: readonly Reference[];
  readonly focus?: Reference;
  readonly text?: Narrative;
  readonly mode?: "working" | "snapshot" | "changes";
  readonly orderedBy?: CodeableConcept;
  readonly entry?: readonly Reference[];
  readonly emptyReason?: CodeableConcept;
  readonly section?: readonly CompositionSection[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Condition = {
  readonly resourceType: "Condition";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly clinicalStatus?: CodeableConcept;
  readonly verificationStatus?: CodeableConcept;
  readonly category?: readonly CodeableConcept[];
  readonly severity?: CodeableConcept;
  readonly code?: CodeableConcept;
  readonly bodySite?: readonly CodeableConcept[];
  readonly subject: Reference;
  readonly encounter?: Reference;
  readonly onsetDateTime?: string;
  readonly onsetAge?: Age;
  readonly onsetPeriod?: Period;
  readonly onsetRange?: Range;
  readonly onsetString?: string;
  readonly abatementDateTime?: string;
  readonly abatementAge?: Age;
  readonly abatementPeriod?: Period;
  readonly abatementRange?: Range;
  readonly abatementString?: string;
  readonly recordedDate?: string;
  readonly recorder?: Reference;
  readonly asserter?: Reference;
  readonly stage?: readonly ConditionStage[];
  readonly evidence?: readonly ConditionEvidence[];
  readonly note?: readonly Annotation[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type ConditionStage = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly summary?: CodeableConcept;
  readonly assessment?: readonly Reference[];
  readonly type?: CodeableConcept;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type ConditionEvidence = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly code?: readonly CodeableConcept[];
  readonly detail?: readonly Reference[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type ContactDetail = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly name?: string;
  readonly telecom?: readonly ContactPoint[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type ContactPoint = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly system?: "phone" | "fax" | "email" | "pager" | "url" | "sms" | "other";
  readonly value?: string;
  readonly use?: "home" | "work" | "temp" | "old" | "mobile";
  readonly rank?: number;
  readonly period?: Period;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Contributor = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly type: "author" | "editor" | "reviewer" | "endorser";
  readonly name: string;
  readonly contact?: readonly ContactDetail[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Count = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly value?: number;
  readonly comparator?: "<" | "<=" | ">=" | ">";
  readonly unit?: string;
  readonly system?: string;
  readonly code?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type DataRequirement = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly type: string;
  readonly profile?: readonly string[];
  readonly subjectCodeableConcept?: CodeableConcept;
  readonly subjectReference?: Reference;
  readonly mustSupport?: readonly string[];
  readonly codeFilter?: readonly DataRequirementCodeFilter[];
  readonly dateFilter?: readonly DataRequirementDateFilter[];
  readonly limit?: number;
  readonly sort?: readonly DataRequirementSort[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type DataRequirementCodeFilter = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly path?: string;
  readonly searchParam?: string;
  readonly valueSet?: string;
  readonly code?: readonly Coding[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type DataRequirementDateFilter = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly path?: string;
  readonly searchParam?: string;
  readonly valueDateTime?: string;
  readonly valuePeriod?: Period;
  readonly valueDuration?: Duration;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type DataRequirementSort = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly path: string;
  readonly direction: "ascending" | "descending";
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Device = {
  readonly resourceType: "Device";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly definition?: Reference;
  readonly udiCarrier?: readonly DeviceUdiCarrier[];
  readonly status?: "active" | "inactive" | "entered-in-error" | "unknown";
  readonly statusReason?: readonly CodeableConcept[];
  readonly distinctIdentifier?: string;
  readonly manufacturer?: string;
  readonly manufactureDate?: string;
  readonly expirationDate?: string;
  readonly lotNumber?: string;
  readonly serialNumber?: string;
  readonly deviceName?: readonly DeviceDeviceName[];
  readonly modelNumber?: string;
  readonly partNumber?: string;
  readonly type?: CodeableConcept;
  readonly specialization?: readonly DeviceSpecialization[];
  readonly version?: readonly DeviceVersion[];
  readonly property?: readonly DeviceProperty[];
  readonly patient?: Reference;
  readonly owner?: Reference;
  readonly contact?: readonly ContactPoint[];
  readonly location?: Reference;
  readonly url?: string;
  readonly note?: readonly Annotation[];
  readonly safety?: readonly CodeableConcept[];
  readonly parent?: Reference;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type DeviceUdiCarrier = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly deviceIdentifier?: string;
  readonly issuer?: string;
  readonly jurisdiction?: string;
  readonly carrierAIDC?: string;
  readonly carrierHRF?: string;
  readonly entryType?: "barcode" | "rfid" | "manual" | "card" | "self-reported" | "unknown";
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type DeviceDeviceName = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly name: string;
  readonly type: "udi-label-name" | "user-friendly-name" | "patient-reported-name" | "manufacturer-name" | "model-name" | "other";
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type DeviceSpecialization = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly systemType: CodeableConcept;
  readonly version?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type DeviceVersion = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly type?: CodeableConcept;
  readonly component?: Identifier;
  readonly value: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type DeviceProperty = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly type: CodeableConcept;
  readonly valueQuantity?: readonly Quantity[];
  readonly valueCode?: readonly CodeableConcept[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type DiagnosticReport = {
  readonly resourceType: "DiagnosticReport";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly basedOn?: readonly Reference[];
  readonly status: "registered" | "partial" | "preliminary" | "final" | "amended" | "corrected" | "appended" | "cancelled" | "entered-in-error" | "unknown";
  readonly category?: readonly CodeableConcept[];
  readonly code: CodeableConcept;
  readonly subject?: Reference;
  readonly encounter?: Reference;
  readonly effectiveDateTime?: string;
  readonly effectivePeriod?: Period;
  readonly issued?: string;
  readonly performer?: readonly Reference[];
  readonly resultsInterpreter?: readonly Reference[];
  readonly specimen?: readonly Reference[];
  readonly result?: readonly Reference[];
  readonly imagingStudy?: readonly Reference[];
  readonly media?: readonly DiagnosticReportMedia[];
  readonly conclusion?: string;
  readonly conclusionCode?: readonly CodeableConcept[];
  readonly presentedForm?: readonly Attachment[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type DiagnosticReportMedia = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly comment?: string;
  readonly link: Reference;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Distance = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly value?: number;
  readonly comparator?: "<" | "<=" | ">=" | ">";
  readonly unit?: string;
  readonly system?: string;
  readonly code?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type DocumentReference = {
  readonly resourceType: "DocumentReference";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly masterIdentifier?: Identifier;
  readonly identifier?: readonly Identifier[];
  readonly status: "current" | "superseded" | "entered-in-error";
  readonly docStatus?: "preliminary" | "final" | "amended" | "entered-in-error";
  readonly type?: CodeableConcept;
  readonly category?: readonly CodeableConcept[];
  readonly subject?: Reference;
  readonly date?: string;
  readonly author?: readonly Reference[];
  readonly authenticator?: Reference;
  readonly custodian?: Reference;
  readonly relatesTo?: readonly DocumentReferenceRelatesTo[];
  readonly description?: string;
  readonly securityLabel?: readonly CodeableConcept[];
  readonly content: readonly DocumentReferenceContent[];
  readonly context?: DocumentReferenceContext;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type DocumentReferenceRelatesTo = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly code: "replaces" | "transforms" | "signs" | "appends";
  readonly target: Reference;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type DocumentReferenceContent = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly attachment: Attachment;
  readonly format?: Coding;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type DocumentReferenceContext = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly encounter?: readonly Reference[];
  readonly event?: readonly CodeableConcept[];
  readonly period?: Period;
  readonly facilityType?: CodeableConcept;
  readonly practiceSetting?: CodeableConcept;
  readonly sourcePatientInfo?: Reference;
  readonly related?: readonly Reference[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Dosage = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly sequence?: number;
  readonly text?: string;
  readonly additionalInstruction?: readonly CodeableConcept[];
  readonly patientInstruction?: string;
  readonly timing?: Timing;
  readonly asNeededBoolean?: boolean;
  readonly asNeededCodeableConcept?: CodeableConcept;
  readonly site?: CodeableConcept;
  readonly route?: CodeableConcept;
  readonly method?: CodeableConcept;
  readonly doseAndRate?: readonly DosageDoseAndRate[];
  readonly maxDosePerPeriod?: Ratio;
  readonly maxDosePerAdministration?: Quantity;
  readonly maxDosePerLifetime?: Quantity;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type DosageDoseAndRate = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly type?: CodeableConcept;
  readonly doseRange?: Range;
  readonly doseQuantity?: Quantity;
  readonly rateRatio?: Ratio;
  readonly rateRange?: Range;
  readonly rateQuantity?: Quantity;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Duration = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly value?: number;
  readonly comparator?: "<" | "<=" | ">=" | ">";
  readonly unit?: string;
  readonly system?: string;
  readonly code?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Element = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Encounter = {
  readonly resourceType: "Encounter";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly status: "planned" | "arrived" | "triaged" | "in-progress" | "onleave" | "finished" | "cancelled" | "entered-in-error" | "unknown";
  readonly statusHistory?: readonly EncounterStatusHistory[];
  readonly class: Coding;
  readonly classHistory?: readonly EncounterClassHistory[];
  readonly type?: readonly CodeableConcept[];
  readonly serviceType?: CodeableConcept;
  readonly priority?: CodeableConcept;
  readonly subject?: Reference;
  readonly episodeOfCare?: readonly Reference[];
  readonly basedOn?: readonly Reference[];
  readonly participant?: readonly EncounterParticipant[];
  readonly appointment?: readonly Reference[];
  readonly period?: Period;
  readonly length?: Duration;
  readonly reasonCode?: readonly CodeableConcept[];
  readonly reasonReference?: readonly Reference[];
  readonly diagnosis?: readonly EncounterDiagnosis[];
  readonly account?: readonly Reference[];
  readonly hospitalization?: EncounterHospitalization;
  readonly location?: readonly EncounterLocation[];
  readonly serviceProvider?: Reference;
  readonly partOf?: Reference;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type EncounterStatusHistory = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly status: "planned" | "arrived" | "triaged" | "in-progress" | "onleave" | "finished" | "cancelled" | "entered-in-error" | "unknown";
  readonly period: Period;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type EncounterClassHistory = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly class: Coding;
  readonly period: Period;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type EncounterParticipant = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly type?: readonly CodeableConcept[];
  readonly period?: Period;
  readonly individual?: Reference;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type EncounterDiagnosis = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly condition: Reference;
  readonly use?: CodeableConcept;
  readonly rank?: number;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type EncounterHospitalization = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly preAdmissionIdentifier?: Identifier;
  readonly origin?: Reference;
  readonly admitSource?: CodeableConcept;
  readonly reAdmission?: CodeableConcept;
  readonly dietPreference?: readonly CodeableConcept[];
  readonly specialCourtesy?: readonly CodeableConcept[];
  readonly specialArrangement?: readonly CodeableConcept[];
  readonly destination?: Reference;
  readonly dischargeDisposition?: CodeableConcept;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type EncounterLocation = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly location: Reference;
  readonly status?: "planned" | "active" | "reserved" | "completed";
  readonly physicalType?: CodeableConcept;
  readonly period?: Period;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Endpoint = {
  readonly resourceType: "Endpoint";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly status: "active" | "suspended" | "error" | "off" | "entered-in-error" | "test";
  readonly connectionType: Coding;
  readonly name?: string;
  readonly managingOrganization?: Reference;
  readonly contact?: readonly ContactPoint[];
  readonly period?: Period;
  readonly payloadType: readonly CodeableConcept[];
  readonly payloadMimeType?: readonly string[];
  readonly address: string;
  readonly header?: readonly string[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Expression = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly description?: string;
  readonly name?: string;
  readonly language: string;
  readonly expression?: string;
  readonly reference?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Extension = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly url: string;
  readonly valueBase64Binary?: string;
  readonly valueBoolean?: boolean;
  readonly valueCanonical?: string;
  readonly valueCode?: string;
  readonly valueDate?: string;
  readonly valueDateTime?: string;
  readonly valueDecimal?: number;
  readonly valueId?: string;
  readonly valueInstant?: string;
  readonly valueInteger?: number;
  readonly valueMarkdown?: string;
  readonly valueOid?: string;
  readonly valuePositiveInt?: number;
  readonly valueString?: string;
  readonly valueTime?: string;
  readonly valueUnsignedInt?: number;
  readonly valueUri?: string;
  readonly valueUrl?: string;
  readonly valueUuid?: string;
  readonly valueAddress?: Address;
  readonly valueAge?: Age;
  readonly valueAnnotation?: Annotation;
  readonly valueAttachment?: Attachment;
  readonly valueCodeableConcept?: CodeableConcept;
  readonly valueCoding?: Coding;
  readonly valueContactPoint?: ContactPoint;
  readonly valueCount?: Count;
  readonly valueDistance?: Distance;
  readonly valueDuration?: Duration;
  readonly valueHumanName?: HumanName;
  readonly valueIdentifier?: Identifier;
  readonly valueMoney?: Money;
  readonly valuePeriod?: Period;
  readonly valueQuantity?: Quantity;
  readonly valueRange?: Range;
  readonly valueRatio?: Ratio;
  readonly valueReference?: Reference;
  readonly valueSampledData?: SampledData;
  readonly valueSignature?: Signature;
  readonly valueTiming?: Timing;
  readonly valueContactDetail?: ContactDetail;
  readonly valueContributor?: Contributor;
  readonly valueDataRequirement?: DataRequirement;
  readonly valueExpression?: Expression;
  readonly valueParameterDefinition?: ParameterDefinition;
  readonly valueRelatedArtifact?: RelatedArtifact;
  readonly valueTriggerDefinition?: TriggerDefinition;
  readonly valueUsageContext?: UsageContext;
  readonly valueDosage?: Dosage;
  readonly valueMeta?: Meta;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type HumanName = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly use?: "usual" | "official" | "temp" | "nickname" | "anonymous" | "old" | "maiden";
  readonly text?: string;
  readonly family?: string;
  readonly given?: readonly string[];
  readonly prefix?: readonly string[];
  readonly suffix?: readonly string[];
  readonly period?: Period;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Identifier = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly use?: "usual" | "official" | "temp" | "secondary" | "old";
  readonly type?: CodeableConcept;
  readonly system?: string;
  readonly value?: string;
  readonly period?: Period;
  readonly assigner?: Reference;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type ImagingStudy = {
  readonly resourceType: "ImagingStudy";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly status: "registered" | "available" | "cancelled" | "entered-in-error" | "unknown";
  readonly modality?: readonly Coding[];
  readonly subject: Reference;
  readonly encounter?: Reference;
  readonly started?: string;
  readonly basedOn?: readonly Reference[];
  readonly referrer?: Reference;
  readonly interpreter?: readonly Reference[];
  readonly endpoint?: readonly Reference[];
  readonly numberOfSeries?: number;
  readonly numberOfInstances?: number;
  readonly procedureReference?: Reference;
  readonly procedureCode?: readonly CodeableConcept[];
  readonly location?: Reference;
  readonly reasonCode?: readonly CodeableConcept[];
  readonly reasonReference?: readonly Reference[];
  readonly note?: readonly Annotation[];
  readonly description?: string;
  readonly series?: readonly ImagingStudySeries[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type ImagingStudySeries = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly uid: string;
  readonly number?: number;
  readonly modality: Coding;
  readonly description?: string;
  readonly numberOfInstances?: number;
  readonly endpoint?: readonly Reference[];
  readonly bodySite?: Coding;
  readonly laterality?: Coding;
  readonly specimen?: readonly Reference[];
  readonly started?: string;
  readonly performer?: readonly ImagingStudySeriesPerformer[];
  readonly instance?: readonly ImagingStudySeriesInstance[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type ImagingStudySeriesPerformer = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly function?: CodeableConcept;
  readonly actor: Reference;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type ImagingStudySeriesInstance = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly uid: string;
  readonly sopClass: Coding;
  readonly number?: number;
  readonly title?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Location = {
  readonly resourceType: "Location";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly status?: "active" | "suspended" | "inactive";
  readonly operationalStatus?: Coding;
  readonly name?: string;
  readonly alias?: readonly string[];
  readonly description?: string;
  readonly mode?: "instance" | "kind";
  readonly type?: readonly CodeableConcept[];
  readonly telecom?: readonly ContactPoint[];
  readonly address?: Address;
  readonly physicalType?: CodeableConcept;
  readonly position?: LocationPosition;
  readonly managingOrganization?: Reference;
  readonly partOf?: Reference;
  readonly hoursOfOperation?: readonly LocationHoursOfOperation[];
  readonly availabilityExceptions?: string;
  readonly endpoint?: readonly Reference[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type LocationPosition = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly longitude: number;
  readonly latitude: number;
  readonly altitude?: number;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type LocationHoursOfOperation = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly daysOfWeek?: readonly ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
  readonly allDay?: boolean;
  readonly openingTime?: string;
  readonly closingTime?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Meta = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly versionId?: string;
  readonly lastUpdated?: string;
  readonly source?: string;
  readonly profile?: readonly string[];
  readonly security?: readonly Coding[];
  readonly tag?: readonly Coding[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Money = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly value?: number;
  readonly currency?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Narrative = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly status: "generated" | "extensions" | "additional" | "empty";
  readonly div: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Observation = {
  readonly resourceType: "Observation";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly basedOn?: readonly Reference[];
  readonly partOf?: readonly Reference[];
  readonly status: "registered" | "preliminary" | "final" | "amended" | "corrected" | "cancelled" | "entered-in-error" | "unknown";
  readonly category?: readonly CodeableConcept[];
  readonly code: CodeableConcept;
  readonly subject?: Reference;
  readonly focus?: readonly Reference[];
  readonly encounter?: Reference;
  readonly effectiveDateTime?: string;
  readonly effectivePeriod?: Period;
  readonly effectiveTiming?: Timing;
  readonly effectiveInstant?: string;
  readonly issued?: string;
  readonly performer?: readonly Reference[];
  readonly valueQuantity?: Quantity;
  readonly valueCodeableConcept?: CodeableConcept;
  readonly valueString?: string;
  readonly valueBoolean?: boolean;
  readonly valueInteger?: number;
  readonly valueRange?: Range;
  readonly valueRatio?: Ratio;
  readonly valueSampledData?: SampledData;
  readonly valueTime?: string;
  readonly valueDateTime?: string;
  readonly valuePeriod?: Period;
  readonly dataAbsentReason?: CodeableConcept;
  readonly interpretation?: readonly CodeableConcept[];
  readonly note?: readonly Annotation[];
  readonly bodySite?: CodeableConcept;
  readonly method?: CodeableConcept;
  readonly specimen?: Reference;
  readonly device?: Reference;
  readonly referenceRange?: readonly ObservationReferenceRange[];
  readonly hasMember?: readonly Reference[];
  readonly derivedFrom?: readonly Reference[];
  readonly component?: readonly ObservationComponent[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type ObservationReferenceRange = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly low?: Quantity;
  readonly high?: Quantity;
  readonly type?: CodeableConcept;
  readonly appliesTo?: readonly CodeableConcept[];
  readonly age?: Range;
  readonly text?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type ObservationComponent = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly code: CodeableConcept;
  readonly valueQuantity?: Quantity;
  readonly valueCodeableConcept?: CodeableConcept;
  readonly valueString?: string;
  readonly valueBoolean?: boolean;
  readonly valueInteger?: number;
  readonly valueRange?: Range;
  readonly valueRatio?: Ratio;
  readonly valueSampledData?: SampledData;
  readonly valueTime?: string;
  readonly valueDateTime?: string;
  readonly valuePeriod?: Period;
  readonly dataAbsentReason?: CodeableConcept;
  readonly interpretation?: readonly CodeableConcept[];
  readonly referenceRange?: readonly ObservationReferenceRange[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type OperationOutcome = {
  readonly resourceType: "OperationOutcome";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly issue: readonly OperationOutcomeIssue[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type OperationOutcomeIssue = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly severity: "fatal" | "error" | "warning" | "information";
  readonly code: "invalid" | "structure" | "required" | "value" | "invariant" | "security" | "login" | "unknown" | "expired" | "forbidden" | "suppressed" | "processing" | "not-supported" | "duplicate" | "multiple-matches" | "not-found" | "deleted" | "too-long" | "code-invalid" | "extension" | "too-costly" | "business-rule" | "conflict" | "transient" | "lock-error" | "no-store" | "exception" | "timeout" | "incomplete" | "throttled" | "informational";
  readonly details?: CodeableConcept;
  readonly diagnostics?: string;
  readonly location?: readonly string[];
  readonly expression?: readonly string[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Organization = {
  readonly resourceType: "Organization";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly active?: boolean;
  readonly type?: readonly CodeableConcept[];
  readonly name?: string;
  readonly alias?: readonly string[];
  readonly telecom?: readonly ContactPoint[];
  readonly address?: readonly Address[];
  readonly partOf?: Reference;
  readonly contact?: readonly OrganizationContact[];
  readonly endpoint?: readonly Reference[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type OrganizationContact = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly purpose?: CodeableConcept;
  readonly name?: HumanName;
  readonly telecom?: readonly ContactPoint[];
  readonly address?: Address;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type ParameterDefinition = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly name?: string;
  readonly use: "in" | "out";
  readonly min?: number;
  readonly max?: string;
  readonly documentation?: string;
  readonly type: string;
  readonly profile?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Parameters = {
  readonly resourceType: "Parameters";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly parameter?: readonly ParametersParameter[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type ParametersParameter = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly name: string;
  readonly valueBase64Binary?: string;
  readonly valueBoolean?: boolean;
  readonly valueCanonical?: string;
  readonly valueCode?: string;
  readonly valueDate?: string;
  readonly valueDateTime?: string;
  readonly valueDecimal?: number;
  readonly valueId?: string;
  readonly valueInstant?: string;
  readonly valueInteger?: number;
  readonly valueMarkdown?: string;
  readonly valueOid?: string;
  readonly valuePositiveInt?: number;
  readonly valueString?: string;
  readonly valueTime?: string;
  readonly valueUnsignedInt?: number;
  readonly valueUri?: string;
  readonly valueUrl?: string;
  readonly valueUuid?: string;
  readonly valueAddress?: Address;
  readonly valueAge?: Age;
  readonly valueAnnotation?: Annotation;
  readonly valueAttachment?: Attachment;
  readonly valueCodeableConcept?: CodeableConcept;
  readonly valueCoding?: Coding;
  readonly valueContactPoint?: ContactPoint;
  readonly valueCount?: Count;
  readonly valueDistance?: Distance;
  readonly valueDuration?: Duration;
  readonly valueHumanName?: HumanName;
  readonly valueIdentifier?: Identifier;
  readonly valueMoney?: Money;
  readonly valuePeriod?: Period;
  readonly valueQuantity?: Quantity;
  readonly valueRange?: Range;
  readonly valueRatio?: Ratio;
  readonly valueReference?: Reference;
  readonly valueSampledData?: SampledData;
  readonly valueSignature?: Signature;
  readonly valueTiming?: Timing;
  readonly valueContactDetail?: ContactDetail;
  readonly valueContributor?: Contributor;
  readonly valueDataRequirement?: DataRequirement;
  readonly valueExpression?: Expression;
  readonly valueParameterDefinition?: ParameterDefinition;
  readonly valueRelatedArtifact?: RelatedArtifact;
  readonly valueTriggerDefinition?: TriggerDefinition;
  readonly valueUsageContext?: UsageContext;
  readonly valueDosage?: Dosage;
  readonly valueMeta?: Meta;
  readonly resource?: Resource;
  readonly part?: readonly ParametersParameter[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Patient = {
  readonly resourceType: "Patient";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly active?: boolean;
  readonly name?: readonly HumanName[];
  readonly telecom?: readonly ContactPoint[];
  readonly gender?: "male" | "female" | "other" | "unknown";
  readonly birthDate?: string;
  readonly deceasedBoolean?: boolean;
  readonly deceasedDateTime?: string;
  readonly address?: readonly Address[];
  readonly maritalStatus?: CodeableConcept;
  readonly multipleBirthBoolean?: boolean;
  readonly multipleBirthInteger?: number;
  readonly photo?: readonly Attachment[];
  readonly contact?: readonly PatientContact[];
  readonly communication?: readonly PatientCommunication[];
  readonly generalPractitioner?: readonly Reference[];
  readonly managingOrganization?: Reference;
  readonly link?: readonly PatientLink[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type PatientContact = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly relationship?: readonly CodeableConcept[];
  readonly name?: HumanName;
  readonly telecom?: readonly ContactPoint[];
  readonly address?: Address;
  readonly gender?: "male" | "female" | "other" | "unknown";
  readonly organization?: Reference;
  readonly period?: Period;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type PatientCommunication = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly language: CodeableConcept;
  readonly preferred?: boolean;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type PatientLink = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly other: Reference;
  readonly type: "replaced-by" | "replaces" | "refer" | "seealso";
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Period = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly start?: string;
  readonly end?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Practitioner = {
  readonly resourceType: "Practitioner";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly active?: boolean;
  readonly name?: readonly HumanName[];
  readonly telecom?: readonly ContactPoint[];
  readonly address?: readonly Address[];
  readonly gender?: "male" | "female" | "other" | "unknown";
  readonly birthDate?: string;
  readonly photo?: readonly Attachment[];
  readonly qualification?: readonly PractitionerQualification[];
  readonly communication?: readonly CodeableConcept[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type PractitionerQualification = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly code: CodeableConcept;
  readonly period?: Period;
  readonly issuer?: Reference;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type PractitionerRole = {
  readonly resourceType: "PractitionerRole";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly active?: boolean;
  readonly period?: Period;
  readonly practitioner?: Reference;
  readonly organization?: Reference;
  readonly code?: readonly CodeableConcept[];
  readonly specialty?: readonly CodeableConcept[];
  readonly location?: readonly Reference[];
  readonly healthcareService?: readonly Reference[];
  readonly telecom?: readonly ContactPoint[];
  readonly availableTime?: readonly PractitionerRoleAvailableTime[];
  readonly notAvailable?: readonly PractitionerRoleNotAvailable[];
  readonly availabilityExceptions?: string;
  readonly endpoint?: readonly Reference[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type PractitionerRoleAvailableTime = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly daysOfWeek?: readonly ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
  readonly allDay?: boolean;
  readonly availableStartTime?: string;
  readonly availableEndTime?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type PractitionerRoleNotAvailable = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly description: string;
  readonly during?: Period;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Provenance = {
  readonly resourceType: "Provenance";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly target: readonly Reference[];
  readonly occurredPeriod?: Period;
  readonly occurredDateTime?: string;
  readonly recorded: string;
  readonly policy?: readonly string[];
  readonly location?: Reference;
  readonly reason?: readonly CodeableConcept[];
  readonly activity?: CodeableConcept;
  readonly agent: readonly ProvenanceAgent[];
  readonly entity?: readonly ProvenanceEntity[];
  readonly signature?: readonly Signature[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type ProvenanceAgent = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly type?: CodeableConcept;
  readonly role?: readonly CodeableConcept[];
  readonly who: Reference;
  readonly onBehalfOf?: Reference;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type ProvenanceEntity = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly role: "derivation" | "revision" | "quotation" | "source" | "removal";
  readonly what: Reference;
  readonly agent?: readonly ProvenanceAgent[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Quantity = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly value?: number;
  readonly comparator?: "<" | "<=" | ">=" | ">";
  readonly unit?: string;
  readonly system?: string;
  readonly code?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Range = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly low?: Quantity;
  readonly high?: Quantity;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Ratio = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly numerator?: Quantity;
  readonly denominator?: Quantity;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Reference = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly reference?: string;
  readonly type?: string;
  readonly identifier?: Identifier;
  readonly display?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type RelatedArtifact = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly type: "documentation" | "justification" | "citation" | "predecessor" | "successor" | "derived-from" | "depends-on" | "composed-of";
  readonly label?: string;
  readonly display?: string;
  readonly citation?: string;
  readonly url?: string;
  readonly document?: Attachment;
  readonly resource?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type RelatedPerson = {
  readonly resourceType: "RelatedPerson";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly active?: boolean;
  readonly patient: Reference;
  readonly relationship?: readonly CodeableConcept[];
  readonly name?: readonly HumanName[];
  readonly telecom?: readonly ContactPoint[];
  readonly gender?: "male" | "female" | "other" | "unknown";
  readonly birthDate?: string;
  readonly address?: readonly Address[];
  readonly photo?: readonly Attachment[];
  readonly period?: Period;
  readonly communication?: readonly RelatedPersonCommunication[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type RelatedPersonCommunication = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly language: CodeableConcept;
  readonly preferred?: boolean;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type SampledData = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly origin: Quantity;
  readonly period: number;
  readonly factor?: number;
  readonly lowerLimit?: number;
  readonly upperLimit?: number;
  readonly dimensions: number;
  readonly data?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type ServiceRequest = {
  readonly resourceType: "ServiceRequest";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly instantiatesCanonical?: readonly string[];
  readonly instantiatesUri?: readonly string[];
  readonly basedOn?: readonly Reference[];
  readonly replaces?: readonly Reference[];
  readonly requisition?: Identifier;
  readonly status: "draft" | "active" | "on-hold" | "revoked" | "completed" | "entered-in-error" | "unknown";
  readonly intent: "proposal" | "plan" | "directive" | "order" | "original-order" | "reflex-order" | "filler-order" | "instance-order" | "option";
  readonly category?: readonly CodeableConcept[];
  readonly priority?: "routine" | "urgent" | "asap" | "stat";
  readonly doNotPerform?: boolean;
  readonly code?: CodeableConcept;
  readonly orderDetail?: readonly CodeableConcept[];
  readonly quantityQuantity?: Quantity;
  readonly quantityRatio?: Ratio;
  readonly quantityRange?: Range;
  readonly subject: Reference;
  readonly encounter?: Reference;
  readonly occurrenceDateTime?: string;
  readonly occurrencePeriod?: Period;
  readonly occurrenceTiming?: Timing;
  readonly asNeededBoolean?: boolean;
  readonly asNeededCodeableConcept?: CodeableConcept;
  readonly authoredOn?: string;
  readonly requester?: Reference;
  readonly performerType?: CodeableConcept;
  readonly performer?: readonly Reference[];
  readonly locationCode?: readonly CodeableConcept[];
  readonly locationReference?: readonly Reference[];
  readonly reasonCode?: readonly CodeableConcept[];
  readonly reasonReference?: readonly Reference[];
  readonly insurance?: readonly Reference[];
  readonly supportingInfo?: readonly Reference[];
  readonly specimen?: readonly Reference[];
  readonly bodySite?: readonly CodeableConcept[];
  readonly note?: readonly Annotation[];
  readonly patientInstruction?: string;
  readonly relevantHistory?: readonly Reference[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Signature = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly type: readonly Coding[];
  readonly when: string;
  readonly who: Reference;
  readonly onBehalfOf?: Reference;
  readonly targetFormat?: string;
  readonly sigFormat?: string;
  readonly data?: string;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Specimen = {
  readonly resourceType: "Specimen";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly accessionIdentifier?: Identifier;
  readonly status?: "available" | "unavailable" | "unsatisfactory" | "entered-in-error";
  readonly type?: CodeableConcept;
  readonly subject?: Reference;
  readonly receivedTime?: string;
  readonly parent?: readonly Reference[];
  readonly request?: readonly Reference[];
  readonly collection?: SpecimenCollection;
  readonly processing?: readonly SpecimenProcessing[];
  readonly container?: readonly SpecimenContainer[];
  readonly condition?: readonly CodeableConcept[];
  readonly note?: readonly Annotation[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type SpecimenCollection = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly collector?: Reference;
  readonly collectedDateTime?: string;
  readonly collectedPeriod?: Period;
  readonly duration?: Duration;
  readonly quantity?: Quantity;
  readonly method?: CodeableConcept;
  readonly bodySite?: CodeableConcept;
  readonly fastingStatusCodeableConcept?: CodeableConcept;
  readonly fastingStatusDuration?: Duration;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type SpecimenProcessing = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly description?: string;
  readonly procedure?: CodeableConcept;
  readonly additive?: readonly Reference[];
  readonly timeDateTime?: string;
  readonly timePeriod?: Period;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type SpecimenContainer = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly description?: string;
  readonly type?: CodeableConcept;
  readonly capacity?: Quantity;
  readonly specimenQuantity?: Quantity;
  readonly additiveCodeableConcept?: CodeableConcept;
  readonly additiveReference?: Reference;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Task = {
  readonly resourceType: "Task";
  readonly id?: string;
  readonly meta?: Meta;
  readonly implicitRules?: string;
  readonly language?: string;
  readonly text?: Narrative;
  readonly contained?: readonly Resource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly identifier?: readonly Identifier[];
  readonly instantiatesCanonical?: string;
  readonly instantiatesUri?: string;
  readonly basedOn?: readonly Reference[];
  readonly groupIdentifier?: Identifier;
  readonly partOf?: readonly Reference[];
  readonly status: "draft" | "requested" | "received" | "accepted" | "rejected" | "ready" | "cancelled" | "in-progress" | "on-hold" | "failed" | "completed" | "entered-in-error";
  readonly statusReason?: CodeableConcept;
  readonly businessStatus?: CodeableConcept;
  readonly intent: "unknown" | "proposal" | "plan" | "order" | "original-order" | "reflex-order" | "filler-order" | "instance-order" | "option";
  readonly priority?: "routine" | "urgent" | "asap" | "stat";
  readonly code?: CodeableConcept;
  readonly description?: string;
  readonly focus?: Reference;
  readonly for?: Reference;
  readonly encounter?: Reference;
  readonly executionPeriod?: Period;
  readonly authoredOn?: string;
  readonly lastModified?: string;
  readonly requester?: Reference;
  readonly performerType?: readonly CodeableConcept[];
  readonly owner?: Reference;
  readonly location?: Reference;
  readonly reasonCode?: CodeableConcept;
  readonly reasonReference?: Reference;
  readonly insurance?: readonly Reference[];
  readonly note?: readonly Annotation[];
  readonly relevantHistory?: readonly Reference[];
  readonly restriction?: TaskRestriction;
  readonly input?: readonly TaskInput[];
  readonly output?: readonly TaskOutput[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type TaskRestriction = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly repetitions?: number;
  readonly period?: Period;
  readonly recipient?: readonly Reference[];
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type TaskInput = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly type: CodeableConcept;
  readonly valueBase64Binary?: string;
  readonly valueBoolean?: boolean;
  readonly valueCanonical?: string;
  readonly valueCode?: string;
  readonly valueDate?: string;
  readonly valueDateTime?: string;
  readonly valueDecimal?: number;
  readonly valueId?: string;
  readonly valueInstant?: string;
  readonly valueInteger?: number;
  readonly valueMarkdown?: string;
  readonly valueOid?: string;
  readonly valuePositiveInt?: number;
  readonly valueString?: string;
  readonly valueTime?: string;
  readonly valueUnsignedInt?: number;
  readonly valueUri?: string;
  readonly valueUrl?: string;
  readonly valueUuid?: string;
  readonly valueAddress?: Address;
  readonly valueAge?: Age;
  readonly valueAnnotation?: Annotation;
  readonly valueAttachment?: Attachment;
  readonly valueCodeableConcept?: CodeableConcept;
  readonly valueCoding?: Coding;
  readonly valueContactPoint?: ContactPoint;
  readonly valueCount?: Count;
  readonly valueDistance?: Distance;
  readonly valueDuration?: Duration;
  readonly valueHumanName?: HumanName;
  readonly valueIdentifier?: Identifier;
  readonly valueMoney?: Money;
  readonly valuePeriod?: Period;
  readonly valueQuantity?: Quantity;
  readonly valueRange?: Range;
  readonly valueRatio?: Ratio;
  readonly valueReference?: Reference;
  readonly valueSampledData?: SampledData;
  readonly valueSignature?: Signature;
  readonly valueTiming?: Timing;
  readonly valueContactDetail?: ContactDetail;
  readonly valueContributor?: Contributor;
  readonly valueDataRequirement?: DataRequirement;
  readonly valueExpression?: Expression;
  readonly valueParameterDefinition?: ParameterDefinition;
  readonly valueRelatedArtifact?: RelatedArtifact;
  readonly valueTriggerDefinition?: TriggerDefinition;
  readonly valueUsageContext?: UsageContext;
  readonly valueDosage?: Dosage;
  readonly valueMeta?: Meta;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type TaskOutput = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly type: CodeableConcept;
  readonly valueBase64Binary?: string;
  readonly valueBoolean?: boolean;
  readonly valueCanonical?: string;
  readonly valueCode?: string;
  readonly valueDate?: string;
  readonly valueDateTime?: string;
  readonly valueDecimal?: number;
  readonly valueId?: string;
  readonly valueInstant?: string;
  readonly valueInteger?: number;
  readonly valueMarkdown?: string;
  readonly valueOid?: string;
  readonly valuePositiveInt?: number;
  readonly valueString?: string;
  readonly valueTime?: string;
  readonly valueUnsignedInt?: number;
  readonly valueUri?: string;
  readonly valueUrl?: string;
  readonly valueUuid?: string;
  readonly valueAddress?: Address;
  readonly valueAge?: Age;
  readonly valueAnnotation?: Annotation;
  readonly valueAttachment?: Attachment;
  readonly valueCodeableConcept?: CodeableConcept;
  readonly valueCoding?: Coding;
  readonly valueContactPoint?: ContactPoint;
  readonly valueCount?: Count;
  readonly valueDistance?: Distance;
  readonly valueDuration?: Duration;
  readonly valueHumanName?: HumanName;
  readonly valueIdentifier?: Identifier;
  readonly valueMoney?: Money;
  readonly valuePeriod?: Period;
  readonly valueQuantity?: Quantity;
  readonly valueRange?: Range;
  readonly valueRatio?: Ratio;
  readonly valueReference?: Reference;
  readonly valueSampledData?: SampledData;
  readonly valueSignature?: Signature;
  readonly valueTiming?: Timing;
  readonly valueContactDetail?: ContactDetail;
  readonly valueContributor?: Contributor;
  readonly valueDataRequirement?: DataRequirement;
  readonly valueExpression?: Expression;
  readonly valueParameterDefinition?: ParameterDefinition;
  readonly valueRelatedArtifact?: RelatedArtifact;
  readonly valueTriggerDefinition?: TriggerDefinition;
  readonly valueUsageContext?: UsageContext;
  readonly valueDosage?: Dosage;
  readonly valueMeta?: Meta;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type Timing = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly event?: readonly string[];
  readonly repeat?: TimingRepeat;
  readonly code?: CodeableConcept;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type TimingRepeat = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly boundsDuration?: Duration;
  readonly boundsRange?: Range;
  readonly boundsPeriod?: Period;
  readonly count?: number;
  readonly countMax?: number;
  readonly duration?: number;
  readonly durationMax?: number;
  readonly durationUnit?: "s" | "min" | "h" | "d" | "wk" | "mo" | "a";
  readonly frequency?: number;
  readonly frequencyMax?: number;
  readonly period?: number;
  readonly periodMax?: number;
  readonly periodUnit?: "s" | "min" | "h" | "d" | "wk" | "mo" | "a";
  readonly dayOfWeek?: readonly ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
  readonly timeOfDay?: readonly string[];
  readonly when?: readonly ("MORN" | "MORN.early" | "MORN.late" | "NOON" | "AFT" | "AFT.early" | "AFT.late" | "EVE" | "EVE.early" | "EVE.late" | "NIGHT" | "PHS" | "HS" | "WAKE" | "C" | "CM" | "CD" | "CV" | "AC" | "ACM" | "ACD" | "ACV" | "PC" | "PCM" | "PCD" | "PCV")[];
  readonly offset?: number;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type TriggerDefinition = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly type: "named-event" | "periodic" | "data-changed" | "data-added" | "data-modified" | "data-removed" | "data-accessed" | "data-access-ended";
  readonly name?: string;
  readonly timingTiming?: Timing;
  readonly timingReference?: Reference;
  readonly timingDate?: string;
  readonly timingDateTime?: string;
  readonly data?: readonly DataRequirement[];
  readonly condition?: Expression;
  readonly [beside: BesideKey]: Beside | BesideEach;
};

export type UsageContext = {
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly code: Coding;
  readonly valueCodeableConcept?: CodeableConcept;
  readonly valueQuantity?: Quantity;
  readonly valueRange?: Range;
  readonly valueReference?: Reference;
  readonly [beside: BesideKey]: Beside | BesideEach;
};
