import { type Instant, isJsonObject, type JsonObject, limits, ok, type Result } from "#kernel";
import { compartmentMembers } from "#standards/fhir";
import { type Position, parseBody, type Version } from "../../documents/document.ts";
import type { Clause } from "../../documents/query.ts";
import type { HealthRecord } from "../../health-record.ts";
import { wholeText } from "../interactions/binary-content.ts";
import { indexEntriesOf } from "../kinds.ts";
import { pointingAt } from "../search/reference-keys.ts";
import { readSearch } from "../search/search-request.ts";
import { subsetText } from "../subset.ts";
import type { Deidentify } from "./deidentified.ts";
import { type ExportOrder, typeFilterOf } from "./export-order.ts";
import type { Scan } from "./scan.ts";

export interface ExportNeeds {
  /** Narrowed to who ordered the export. */
  readonly record: HealthRecord;
  readonly position: Position;
  readonly now: Instant;
  /** The address of this server, under which its own resources may be referred to. */
  readonly base?: string;
  /** Takes identifiers out of each resource. */
  readonly deidentify?: Deidentify;
}

/** Of which patients an export is; undefined where it is of everything. */
export type Members = ReadonlySet<string> | "every patient" | undefined;

/** Problems: of reading the group. Source: FHIR R4 Group.member. */
export async function membersOf({ of }: ExportOrder, { record }: ExportNeeds): Promise<Result<Members>> {
  if (of === "system") return ok(undefined);
  if (of === "patients") return ok("every patient");
  const group = await record.readVersion("Group", of.group, of.version);
  if (!group.ok) return group;
  const { member = [] } = parseBody<{ member?: readonly JsonObject[] }>(group.value);
  const ids = member.flatMap(({ entity, inactive }) => {
    const reference = isJsonObject(entity) ? String(entity.reference) : "";
    const id = /(?:^|\/)Patient\/([A-Za-z0-9\-.]{1,64})$/.exec(reference)?.[1];
    return id === undefined || inactive === true ? [] : [id];
  });
  return ok(new Set(ids));
}

/** The scan of one type of an export; undefined where there is nothing of it. */
export function exportScan(type: string, order: ExportOrder, members: Members, needs: ExportNeeds): Scan | undefined {
  if (members instanceof Set && members.size === 0) return undefined;
  const all: Clause[] = [...filterClauses(type, order, needs), ...memberClauses(type, members, needs)];
  const { sinceMs } = order;
  if (sinceMs !== undefined) all.push({ is: "updated", any: [{ minMs: sinceMs }] });
  const isAbout = aboutPatients(type, members, needs);
  const isWanted = (version: Version) => (sinceMs === undefined || version.at >= sinceMs) && isAbout(version);
  return { kind: type, all, isWanted, position: needs.position };
}

function filterClauses(type: string, { typeFilters }: ExportOrder, { now, base }: ExportNeeds): readonly Clause[] {
  const alternatives = typeFilters
    .map(typeFilterOf)
    .filter((filter) => filter.type === type)
    .flatMap(({ search }): Clause[] => {
      const read = readSearch({ type, parameters: search, base, now, isLenient: false });
      return read.ok ? [{ is: "all", of: read.value.query.all }] : [{ is: "never" }];
    });
  return alternatives.length === 0 ? [] : [{ is: "any", of: alternatives }];
}

/** Of a small group the database finds what is about it. */
function memberClauses(type: string, members: Members, { base }: ExportNeeds): readonly Clause[] {
  if (!(members instanceof Set) || members.size > limits.exportGroupKeysMax) return [];
  if (type === "Patient") return [{ is: "id", any: [...members] }];
  const targets = [...members].map((id) => `Patient/${id}`);
  return [pointingAt({ type, parameters: parametersOf(type), targets, base })];
}

function parametersOf(type: string): readonly string[] {
  return compartmentMembers("Patient").find((member) => member.type === type)?.parameters ?? [];
}

const anyPatient = "Patient/-";

function aboutPatients(type: string, members: Members, { base }: ExportNeeds): (version: Version) => boolean {
  if (members === undefined) return () => true;
  const isMember = (id: string) => members === "every patient" || members.has(id);
  if (type === "Patient") return ({ id }) => isMember(id);
  const clause = pointingAt({ type, parameters: parametersOf(type), targets: [anyPatient], base });
  const beginnings = clause.is === "key" ? clause.any.map((key) => key.slice(0, -1)) : [];
  return ({ body }) =>
    indexEntriesOf(type, JSON.parse(body) as JsonObject).references.some((reference) => {
      const beginning = beginnings.find((each) => reference.startsWith(each));
      return beginning !== undefined && isMember(reference.slice(beginning.length));
    });
}

/** A version as a line of an export, with its content wherever that is kept. Problems: those of reading a blob. */
export async function exportLine(
  version: Version,
  { elements }: ExportOrder,
  { record, deidentify }: Pick<ExportNeeds, "record" | "deidentify">,
): Promise<Result<string>> {
  const named = elements.flatMap((element) => {
    const [type, name] = element.includes(".") ? element.split(".") : [version.kind, element];
    return type === version.kind && name !== undefined ? [name] : [];
  });
  const whole = version.kind === "Binary" ? await wholeText(version, record) : ok(version.body);
  if (!whole.ok) return whole;
  const body = whole.value;
  const text = named.length === 0 ? body : subsetText({ ...version, body }, { elements: named, summary: undefined });
  if (deidentify === undefined) return ok(text);
  const masked = deidentify(JSON.parse(text) as JsonObject);
  return masked.ok ? ok(JSON.stringify(masked.value)) : masked;
}
