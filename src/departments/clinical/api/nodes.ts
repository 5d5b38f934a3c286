import { z } from "zod";
import { duplicateChoices } from "./image-keeping.ts";

/** An AE title: 1 to 16 characters, no backslash, no control characters, not blank. Source: PS3.5 §6.2, AE. */
export const aeTitle = z
  .string()
  .trim()
  .regex(/^[\x20-\x5B\x5D-\x7E]{1,16}$/, "An AE title has 1 to 16 characters of ASCII and no backslash.");

const webUrl = z.url({ protocol: /^https?$/, error: "An address begins with https:// or http://." }).max(500);

/** Where a node takes images by STOW-RS. Source: PS3.18 §10.5. */
const webPlace = {
  /** Up to what `/studies` stands behind. */
  url: webUrl,
  /** With the secret as its password; left out, the secret is a bearer token. */
  user: z.string().trim().min(1).max(200).optional(),
};

const nodeFields = {
  aeTitle,
  /** What it is and where it stands. */
  description: z.string().trim().max(200).default(""),
  /** Left out with the port for a node that only asks, and is never asked. */
  host: z.string().trim().min(1).max(253).optional(),
  port: z.int().min(1).max(65_535).optional(),
  /** TLS towards it, with the certificates of the settings. */
  tls: z.boolean().default(false),
  /** From where it may ask: addresses and networks such as `10.20.0.0/16`; none: from its host alone. */
  addresses: z.array(z.string().trim().min(1).max(50)).max(50).default([]),
  /** What it may ask for. */
  mayStore: z.boolean().default(true),
  mayFind: z.boolean().default(false),
  mayRetrieve: z.boolean().default(false),
  mayWorklist: z.boolean().default(false),
  /** It commits to the storage of what is sent to it, when asked. */
  commits: z.boolean().default(false),
  /** Sends to it tell it what is available, and bring nothing. Source: PS3.4 Annex R. */
  isTold: z.boolean().optional(),
  /** Its rejection notes hide what they name, as the archive's policy says. */
  mayReject: z.boolean().default(true),
  /** What becomes of another object under a UID that is there; left out, what holds for the whole archive. */
  duplicates: z.enum(duplicateChoices).optional(),
  /** Stands still: nothing is sent to it, and it may ask for nothing. */
  isPaused: z.boolean().default(false),
};

/** Another DICOM node, as its keeper describes it. */
export const nodeBody = z.strictObject({
  ...nodeFields,
  /** It is sent images by DICOMweb instead of C-STORE. Without a secret, the one that is kept for the same address stays. */
  web: z.strictObject({ ...webPlace, secret: z.string().min(1).max(4_000).optional() }).optional(),
});

/** The same as it is kept: its secret sealed. */
export const keptNode = z.strictObject({
  ...nodeFields,
  web: z.strictObject({ ...webPlace, sealed: z.string().max(8_000).optional() }).optional(),
});

export type KeptNode = z.infer<typeof keptNode>;

export type NodeBody = z.infer<typeof nodeBody>;

export interface NodeView extends Omit<NodeBody, "web"> {
  readonly id: string;
  readonly web?: { readonly url: string; readonly user?: string | undefined; readonly hasSecret: boolean };
}

export interface NodesPage {
  /** What Corridor is called as. */
  readonly ownAeTitle: string;
  readonly nodes: readonly NodeView[];
}

export interface EchoView {
  /** Whether it answered C-ECHO with success. */
  readonly answered: boolean;
  /** From opening the association to the answer. */
  readonly tookMs: number;
  /** Why not, in plain words. */
  readonly reason?: string;
}
