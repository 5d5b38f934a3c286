import { z } from "zod";
import type { Json, Problem } from "#kernel";
import type { DestinationSettings, LinkSettings } from "../configuration/link-settings.ts";
import type { StrandedDestination } from "./deliveries.ts";
import type { IsoInstant } from "./page.ts";

export type {
  AcknowledgeSettings,
  DestinationSettings,
  IntakeSettings,
  LinkSettings,
  OutletSettings,
  RetrySettings,
  RouteCondition,
  RouteSettings,
  SenderContract,
  WatchSettings,
} from "../configuration/link-settings.ts";

/** A path below the folder of links: `links/lab.json`, `golden/lab/potassium.hl7`. */
const filePath = z
  .string()
  .max(200)
  .regex(/^[a-z]+(\/[A-Za-z0-9][A-Za-z0-9._-]*){1,2}$/);

/** One file: JSON as its value, anything else (golden messages) as its bytes in base64. */
export const configurationFile = z.union([
  z.strictObject({ path: filePath, json: z.json() }),
  z.strictObject({ path: filePath, base64: z.base64() }),
]);

/** As many as `limits.linkFilesMax`. */
const files = z.array(configurationFile).max(2_000);

export const checkBody = z.strictObject({ files });

export const deployBody = z.strictObject({
  files,
  why: z.string().trim().min(1).max(1_000),
  /** The version that was edited; another one by now: conflict. Left out: whatever is there is replaced. */
  basedOn: z.int().min(0).exactOptional(),
});

export const rollBackBody = z.strictObject({
  version: z.int().min(1),
  why: z.string().trim().min(1).max(1_000),
});

export const configurationQuery = z.object({ version: z.coerce.number().int().min(1).exactOptional() });

export type ConfigurationFile =
  | { readonly path: string; readonly json: Json }
  | { readonly path: string; readonly base64: string };

/** A deployment; every one is kept. */
export interface DeploymentView {
  /** 1, 2, 3 … */
  readonly version: number;
  readonly at: IsoInstant;
  readonly by: { readonly reference: string; readonly display: string };
  readonly why: string;
  /** The version whose files it brought back. */
  readonly rolledBackTo?: number;
  /** Paths of the files that differ from the version before. */
  readonly changed: readonly string[];
}

export interface ConfigurationView {
  /** Absent until something is deployed: then the link of the settings (`CORRIDOR_MLLP_PORT`) is open. */
  readonly deployment?: DeploymentView;
  /** What the files say, with what they leave out filled in, in the order of their names. */
  readonly links: readonly LinkSettings[];
  readonly destinations: readonly DestinationSettings[];
  /** Golden messages and what they must give are left out for those who may not read messages. */
  readonly files: readonly ConfigurationFile[];
}

export interface ConfigurationHistory {
  /** Newest first. */
  readonly deployments: readonly DeploymentView[];
}

export interface CheckReport {
  readonly isSound: boolean;
  readonly problems: readonly Pick<Problem, "code" | "message" | "where">[];
  readonly links: number;
  readonly destinations: number;
  readonly goldenMessages: number;
  /** Destinations that are not in it, and that deliveries wait for: deployed, they would go nowhere before a person decides. */
  readonly stranded?: readonly StrandedDestination[];
  /** Each golden message that was tried; none where something else is wrong. */
  readonly golden: readonly GoldenReport[];
}

export interface GoldenReport {
  /** `golden/lab/potassium.expected.json`. */
  readonly expectedPath: string;
  readonly isAsExpected: boolean;
  /** What the message gives now. */
  readonly actual: Json;
}
