import { z } from "zod";
import { type KindDefinition, noEntries } from "#record";
import { checkBy, type Stored } from "../identity/document-schema.ts";

const time = z.iso.datetime();

/**
 * What a person has let an application do in their name. Every code and token of the application that acts for them belongs
 * to one, and ends with it. Its id is what the provider calls the grant.
 */
export const givenAccessSchema = z.object({
  userId: z.string(),
  applicationId: z.string(),
  /** Scopes over resources, and those of OpenID Connect and SMART beside them, each with spaces between. */
  scopes: z.string(),
  identityScopes: z.string(),
  /** The address of the FHIR door that it is for. */
  resource: z.string(),
  /** Ids of the patient and of the encounter that the application was started with. */
  patient: z.string().optional(),
  encounter: z.string().optional(),
  /** Whether the application itself shows who the patient is. */
  needPatientBanner: z.boolean().optional(),
  /** The session in which it was given; with the session it ends, unless it is for while the person is away. */
  sessionId: z.string(),
  offline: z.boolean(),
  begun: time,
  expires: time,
  ended: time.optional(),
});

export type GivenAccess = Readonly<z.infer<typeof givenAccessSchema>>;
export type StoredGivenAccess = Stored<GivenAccess>;

export const givenAccessKind: KindDefinition = {
  kind: "GivenAccess",
  check: checkBy("GivenAccess", givenAccessSchema),
  index: (body) => {
    const { userId, applicationId, ended } = givenAccessSchema.parse(body);
    const open = ended === undefined ? [`open-user=${userId}`] : [];
    return { ...noEntries, keys: [`user=${userId}`, `application=${applicationId}`, ...open] };
  },
};
