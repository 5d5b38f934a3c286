import { z } from "zod";
import { type KindDefinition, noEntries } from "#record";
import { savedSearchBody } from "../api.ts";
import { checkBy, type Stored } from "../identity/document-schema.ts";

/** A search of the explorer that somebody keeps. */
export const savedSearchSchema = savedSearchBody.extend({
  /** `User/3f…`. */
  owner: z.string().min(1),
  ownerName: z.string().min(1),
});

export type SavedSearch = Readonly<z.infer<typeof savedSearchSchema>>;
export type StoredSavedSearch = Stored<SavedSearch>;

export const savedSearchKind: KindDefinition = {
  kind: "SavedSearch",
  check: checkBy("SavedSearch", savedSearchSchema),
  index: (body) => {
    const { owner, shared } = savedSearchSchema.parse(body);
    return { ...noEntries, keys: [ownerKey(owner), ...(shared ? [sharedKey] : [])] };
  },
};

export const sharedKey = "shared=true";

export function ownerKey(owner: string): string {
  return `owner=${owner}`;
}
