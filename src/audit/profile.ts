import { actCodes } from "./codes.ts";
import type { OwnBody } from "./entry.ts";

const structures = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";

/**
 * The profile of IHE BALP that the AuditEvent of an act meets, or undefined: most speak of acts that succeeded, and of at
 * most one patient and one document. Source: IHE BALP 1.1.4, Volume 3, the profiles' cardinalities.
 */
export function profileOf(body: OwnBody): string | undefined {
  const { profile } = actCodes[body.act];
  if (profile === undefined) return undefined;
  const name = profileName(profile, body);
  return name === undefined ? undefined : `${structures}${name}`;
}

function profileName(profile: string, { outcome, patients, entities, query }: OwnBody): string | undefined {
  const [patient, another] = patients;
  switch (profile) {
    case "AuthZconsent": {
      const rest = entities.filter((entity) => !entity.startsWith("Consent/"));
      return patient && !another && entities.length > 0 && rest.length === 0 ? profile : undefined;
    }
    case "PrivacyDisclosure.Source":
      return patient && !another && entities.length > 0 ? profile : undefined;
    case "Query":
      return outcome === 0 && query !== undefined && !another ? withPatient(profile, patient) : undefined;
    default:
      return outcome === 0 && entities.length === 1 && !another ? withPatient(profile, patient) : undefined;
  }
}

function withPatient(profile: string, patient: string | undefined): string {
  return patient === undefined ? profile : `Patient${profile}`;
}
