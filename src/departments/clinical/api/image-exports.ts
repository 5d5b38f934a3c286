import { z } from "zod";
import type { ImageOption } from "#standards/deidentification";

/** Options of the profile; written down here so that a browser need not load what carries them out. Source: PS3.15 §E.3. */
export const exportOptions = [
  "retain-safe-private",
  "retain-uids",
  "retain-device",
  "retain-institution",
  "retain-patient-characteristics",
  "full-dates",
  "modified-dates",
  "clean-descriptors",
  "clean-structured-content",
  "clean-graphics",
  "clean-recognizable-features",
] as const satisfies readonly ImageOption[];

const uid = z.string().regex(/^[0-9.]{1,64}$/, "A UID is digits and full stops, 64 at most.");
const text = z.string().trim().min(1).max(64);

/** Studies by their UIDs, and all that meet what else is said of them; and what is to be done with them. */
export const imageExportBody = z.strictObject({
  studies: z.array(uid).max(1_000).default([]),
  patientId: text.optional(),
  accession: text.optional(),
  modality: z
    .string()
    .regex(/^[A-Z0-9_ ]{1,16}$/)
    .optional(),
  /** Study dates, both included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** Left out: the objects go out as they are. `docs/operate/deidentification.md` */
  deidentify: z
    .strictObject({
      rules: z.string().max(64),
      project: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, "Up to 64 letters, digits, hyphens and underscores."),
      /** In place of those of the rules. */
      options: z.array(z.enum(exportOptions)).max(exportOptions.length).optional(),
    })
    .optional(),
  /** Running the hospital, research or planning: for the last two, who has opted out is left out. */
  purpose: z.enum(["HOPERAT", "HRESCH", "PERFMSR"]).default("HOPERAT"),
});

export type ImageExportBody = z.infer<typeof imageExportBody>;

export type ImageExportState = "waiting" | "running" | "done" | "failed";

export interface ImageExportView {
  readonly id: string;
  readonly state: ImageExportState;
  readonly askedAt: string;
  /** Who asked for it. */
  readonly by: string;
  /** Whether whoever looks asked for it: they alone may fetch it. */
  readonly isOwn: boolean;
  /** Which studies: `CT, 2026-01-01 to 2026-03-31`. */
  readonly what: string;
  readonly rules?: string;
  readonly project?: string;
  /** Of the profile, where they were chosen in place of those of the rules. */
  readonly options?: readonly string[];
  readonly purpose: string;
  readonly objects: number;
  readonly objectsTotal: number;
  /** Of the objects, before they are packed. */
  readonly sizeBytes: number;
  /** Of what can be fetched, when it is done. */
  readonly fileBytes?: number;
  /** Then it is removed. */
  readonly expiresAt?: string;
  /** Objects that were left out, by the code of the problem. */
  readonly refusals: Readonly<Record<string, number>>;
  /** Why it failed. */
  readonly problem?: { readonly code: string; readonly message: string };
}

export interface ImageExportsPage {
  /** Names of rules that there are. */
  readonly rules: readonly string[];
  /** Names of options of the profile. */
  readonly options: readonly string[];
  /** The newest first. */
  readonly exports: readonly ImageExportView[];
}
