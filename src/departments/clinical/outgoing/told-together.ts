import { isJsonObject, type Json, type JsonObject, limits } from "#kernel";
import { parseBody, type Version } from "#record";

export type VersionGroup = readonly [Version, ...Version[]];

/**
 * Versions in their order, those of one request together: written in one commit, of the same patient and visit, with the same
 * requisition, or where they are reports with the same first number. What has neither is told alone.
 */
export function toldTogether(versions: readonly Version[]): readonly VersionGroup[] {
  const groups: (readonly [key: string | undefined, group: [Version, ...Version[]]])[] = [];
  for (const version of versions) {
    const key = keyOf(version);
    const [before, group] = groups.at(-1) ?? [];
    const isOfIt = key !== undefined && key === before && group !== undefined;
    const isNew = group?.every(({ id }) => id !== version.id) === true;
    if (isOfIt && isNew && group.length < limits.ordersToldTogetherMax) group.push(version);
    else groups.push([key, [version]]);
  }
  return groups.map(([, group]) => group);
}

function keyOf(version: Version): string | undefined {
  if (version.action === "delete") return undefined;
  const { requisition, identifier, subject, encounter } = parseBody<JsonObject>(version);
  const number = numberOf(version.kind === "ServiceRequest" ? requisition : identifier);
  if (number === undefined) return undefined;
  const who = [subject, encounter].map((each) => (isJsonObject(each) ? (each.reference ?? each) : null));
  return JSON.stringify([version.kind, version.at, number, ...who]);
}

function numberOf(given: Json | undefined): Json | undefined {
  const [first] = (Array.isArray(given) ? given : [given]).filter(isJsonObject);
  return first?.value === undefined ? undefined : [first.system ?? null, first.value];
}
