import { z } from "zod";
import { type KindDefinition, noEntries } from "#record";
import { checkBy, type Stored } from "../identity/document-schema.ts";

/**
 * What the provider hands out or remembers for a while: codes, tokens, requests that wait for a person, assertions that were
 * used. Its id is the hash of what was handed out, which itself is kept nowhere.
 */
export const issuedItemSchema = z.object({
  model: z.string(),
  /** As the provider made it, without the value that was handed out. */
  payload: z.record(z.string(), z.unknown()),
  applicationId: z.string().optional(),
  givenAccessId: z.string().optional(),
  /** When it was used, of what may be used once. */
  consumed: z.number().optional(),
  expires: z.iso.datetime(),
});

export type IssuedItem = Readonly<z.infer<typeof issuedItemSchema>>;
export type StoredIssuedItem = Stored<IssuedItem>;

export const issuedItemKind: KindDefinition = {
  kind: "IssuedItem",
  check: checkBy("IssuedItem", issuedItemSchema),
  index: (body) => {
    const { applicationId, givenAccessId, expires } = issuedItemSchema.parse(body);
    const keys = [
      ...(applicationId === undefined ? [] : [`application=${applicationId}`]),
      ...(givenAccessId === undefined ? [] : [`given=${givenAccessId}`]),
      // By the day, so that what is over can be found and taken away.
      `expires=${expires.slice(0, 10)}`,
    ];
    return { ...noEntries, keys };
  },
};
