import { type Result, toIso } from "#kernel";
import type { Version } from "#record";
import {
  backwardMaps,
  compileRows,
  type FhirResource,
  isPlaced,
  type MessageHead,
  officialRows,
  type WrittenMessage,
  type WrittenType,
  writeMessageOf,
} from "#standards/v2-to-fhir";
import type { WrittenMessageSettings } from "../configuration/link-settings.ts";
import { deterministicId } from "../messages/deterministic-id.ts";
import { present } from "../messages/present.ts";
import { writtenNames } from "./written-names.ts";

export const writtenTypes: Readonly<Record<WrittenMessageSettings["writes"], WrittenType>> = {
  "orm-o01": "ORM^O01",
  "oml-o21": "OML^O21",
  "oru-r01": "ORU^R01",
};

/** The kind of what becomes messages. */
export function writtenKind({ writes }: WrittenMessageSettings): "ServiceRequest" | "DiagnosticReport" {
  return writes === "oru-r01" ? "DiagnosticReport" : "ServiceRequest";
}

let compiled: ReturnType<typeof backwardMaps> | undefined;

/** MSH of the message about a version: the same version has always the same MSH-10 and MSH-7. */
export function headOf(version: Version, settings: WrittenMessageSettings): MessageHead {
  const { writes: _, ...head } = settings;
  const controlId = deterministicId(version.kind, version.id, String(version.version)).slice(0, controlIdLength);
  return present<MessageHead>({ ...head, controlId: controlId.toUpperCase(), at: toIso(version.at) });
}

/** As long as MSH-10 may be in v2.4 and v2.5.1. */
const controlIdLength = 20;

/** A version of an order or a report, as a message is to tell of it. */
export interface ToldVersion {
  readonly version: Version;
  readonly resource: FhirResource;
  /** All that it speaks of, and itself. */
  readonly resources: readonly FhirResource[];
  /** The version before it; undefined where there is none. */
  readonly before: FhirResource | undefined;
}

/** The message about versions of orders or reports, known by the first of them. Problems: see `writeMessageOf`. */
export function writeVersions(
  told: readonly [ToldVersion, ...ToldVersion[]],
  settings: WrittenMessageSettings,
): Result<WrittenMessage> {
  compiled ??= backwardMaps(compileRows(officialRows));
  const [first, ...others] = told;
  const all = told.flatMap(({ resources }) => resources);
  const byName = new Map(all.map((resource) => [`${resource.resourceType}/${String(resource.id)}`, resource]));
  const before = told.flatMap((each) =>
    each.before === undefined ? [] : [[`${each.version.kind}/${each.version.id}`, each.before] as const],
  );
  return writeMessageOf({
    type: writtenTypes[settings.writes],
    head: headOf(first.version, settings),
    about: [first.resource, ...others.map(({ resource }) => resource)],
    resources: [...byName.values()],
    before: new Map(before),
    backward: compiled,
    names: writtenNames,
  });
}

/** Drafts, plans and proposals are told to nobody: nothing has been ordered yet; and what nobody was told of is not withdrawn. */
export function isToBeTold(resource: FhirResource, before: FhirResource | undefined): boolean {
  if (resource.resourceType !== "ServiceRequest") return true;
  if (before !== undefined && isPlaced(before)) return true;
  return isPlaced(resource) && !over.has(String(resource.status));
}

const over: ReadonlySet<string> = new Set(["revoked", "completed", "entered-in-error"]);
