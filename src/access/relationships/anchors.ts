import { ok, type Result } from "#kernel";
import { type HealthRecord, parseBody } from "#record";
import type { Actor } from "../actor.ts";
import type { Caring } from "../identity/caring.ts";

/** What the hospital's documents know a person by. */
export interface Anchors {
  /** `Practitioner/1` */
  readonly practitioners: readonly string[];
  /** `system|value` of these, by which messages from elsewhere name them. */
  readonly staffNumbers: readonly string[];
  /** `CareTeam/1` or `Organization/1` */
  readonly teams: readonly string[];
  /** `Location/1` */
  readonly wards: readonly string[];
  /** `system|value` of these. */
  readonly wardNames: readonly string[];
}

const noAnchors: Anchors = { practitioners: [], staffNumbers: [], teams: [], wards: [], wardNames: [] };

interface LinkedUser {
  readonly caring?: Caring;
}

/** What an account is linked to, with the numbers and names of that. */
export async function anchorsOf(
  record: HealthRecord,
  { reference }: Pick<Actor, "reference">,
): Promise<Result<Anchors>> {
  const [kind = "", id = ""] = reference.split("/");
  if (kind !== "User") return ok(noAnchors);
  const read = await record.readMany([{ kind, id }]);
  if (!read.ok) return read;
  const [version] = read.value;
  if (version === undefined) return ok(noAnchors);
  const { practitioner, teams = [], wards = [] } = parseBody<LinkedUser>(version).caring ?? {};
  const practitioners = practitioner === undefined ? [] : [practitioner];
  const [staffNumbers, wardNames] = await Promise.all([
    identifiersOf(record, practitioners),
    identifiersOf(record, wards),
  ]);
  if (!staffNumbers.ok) return staffNumbers;
  if (!wardNames.ok) return wardNames;
  return ok({ practitioners, teams, wards, staffNumbers: staffNumbers.value, wardNames: wardNames.value });
}

async function identifiersOf(record: HealthRecord, references: readonly string[]): Promise<Result<readonly string[]>> {
  if (references.length === 0) return ok([]);
  const keys = references.map((reference) => {
    const [kind = "", id = ""] = reference.split("/");
    return { kind, id };
  });
  const read = await record.readMany(keys);
  if (!read.ok) return read;
  const identifiers = read.value.flatMap(
    (version) => parseBody<{ identifier?: readonly { system?: string; value?: string }[] }>(version).identifier ?? [],
  );
  return ok(identifiers.flatMap(({ system, value }) => (value === undefined ? [] : [`${system ?? ""}|${value}`])));
}
