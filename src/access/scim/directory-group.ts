import { z } from "zod";
import { type KindDefinition, noEntries, type Version } from "#record";
import { checkBy, type Stored, storedBy } from "../identity/document-schema.ts";

const time = z.iso.datetime();

/** A group of the hospital's directory. Who is in it stands with the accounts. */
const directoryGroupSchema = z.object({
  displayName: z.string().min(1),
  externalId: z.string().optional(),
  /** What its name stands for by the map of roles, as its members have it. */
  roles: z.array(z.string()),
  since: time,
  /** When it, or who is in it, was last changed. */
  changed: time,
});

export type DirectoryGroup = Readonly<z.infer<typeof directoryGroupSchema>>;
export type StoredGroup = Stored<DirectoryGroup>;

export const directoryGroupKind: KindDefinition = {
  kind: "DirectoryGroup",
  check: checkBy("DirectoryGroup", directoryGroupSchema),
  index: (body) => {
    const { displayName, externalId } = directoryGroupSchema.parse(body);
    const external = externalId === undefined ? [] : [`externalId=${externalId}`];
    return { ...noEntries, keys: [`name=${displayName.toLowerCase()}`, ...external] };
  },
};

export function storedGroup(version: Version): StoredGroup {
  return storedBy(directoryGroupSchema, version);
}
