import { z } from "zod";
import { type KindDefinition, noEntries } from "#record";
import { checkBy, type Stored } from "../identity/document-schema.ts";
import { applicationStates, applicationTypes } from "./authorization-api.ts";

const time = z.iso.datetime();

/** An application that may ask for access. Its id is its `client_id`. */
export const applicationSchema = z.object({
  name: z.string().min(1),
  /** Who answers for it, and how to reach them. */
  owner: z.string().min(1),
  contact: z.string().min(1),
  /** What it is for, in a sentence that users read. */
  purpose: z.string(),
  type: z.enum(applicationTypes),
  redirectUris: z.array(z.string()),
  /** Where it is started from a chart. */
  launchUrl: z.string().optional(),
  /** Public keys by which it shows who it is: handed over, or the address where it publishes them. */
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }).optional(),
  jwksUri: z.string().optional(),
  /** What the record keeps of its secret, where it has no keys. */
  secretHash: z.string().optional(),
  /** The most that it is ever given, with spaces between. */
  scopes: z.string(),
  state: z.enum(applicationStates),
  requested: time,
  requestedBy: z.string(),
  decided: time.optional(),
  decidedBy: z.string().optional(),
  /** Codes and tokens that were given before this are over. */
  tokensFrom: time,
});

export type Application = Readonly<z.infer<typeof applicationSchema>>;
export type StoredApplication = Stored<Application>;

export const applicationKind: KindDefinition = {
  kind: "Application",
  check: checkBy("Application", applicationSchema),
  index: (body) => ({ ...noEntries, keys: ["registry=applications", `state=${applicationSchema.parse(body).state}`] }),
};
