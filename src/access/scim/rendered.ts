import type { Json, JsonObject } from "#kernel";
import { secretHash } from "../identity/secret.ts";
import type { StoredGroup } from "./directory-group.ts";
import { type DirectoryUser, resourceOf } from "./directory-user.ts";
import type { ResourceType } from "./schema/attribute.ts";
import { groupType, userType } from "./schema/resource-types.ts";

/** Address of the SCIM door: `https://corridor.hospital.example/scim/v2`. */
export type Base = string;

export interface Rendered {
  readonly resource: JsonObject;
  /** Weak, as what it stands for may be written in several ways. */
  readonly etag: string;
}

/** A user as SCIM has it, with the groups that are given. */
export function renderUser(held: DirectoryUser, groups: ReadonlyMap<string, StoredGroup>, base: Base): Rendered {
  const { user, entry, changed } = held;
  const inGroups = entry.groups.flatMap((id) => {
    const group = groups.get(id);
    return group === undefined
      ? []
      : [{ value: id, $ref: `${base}/Groups/${id}`, display: group.displayName, type: "direct" }];
  });
  const own = { ...resourceOf(held), ...(inGroups.length === 0 ? {} : { groups: inGroups }) };
  return render(userType, own, { id: user.id, created: entry.since, lastModified: changed, base });
}

/** A group as SCIM has it; without its members where they were not asked for. */
export function renderGroup(group: StoredGroup, members: readonly JsonObject[] | undefined, base: Base): Rendered {
  const { id, displayName, externalId, since, changed } = group;
  const own = {
    displayName,
    ...(externalId === undefined ? {} : { externalId }),
    ...(members === undefined || members.length === 0 ? {} : { members }),
  };
  // A group counts as changed when somebody joins or leaves it: its version says so without its members.
  return render(groupType, own, { id, created: since, lastModified: changed, base, version: `${group.version}` });
}

interface Meta {
  readonly id: string;
  readonly created: string;
  readonly lastModified: string;
  readonly base: Base;
  readonly version?: string;
}

function render(type: ResourceType, own: JsonObject, meta: Meta): Rendered {
  const { id, created, lastModified, base, version = secretHash(JSON.stringify(own)).slice(0, 16) } = meta;
  const etag = `W/"${version}"`;
  const used = type.extensions.filter((each) => own[each.id] !== undefined).map((each) => each.id);
  const location = `${base}${type.endpoint}/${id}`;
  const resource: Record<string, Json> = {
    schemas: [type.schema.id, ...used],
    id,
    ...own,
    meta: { resourceType: type.name, created, lastModified, location, version: etag },
  };
  return { resource, etag };
}
