import type { Clause, Kind } from "#record";
import { holderOfType } from "#record";
import { sameValuesAs } from "#standards/fhir";
import { aboutOf } from "../visibility/about-patients.ts";
import type { Anchors } from "./anchors.ts";

const dayMs = 86_400_000;
/** How long after a stay, a referral or an appointment its people still see the patient, for letters and late results. */
export const graceDays = 90;

export const openStays = ["planned", "arrived", "triaged", "in-progress", "onleave"];
const openOrders = ["draft", "active", "on-hold"];
const openAppointments = ["proposed", "pending", "booked", "arrived", "checked-in"];
const wrong = "entered-in-error";

/** Patients whom the person treats by what the hospital has recorded; undefined without anything to go by. */
export function relatedClause(anchors: Anchors, now: number): Clause | undefined {
  const { practitioners, staffNumbers, teams } = anchors;
  if (practitioners.length + staffNumbers.length + teams.length === 0) return undefined;
  const teamIds = teams.flatMap((team) => (team.startsWith("CareTeam/") ? [team.slice("CareTeam/".length)] : []));
  const since = (parameter: string, open: readonly string[]): Clause => ({
    is: "any",
    of: [statusOf(open), { is: "date", parameter, any: [{ toMinMs: now - graceDays * dayMs }] }],
  });
  const not = (...states: readonly string[]): Clause => ({ is: "not", of: statusOf(states) });
  const naming = (kind: Kind, ...parameters: readonly string[]) => namingClause(kind, parameters, anchors);
  return {
    is: "any",
    of: [
      naming("Patient", "general-practitioner"),
      ofPatients("Encounter", naming("Encounter", "participant"), since("date", openStays), not("cancelled", wrong)),
      ofPatients("CareTeam", naming("CareTeam", "participant"), not("inactive", wrong)),
      ...(teamIds.length === 0 ? [] : [ofPatients("CareTeam", { is: "id", any: teamIds }, not("inactive", wrong))]),
      ofPatients(
        "ServiceRequest",
        naming("ServiceRequest", "requester", "performer"),
        since("authored", openOrders),
        not("revoked", wrong),
      ),
      ofPatients(
        "Appointment",
        naming("Appointment", "actor"),
        since("date", openAppointments),
        not("cancelled", "noshow", wrong),
      ),
      ofPatients("EpisodeOfCare", naming("EpisodeOfCare", "care-manager"), not("cancelled", "finished", wrong)),
    ],
  };
}

function statusOf(states: readonly string[]): Clause {
  return { is: "key", any: states.map((state) => `status=${state}`) };
}

/** Patients whom such a document is about. */
function ofPatients(from: Kind, ...all: readonly Clause[]): Clause {
  const about = aboutOf(from);
  return typeof about === "string" ? { is: "never" } : { is: "referred", from, parameters: about, all };
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
