/** Every picture of pydicom's collection: shown, equal to its references, and through every lossless syntax unchanged. */

import { silentLog } from "#kernel";
import type { DecodedFrame, PixelEngine } from "#standards/pixels";
import { planTranscoding, writableSyntaxes } from "#standards/pixels";
import { openPixelEngine } from "../../src/app/pixels/pixel-engine.ts";
import { testData } from "../data.ts";
import { type PixelFile, pixelFiles } from "./pixels-trial/files.ts";
import { decoded, pixelObject, rendered, transcoded } from "./pixels-trial/object.ts";
import { samePictures } from "./pixels-trial/same-pictures.ts";
import type { SuiteResult } from "./suite.ts";

/** Pictures that cannot be shown, and what the caller is told. */
const notShown: Readonly<Record<string, string>> = {
  "test_files/JPEG2000-embedded-sequence-delimiter.dcm": "frame-too-large",
};

const lossless: readonly string[] = [
  writableSyntaxes.explicitLittle,
  writableSyntaxes.rle,
  writableSyntaxes.jpegLossless,
  writableSyntaxes.jpegLosslessSv1,
  writableSyntaxes.jpegLs,
  writableSyntaxes.jpeg2000Lossless,
  writableSyntaxes.htj2kLossless,
  writableSyntaxes.htj2kLosslessRpcl,
];

export async function run(): Promise<SuiteResult> {
  const { path, skip } = testData("dicom");
  if (skip !== false) return { passed: 0, total: 0, excluded: 0, failures: [skip] };
  const lost: string[] = [];
  const engine = openPixelEngine({
    log: { ...silentLog, warn: (event, fields) => lost.push(`${event}: ${fields?.why}`) },
  });
  try {
    const { files, failures } = await pixelFiles(path);
    const outcomes: Outcome[] = [...(await showAll(engine, files)), ...(await compareAll(engine, files))];
    for (const file of files) if (notShown[file.name] === undefined) outcomes.push(...(await roundTrips(engine, file)));
    // Nothing of the collection may break a thread.
    const faults = [...lost, ...failures, ...outcomes.filter((one) => one !== "passed" && one !== "excluded")];
    const passed = outcomes.filter((one) => one === "passed").length;
    const excluded = outcomes.filter((one) => one === "excluded").length;
    return { passed, total: outcomes.length + failures.length + lost.length, excluded, failures: faults };
  } finally {
    await engine.close();
  }
}

/** Or what went wrong. */
type Outcome = "passed" | "excluded" | string;

/** The first and the last frame of each. */
async function showAll(engine: PixelEngine, files: readonly PixelFile[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { name, object } of files) {
    let told: string | undefined;
    for (const number of new Set([1, object.image.frames])) {
      const picture = await rendered(engine, object, { number, wish: { format: "jpeg" } });
      if (!picture.ok) told ??= picture.problems[0].code;
    }
    const expected = notShown[name];
    if (told === expected) outcomes.push(expected === undefined ? "passed" : "excluded");
    else outcomes.push(`${name}: ${told === undefined ? "is listed as not shown, and is" : `not shown: ${told}`}`);
  }
  return outcomes;
}

async function compareAll(engine: PixelEngine, files: readonly PixelFile[]): Promise<readonly Outcome[]> {
  const byName = new Map(files.map((file) => [file.name, file.object]));
  const outcomes: Outcome[] = [];
  for (const { reference, others, differenceMax } of samePictures) {
    const wanted = byName.get(`test_files/${reference}`);
    const one = wanted && (await decoded(engine, wanted, 1));
    for (const name of others) {
      const found = byName.get(`test_files/${name}`);
      const other = found && (await decoded(engine, found, 1));
      if (!one?.ok || !other?.ok) outcomes.push(`${name}: cannot be compared with ${reference}`);
      else {
        const difference = differenceOf(one.value, other.value);
        outcomes.push(difference <= differenceMax ? "passed" : `${name}: differs by ${difference} from ${reference}`);
      }
    }
  }
  return outcomes;
}

/** The largest difference between two samples, counted in bytes where samples are of one. */
function differenceOf(one: DecodedFrame, other: DecodedFrame): number {
  if (one.bytes.length !== other.bytes.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let at = 0; at < one.bytes.length; at += 1)
    most = Math.max(most, Math.abs((one.bytes[at] as number) - (other.bytes[at] as number)));
  return most;
}

/** Into each lossless syntax as a whole file, read again as anybody would, and decoded: the same samples. */
async function roundTrips(engine: PixelEngine, { name, object }: PixelFile): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const before = await decoded(engine, object, 1);
  if (!before.ok) return [`${name}: ${before.problems[0].code}`];
  for (const to of lossless) {
    const plan = planTranscoding(object.image, to);
    if (!plan.ok) {
      outcomes.push("excluded");
      continue;
    }
    const file = await transcoded(engine, object, plan.value);
    const again = file.ok ? await pixelObject(file.value) : file;
    const after = again.ok ? await decoded(engine, again.value, 1) : again;
    if (!after.ok) outcomes.push(`${name} in ${to}: ${after.problems[0].code}`);
    else outcomes.push(differenceOf(before.value, after.value) === 0 ? "passed" : `${name} in ${to}: other samples`);
  }
  return outcomes;
}
