import { type Access, type Actor, personActor } from "#access";
import { type JsonObject, ok, type Result } from "#kernel";
import type { Operation } from "#record";
import { everyClinician } from "./clinicians.ts";
import { hospitalCode, hospitalName, wards } from "./wards.ts";

const system = `urn:corridor:authority:${hospitalCode}`;

const departments = [
  ["biochemistry", "Department of Clinical Biochemistry"],
  ["haematology", "Department of Haematology"],
  ["microbiology", "Department of Microbiology"],
  ["histology", "Department of Cellular Pathology"],
] as const;

/** The hospital, its laboratories, wards and clinicians as resources; their ids are always the same. */
export function directoryResources(): readonly (JsonObject & { readonly resourceType: string; readonly id: string })[] {
  const hospital = { reference: "Organization/demo-hospital" };
  return [
    { resourceType: "Organization", id: "demo-hospital", active: true, name: hospitalName },
    ...departments.map(([id, name]) => ({
      resourceType: "Organization",
      id: `demo-${id}`,
      active: true,
      name,
      partOf: hospital,
    })),
    ...wards.map(({ name, about, beds }, at) => ({
      resourceType: "Location",
      id: `demo-ward-${at + 1}`,
      identifier: [{ system: `${system}:location`, value: name }],
      status: "active",
      name,
      description: `${about}, ${beds} beds`,
      mode: "instance",
      managingOrganization: hospital,
    })),
    ...everyClinician.map(({ staffNumber, prefix, given, family }) => ({
      resourceType: "Practitioner",
      id: `demo-${staffNumber.toLowerCase()}`,
      active: true,
      identifier: [{ system, value: staffNumber }],
      name: [{ use: "official", family, given: [given], prefix: [prefix] }],
    })),
    ...everyClinician.map(({ staffNumber, title }) => ({
      resourceType: "PractitionerRole",
      id: `demo-role-${staffNumber.toLowerCase()}`,
      active: true,
      practitioner: { reference: `Practitioner/demo-${staffNumber.toLowerCase()}` },
      organization: hospital,
      code: [{ text: title }],
    })),
  ];
}

/** Writes it where it is missing, and tells whether it was. It is done, and audited, as the account that runs the demonstration. */
export async function ensureDirectory(access: Access, account: Actor): Promise<Result<{ readonly isNew: boolean }>> {
  const { permissions } = personActor({ ...account, roles: ["system-administrator"] });
  const { record } = access.contextOf({ ...account, permissions });
  const known = await record.read("Organization", "demo-hospital");
  if (known.ok) return ok({ isNew: false });
  if (known.problems[0].category !== "not-found") return known;
  const operations = directoryResources().map(
    (body): Operation => ({ action: "update", kind: body.resourceType, id: body.id, body, ifMatch: 0 }),
  );
  const written = await record.transact({ operations });
  return written.ok ? ok({ isNew: true }) : written;
}
