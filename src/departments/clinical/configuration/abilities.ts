import type { IntakeSettings, OutletSettings } from "./link-settings.ts";

/** What this Corridor can do of what may be written: the rest is a problem of the check, and never without effect. */
export interface Abilities {
  readonly intakes: readonly IntakeSettings["by"][];
  /** Empty: nothing can be delivered. */
  readonly outlets: readonly OutletSettings["by"][];
  /** Output mappings besides `as-received`. */
  readonly contents: readonly string[];
  /** Layers that come with Corridor; undefined: mapping rows cannot be layered. */
  readonly layers: readonly string[] | undefined;
  /** Absent: tables of codes are not read. */
  readonly codeTables?: true;
  /** What of a link's settings takes effect, besides intake and title. */
  readonly honours: readonly HonouredSetting[];
  /** Address that intakes listen on which name none. */
  readonly host: string;
  /** Ports that Corridor itself uses, by the setting that says so. */
  readonly takenPorts: readonly { readonly port: number; readonly by: string }[];
}

export const honouredSettings = [
  "acknowledge",
  "contract",
  "record",
  "routes",
  "retentionDays",
  "watch",
  "intake.tls",
  "intake.allow",
  "intake.connectionsMax",
] as const;

export type HonouredSetting = (typeof honouredSettings)[number];
