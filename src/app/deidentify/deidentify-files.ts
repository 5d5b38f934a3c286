import { createHmac } from "node:crypto";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { conflict, failed, incorrect, ok, type Problem, type Result, unavailable } from "#kernel";
import { type Deidentifier, Keyed, RuleCounts } from "#standards/deidentification";
import type { ReleaseFile } from "../terminology/release-files.ts";
import { dicomFiles } from "./dicom-files.ts";
import { jsonFiles, ndjsonFiles, xmlFiles } from "./fhir-files.ts";
import type { Deidentifying, FileWork } from "./file-work.ts";
import { hl7v2Files } from "./hl7v2-files.ts";
import { type SourceFormat, sourceFormatOf } from "./source-file.ts";

const works: Readonly<Record<SourceFormat, FileWork>> = {
  ndjson: ndjsonFiles,
  json: jsonFiles,
  xml: xmlFiles,
  hl7v2: hl7v2Files,
  dicom: dicomFiles,
};

export interface DeidentifyOrder {
  readonly files: readonly ReleaseFile[];
  /** Must be new or empty. */
  readonly folder: string;
  readonly deidentifier: Deidentifier;
  readonly key: Uint8Array;
  readonly year: number;
  readonly reviewed: ReadonlySet<string>;
  /** Told of each file that is done, and of one of which nothing was written, and why. */
  readonly told: (done: number, refused?: { readonly file: ReleaseFile; readonly problem: Problem }) => void;
}

export interface DeidentifyReport {
  readonly files: number;
  readonly refused: number;
  /** Resources, messages and images written. */
  readonly things: number;
  /** By the code of the problem. */
  readonly refusals: Readonly<Record<string, number>>;
  /** How often each rule changed or removed something. */
  readonly rules: Readonly<Record<string, number>>;
}

/**
 * De-identifies files into a folder, each under a name that tells nothing, with `report.json` beside them. A file that cannot
 * be de-identified whole is left out. Problems: conflict `folder-not-empty`, unavailable `not-written`.
 */
export async function deidentifyFiles(order: DeidentifyOrder): Promise<Result<DeidentifyReport>> {
  try {
    await mkdir(order.folder, { recursive: true, mode: 0o700 });
    if ((await readdir(order.folder)).length > 0)
      return failed(conflict("folder-not-empty", `${order.folder} is not empty: name a new folder.`));
    return ok(await writeAll(order));
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "") throw error;
    return failed(unavailable("not-written", `${order.folder} could not be written (${code}).`, { cause: error }));
  }
}

async function writeAll(order: DeidentifyOrder): Promise<DeidentifyReport> {
  const { deidentifier, key, year, reviewed, folder } = order;
  const formats = await Promise.all(order.files.map(sourceFormatOf));
  const known: Known = { patients: new Map(), people: new Set() };
  for (const [index, file] of order.files.entries()) await addPatients(known, file, works[formats[index] ?? "json"]);
  const digest = (text: string) => createHmac("sha256", key).update(text).digest();
  const keyed = new Keyed({ digest, year, ...known, reviewed });
  const counts = new RuleCounts();
  const refusals = new RuleCounts();
  let things = 0;
  let refused = 0;
  for (const [index, file] of order.files.entries()) {
    const format = formats[index];
    const work = format === undefined ? undefined : works[format];
    const name = join(folder, `${keyed.id(`${index}|${file.path}`)}${work?.extension ?? ""}`);
    const written =
      work === undefined
        ? failed(unknownFormat)
        : await writeOne(name, { file, work, deidentifying: { deidentifier, keyed, counts } });
    if (written.ok) things += written.value;
    else {
      refused += 1;
      refusals.add(written.problems[0].code);
    }
    order.told(index + 1, written.ok ? undefined : { file, problem: written.problems[0] });
  }
  const report = {
    files: order.files.length - refused,
    refused,
    things,
    refusals: sorted(refusals),
    rules: sorted(counts),
  };
  await writeReport(join(folder, "report.json"), { ruleSet: deidentifier.ruleSet.name, ...report });
  return report;
}

interface Known {
  readonly patients: Map<string, string>;
  readonly people: Set<string>;
}

async function addPatients({ patients, people }: Known, file: ReleaseFile, work: FileWork | undefined): Promise<void> {
  if (work === undefined) return;
  for await (const found of work.patients(file)) {
    for (const { key, names, words = [] } of found) {
      for (const word of words) people.add(word);
      // Who is known by another of these names already keeps that key.
      const known = names.map((name) => patients.get(name)).find((name) => name !== undefined) ?? key;
      for (const name of names) patients.set(name, known);
    }
  }
}

interface One {
  readonly file: ReleaseFile;
  readonly work: FileWork;
  readonly deidentifying: Deidentifying;
}

/** Gets its name when it is whole. */
async function writeOne(path: string, { file, work, deidentifying }: One): Promise<Result<number>> {
  const aside = `${path}.unfinished`;
  const target = await open(aside, "w", 0o600);
  let things = 0;
  try {
    for await (const piece of work.pieces(file, deidentifying)) {
      if (!piece.ok) {
        await rm(aside, { force: true });
        return piece;
      }
      things += piece.value.things;
      await target.writeFile(piece.value.bytes);
    }
    await target.sync();
  } finally {
    await target.close();
  }
  await rename(aside, path);
  return ok(things);
}

async function writeReport(path: string, report: object): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(`${JSON.stringify(report, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

function sorted({ counts }: RuleCounts): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));
}

const unknownFormat = incorrect("format-unknown", "It is neither FHIR, HL7 v2 nor DICOM.");
