import type { Clause, Kind } from "#record";
import { holderOfType } from "#record";
import { sameValuesAs } from "#standards/fhir";
import { aboutOf } from "../visibility/about-patients.ts";
import type { Anchors } from "./anchors.ts";

const dayMs = 86_400_000;
/** How long after a stay, a referral or an appointment its people still see the patient, for letters and late results. */
const graceDays = 90;

export const openStays = ["planned", "arrived", "triaged", "in-progress", "onleave"];
const openOrders = ["draft", "active", "on-hold"];
const openAppointments = ["proposed", "pending", "booked", "arrived", "checked-in"];
const wrong = "entered-in-error";

/** One way in which the hospital's documents say that somebody treats a patient. */
export interface RelatedPart {
  /** For the page that explains. */
  readonly title: string;
  /** What a Patient meets. */
  readonly clause: Clause;
  /** The documents that say it, where it is not the Patient itself; `parameters` name their patient. */
  readonly from?: { readonly kind: Kind; readonly parameters: readonly string[]; readonly all: readonly Clause[] };
}

/** Patients whom the person treats by what the hospital has recorded; undefined without anything to go by. */
export function relatedClause(anchors: Anchors, now: number): Clause | undefined {
  const of = relatedParts(anchors, now).map(({ clause }) => clause);
  return of.length === 0 ? undefined : { is: "any", of };
}

export function relatedParts(anchors: Anchors, now: number): readonly RelatedPart[] {
  const { practitioners, staffNumbers, teams } = anchors;
  if (practitioners.length + staffNumbers.length + teams.length === 0) return [];
  const teamIds = teams.flatMap((team) => (team.startsWith("CareTeam/") ? [team.slice("CareTeam/".length)] : []));
  const since = (parameter: string, open: readonly string[]): Clause => ({
    is: "any",
    of: [statusOf(open), { is: "date", parameter, any: [{ toMinMs: now - graceDays * dayMs }] }],
  });
  const not = (...states: readonly string[]): Clause => ({ is: "not", of: statusOf(states) });
  const naming = (kind: Kind, ...parameters: readonly string[]) => namingClause(kind, parameters, anchors);
  const isOpen = not("inactive", wrong);
  return [
    { title: "They are the patient's general practitioner", clause: naming("Patient", "general-practitioner") },
    ofPatients("A stay of the patient names them", "Encounter", [
      naming("Encounter", "participant"),
      since("date", openStays),
      not("cancelled", wrong),
    ]),
    ofPatients("A care team of the patient names them", "CareTeam", [naming("CareTeam", "participant"), isOpen]),
    ...(teamIds.length === 0
      ? []
      : [ofPatients("The patient's care team is theirs", "CareTeam", [{ is: "id", any: teamIds }, isOpen])]),
    ofPatients("An order or referral names them", "ServiceRequest", [
      naming("ServiceRequest", "requester", "performer"),
      since("authored", openOrders),
      not("revoked", wrong),
    ]),
    ofPatients("An appointment names them", "Appointment", [
      naming("Appointment", "actor"),
      since("date", openAppointments),
      not("cancelled", "noshow", wrong),
    ]),
    ofPatients("They manage an episode of care", "EpisodeOfCare", [
      naming("EpisodeOfCare", "care-manager"),
      not("cancelled", "finished", wrong),
    ]),
  ];
}

function statusOf(states: readonly string[]): Clause {
  return { is: "key", any: states.map((state) => `status=${state}`) };
}

/** Patients whom such a document is about. */
function ofPatients(title: string, from: Kind, all: readonly Clause[]): RelatedPart {
  const about = aboutOf(from);
  if (typeof about === "string") return { title, clause: { is: "never" } };
  const clause: Clause = { is: "referred", from, parameters: about, all };
  return { title, clause, from: { kind: from, parameters: about, all } };
}

/** Documents that name the person or a team of theirs, by reference or by number. */
function namingClause(kind: Kind, parameters: readonly string[], anchors: Anchors): Clause {
  const held = [...new Set(parameters.flatMap((parameter) => sameValuesAs(kind, parameter)))];
  const references = [...anchors.practitioners, ...anchors.teams];
  const any = held.flatMap((code) => [
    ...references.map((reference) => `${holderOfType(kind, code, reference.split("/")[0])}=${reference}`),
    ...anchors.staffNumbers.map((number) => `${code}:identifier=${number}`),
  ]);
  return { is: "key", any: [...new Set(any)] };
}
