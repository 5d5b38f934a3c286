/** Every picture of pydicom's collection: shown, equal to its references, and through every syntax and back. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { silentLog } from "#kernel";
import type { PixelEngine } from "#standards/pixels";
import { openPixelEngine } from "../../src/app/pixels/pixel-engine.ts";
import { testData } from "../data.ts";
import { compareAll, type Outcome, roundTrips, sameAsDcmtk, showAll } from "./pixels-trial/checks.ts";
import { hasDcmtk } from "./pixels-trial/dcmtk.ts";
import { type PixelFile, pixelFiles } from "./pixels-trial/files.ts";
import type { SuiteResult } from "./suite.ts";

/** Pictures that cannot be shown, and what the caller is told. */
const notShown: Readonly<Record<string, string>> = {
  // Four bytes of its stream were overwritten on purpose: it says that it is two thousand million pixels high.
  "test_files/JPEG2000-embedded-sequence-delimiter.dcm": "frame-too-large",
};

export interface PixelRun {
  /** Shows and compares all, but turns the small ones alone into other syntaxes, without DCMTK. */
  readonly isShort?: boolean;
}

export async function run({ isShort = false }: PixelRun = {}): Promise<SuiteResult> {
  const { path, skip } = testData("dicom");
  if (skip !== false) return { passed: 0, total: 0, excluded: 0, failures: [skip] };
  const lost: string[] = [];
  const warn = (event: string) => lost.push(`${event}: nothing of the collection may break a thread`);
  const engine = openPixelEngine({ log: { ...silentLog, warn } });
  try {
    const { files, failures } = await pixelFiles(path);
    const outcomes = [...(await showAll(engine, files, notShown)), ...(await compareAll(engine, files))];
    const shown = files.filter(({ name }) => notShown[name] === undefined && (!isShort || isSmall(name)));
    for (const file of shown) outcomes.push(...(await changed(engine, file, { path, isShort })));
    const faults = [...lost, ...failures, ...outcomes.filter((one) => one !== "passed" && one !== "excluded")];
    const passed = outcomes.filter((one) => one === "passed").length;
    const excluded = outcomes.filter((one) => one === "excluded").length;
    return { passed, total: passed + excluded + faults.length, excluded, failures: faults };
  } finally {
    await engine.close();
  }
}

/** One of each kind. */
function isSmall(name: string): boolean {
  return /(?:MR_small|CT_small|SC_rgb_rle|SC_rgb_small_odd|SC_rgb_jpeg_dcmtk|examples_palette|rtdose)(?:_rle)?\.dcm$/.test(
    name,
  );
}

interface Run {
  readonly path: string;
  readonly isShort: boolean;
}

async function changed(engine: PixelEngine, file: PixelFile, { path, isShort }: Run): Promise<readonly Outcome[]> {
  const withDcmtk = !isShort && hasDcmtk();
  const outcomes = await roundTrips(engine, file, { withDcmtk: withDcmtk && isSmall(file.name) });
  if (!withDcmtk) return outcomes;
  return [...outcomes, ...(await sameAsDcmtk(engine, file.name, readFileSync(join(path, file.name))))];
}
