import { z } from "zod";
import { type KindDefinition, noEntries } from "#record";
import { tokenPurposes } from "../identity/api-token.ts";
import { checkBy, type Stored } from "../identity/document-schema.ts";
import { serviceUses } from "./service-account-use.ts";

const time = z.iso.datetime();

/** An account that no person signs in to: a system that connects, with keys of its own (see `ApiToken`). */
export const serviceAccountSchema = z.object({
  name: z.string().min(1),
  use: z.enum(serviceUses),
  /** What it is there for, in a sentence. */
  purpose: z.string().min(1),
  /** Id of the user who answers for it; absent where a command made it. */
  ownerId: z.string().optional(),
  /** What it may do (see `parseScope`). */
  scope: z.string().min(1),
  /** What it looks for: for research and planning, patients who opted out are left out. Absent: running the hospital. */
  purposeOfUse: z.enum(tokenPurposes).optional(),
  /** One that is not active opens nothing; it is never deleted, because the audit names it. */
  active: z.boolean(),
  made: time,
  madeBy: z.string(),
});

export type ServiceAccount = Readonly<z.infer<typeof serviceAccountSchema>>;
export type StoredServiceAccount = Stored<ServiceAccount>;

export const serviceAccountKind: KindDefinition = {
  kind: "ServiceAccount",
  check: checkBy("ServiceAccount", serviceAccountSchema),
  index: (body) => {
    const { name, ownerId } = serviceAccountSchema.parse(body);
    const owner = ownerId === undefined ? [] : [`owner=${ownerId}`];
    return { ...noEntries, keys: [`name=${name.toLowerCase()}`, ...owner] };
  },
};
