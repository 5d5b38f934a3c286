import type {
  AllergyIntolerance,
  Appointment,
  Binary,
  DiagnosticReport,
  DocumentReference,
  Encounter,
  Observation,
  Patient,
  ServiceRequest,
  Specimen,
  Task,
} from "#standards/fhir";
import type { ReportIdentity } from "../results/report-place.ts";
import type { SpecimenNumber } from "../results/specimen-number.ts";

/** What a message asks the record to hold, before the record has been looked at. */
export type Plan = readonly Planned[];

/** One resource, and by which rule it may change what the record has. */
export type Planned = PlannedResult | PlannedCompanion | PlannedRevision | PlannedTold;

interface PlannedPlace {
  readonly id: string;
  /** The segment it comes from: `OBX[3]`. */
  readonly where: string;
}

/** Replaces an older version of itself, never a newer one: see versions.ts. */
export interface PlannedResult extends PlannedPlace {
  readonly rule: "result";
  readonly resource: Observation | DiagnosticReport | DocumentReference;
  /** The sender stated when this version was reported; `issued` is then that time and not just the message's. */
  readonly isReportTimeStated: boolean;
  /** The status alone has changed and the content was not sent again: a recorded one is kept. */
  readonly isStatusOnly?: true;
  /** Of a report: what identifies it but for specimens, and the specimens it names. */
  readonly bySpecimen?: { readonly own: ReportIdentity; readonly named: readonly SpecimenNumber[] } | undefined;
  /** Of something that the record does not have, nothing is said. */
  readonly isOnlyIfKnown?: true;
}

/** Is written when the result it belongs to is, or when the record does not have it yet. */
export interface PlannedCompanion extends PlannedPlace {
  readonly rule: "companion";
  readonly resource: Specimen | Binary;
  /** Id of the result. */
  readonly of: string;
}

/**
 * Changes a resource element by element. `revise`: what was sent replaces, what was not sent stays, what was sent as
 * `""` goes; nothing happens when the record has a later event. `fill`: only what the record lacks is added.
 */
export interface PlannedRevision extends PlannedPlace {
  readonly rule: "revise" | "fill";
  readonly resource: Patient | Encounter | AllergyIntolerance | Appointment | ServiceRequest | Task;
  /** Elements sent as `""`, as `changes.ts` names them. */
  readonly cleared?: readonly string[];
  /** When the event happened that the message tells of: a FHIR instant. */
  readonly asOf?: string | undefined;
  /** Index keys of its identifiers: none that this write adds may be carried by another document. */
  readonly uniqueBy?: readonly string[];
  /** Elements that count only where the resource is new; what is recorded keeps its own. */
  readonly assumed?: readonly string[];
  /** What it takes back may still be on its way: its time is kept even where nothing else changes. */
  readonly isTakingBack?: true;
  /** The places of a visit grow by a transfer, and shrink by one that is taken back, instead of being replaced. */
  readonly places?: "transfer" | "transfer-cancelled";
}

/**
 * What mapping rows have made: it replaces what the record has as a whole, unless the record has a later event. Its resource
 * is of another type than those of the other rules, or of a message that no typed mapping is for.
 */
export interface PlannedTold extends PlannedPlace {
  readonly rule: "tell";
  readonly resource: ToldResource;
  /** When it was sent: a FHIR instant. Absent where the id follows from all that it says. */
  readonly asOf: string | undefined;
}

type ToldResource = {
  readonly resourceType:
    | ("Account" | "Appointment" | "Basic" | "CareTeam" | "Condition" | "Coverage" | "EpisodeOfCare")
    | ("Group" | "Immunization" | "MedicationRequest" | "Procedure" | "SupplyRequest");
};

export type PlannedKind = Planned["resource"]["resourceType"];
