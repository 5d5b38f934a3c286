import type { DecodedFrame, PixelEngine } from "#standards/pixels";
import { losesInWriting, planTranscoding, writableSyntaxes } from "#standards/pixels";
import { decodedByDcmtk } from "./dcmtk.ts";
import type { PixelFile } from "./files.ts";
import { decoded, type PixelObject, pixelObject, rendered, transcoded } from "./object.ts";
import { samePictures } from "./same-pictures.ts";

/** Passed, excluded, or what went wrong. */
export type Outcome = "passed" | "excluded" | string;

/** The first and the last frame of each. `notShown` tells which cannot be, and the code of the problem. */
export async function showAll(
  engine: PixelEngine,
  files: readonly PixelFile[],
  notShown: Readonly<Record<string, string>>,
): Promise<readonly Outcome[]> {
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

/** Files of the collection against others with the same picture. */
export async function compareAll(engine: PixelEngine, files: readonly PixelFile[]): Promise<readonly Outcome[]> {
  const byName = new Map(files.map((file) => [file.name, file.object]));
  const outcomes: Outcome[] = [];
  for (const { reference, others, differenceMax } of samePictures) {
    const wanted = byName.get(`test_files/${reference}`);
    for (const name of others) {
      const found = byName.get(`test_files/${name}`);
      const outcome =
        wanted && found ? await compared(engine, { one: wanted, other: found, differenceMax }) : "is missing";
      outcomes.push(outcome === "passed" ? outcome : `${name}: ${outcome} (${reference})`);
    }
  }
  return outcomes;
}

interface Comparison {
  readonly one: PixelObject;
  readonly other: PixelObject;
  readonly differenceMax: number;
}

async function compared(engine: PixelEngine, { one, other, differenceMax }: Comparison): Promise<Outcome> {
  const before = await decoded(engine, one, 1);
  const after = await decoded(engine, other, 1);
  if (!before.ok) return before.problems[0].code;
  if (!after.ok) return after.problems[0].code;
  const difference = differenceOf(before.value, after.value);
  return difference <= differenceMax ? "passed" : `differs by ${difference}`;
}

/** The largest difference between two bytes of samples. */
function differenceOf(one: DecodedFrame, other: DecodedFrame): number {
  if (one.bytes.length !== other.bytes.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let at = 0; at < one.bytes.length; at += 1)
    most = Math.max(most, Math.abs((one.bytes[at] as number) - (other.bytes[at] as number)));
  return most;
}

/** Into each syntax as a whole file, read again as anybody would: the same samples where nothing may be lost. */
export async function roundTrips(
  engine: PixelEngine,
  { name, object }: PixelFile,
  { withDcmtk }: { readonly withDcmtk: boolean },
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const to of Object.values(writableSyntaxes)) {
    if (to === writableSyntaxes.deflatedLittle) continue;
    const plan = planTranscoding(object.image, to);
    if (!plan.ok) {
      outcomes.push("excluded");
      continue;
    }
    const file = await transcoded(engine, object, plan.value);
    const again = file.ok ? await pixelObject(file.value) : file;
    const differenceMax = plan.value.isLossy ? Number.MAX_VALUE : 0;
    const outcome = again.ok
      ? await compared(engine, { one: object, other: again.value, differenceMax })
      : again.problems[0].code;
    outcomes.push(outcome === "passed" ? outcome : `${name} in ${to}: ${outcome}`);
    if (withDcmtk && file.ok) outcomes.push(...(await sameAsDcmtk(engine, `${name} in ${to}`, file.value)));
  }
  return outcomes;
}

/** It wants the marker that ends a JPEG stream, which this one has not. */
const refusedByDcmtk = ["test_files/SC_rgb_jpeg.dcm"];

/** What DCMTK decodes is what we decode; it rounds colours otherwise where something is lost. */
export async function sameAsDcmtk(engine: PixelEngine, name: string, file: Uint8Array): Promise<readonly Outcome[]> {
  const object = await pixelObject(file);
  if (!object.ok) return [];
  const { syntax } = object.value.image;
  const theirs = await decodedByDcmtk(file, syntax);
  if (theirs === undefined) return [];
  if (typeof theirs === "string" && refusedByDcmtk.includes(name)) return ["excluded"];
  if (typeof theirs === "string") return [`${name}: DCMTK says ${theirs}`];
  const isExact = !losesInWriting(syntax) && !syntax.endsWith(".51");
  const outcome = await compared(engine, { one: object.value, other: theirs, differenceMax: isExact ? 0 : 3 });
  return [outcome === "passed" ? outcome : `${name}: ${outcome} from what DCMTK decodes`];
}
