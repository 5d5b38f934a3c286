import { createHmac, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Context } from "#access";
import {
  chosenStudies,
  type ExportNeeds,
  type ExportReport,
  exportImages,
  type ImageDeidentification,
  readPixelRules,
  type StudyChoice,
} from "#departments/clinical";
import { failed, notFound, ok, type Problem, type Result, unavailable } from "#kernel";
import { type ImageOption, Keyed, type PixelRule, ruleSets } from "#standards/deidentification";
import { uidOfUuid } from "#standards/dicom";
import type { PixelEngine } from "#standards/pixels";
import { openProjectKey } from "../deidentify/project-key.ts";
import { openExportPlace } from "./export-place.ts";

export interface ImageExport {
  readonly choice: StudyChoice;
  /** Absent: as they are. */
  readonly deidentify?: Deidentify | undefined;
  /** A folder, or a file `….zip`. */
  readonly path: string;
}

export interface Deidentify {
  readonly rules: string;
  readonly project: string;
  /** Of the profile, in place of those of the rules. */
  readonly options?: readonly ImageOption[] | undefined;
  /** Texts that may stay, in lower case. */
  readonly reviewed?: ReadonlySet<string>;
}

export interface RunNeeds {
  /** Of whoever exports, with the purpose that they do it for. */
  readonly context: Pick<Context, "images" | "record" | "clock">;
  readonly dataFolder: string;
  readonly engine: PixelEngine;
  readonly told: ExportNeeds["told"];
}

/**
 * Exports images into a folder or file. Problems: those of choosing, of the key of the project and of `exportImages`; not-found
 * `rules-unknown`; conflict `place-not-empty`; incorrect `pixel-rules-incorrect`; unavailable `export-not-written`.
 */
export async function runImageExport(needs: RunNeeds, order: ImageExport): Promise<Result<ExportReport>> {
  const { context, engine, told, dataFolder } = needs;
  const { images, record, clock } = context;
  const studies = await chosenStudies(images, order.choice);
  if (!studies.ok) return studies;
  const deidentification = await deidentificationOf(order.deidentify, { dataFolder, year: yearOf(clock.now()) });
  if (!deidentification.ok) return deidentification;
  const place = await openExportPlace(order.path, clock.now()).catch((cause) => failed(notWritten(cause)));
  if (!place.ok) return place;
  try {
    const report = await exportImages(
      { images, record, engine, clock, newUid: () => uidOfUuid(randomUUID()), told },
      { studies: studies.value, fileSetId: "CORRIDOR", ...deidentification.value },
      place.value.sink,
    );
    await (report.ok ? place.value.finish() : place.value.abandon());
    return report;
  } catch (cause) {
    await place.value.abandon();
    return failed(notWritten(cause));
  }
}

/** Why, in words for whoever asked; where is for the log. */
const whyNot: Readonly<Record<string, string>> = {
  ENOSPC: "There is no room left on the disk.",
  EDQUOT: "There is no room left for Corridor on the disk.",
  EACCES: "Corridor may not write there.",
  EPERM: "Corridor may not write there.",
  ENOENT: "There is no such folder.",
  ENOTDIR: "There is no such folder.",
  EROFS: "Nothing may be written on that disk.",
};

function notWritten(cause: unknown): Problem {
  const { code = "" } = cause as NodeJS.ErrnoException;
  const why = whyNot[code] ?? (code === "" ? "It came to an end on the way." : `It failed with ${code}.`);
  return unavailable("export-not-written", `The export could not be written. ${why}`, { cause });
}

function yearOf(ms: number): number {
  return new Date(ms).getUTCFullYear();
}

interface Surroundings {
  readonly dataFolder: string;
  readonly year: number;
}

async function deidentificationOf(
  asked: Deidentify | undefined,
  { dataFolder, year }: Surroundings,
): Promise<Result<{ readonly deidentification?: ImageDeidentification }>> {
  if (asked === undefined) return ok({});
  const ruleSet = ruleSets.get(asked.rules);
  if (ruleSet === undefined) return failed(rulesUnknown(asked.rules));
  const pixels = await hospitalRules(dataFolder);
  if (!pixels.ok) return pixels;
  const key = await openProjectKey(dataFolder, asked.project);
  if (!key.ok) return key;
  const digest = (text: string) => createHmac("sha256", key.value).update(text).digest();
  const keyed = new Keyed({ digest, year, patients: new Map(), reviewed: asked.reviewed ?? new Set() });
  const { options = ruleSet.images.options } = asked;
  const images = { options, pixels: [...ruleSet.images.pixels, ...pixels.value] };
  return ok({ deidentification: { ruleSet: { ...ruleSet, images }, keyed } });
}

/** What machines of this hospital write into pictures; none where there is no such file. */
async function hospitalRules(dataFolder: string): Promise<Result<readonly PixelRule[]>> {
  const file = join(dataFolder, "deidentification", "pixel-rules.json");
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return text === undefined ? ok([]) : readPixelRules(text);
}

function rulesUnknown(name: string) {
  const known = [...ruleSets.keys()].join(", ");
  return notFound("rules-unknown", `There are no rules ${name}; there are: ${known}.`);
}
