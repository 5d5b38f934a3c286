/** Every DICOM file of pydicom's collection, read and written again: the same bytes, or a reason. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { dicomJson, type Part10File, readPart10, writeDataSet, writePart10 } from "#standards/dicom";
import { testData } from "../data.ts";
import type { SuiteResult } from "./suite.ts";

/** What is no DICOM file, or cannot come out as it went in, and what is wrong with it. */
const reasons: Readonly<Record<string, string>> = {
  "test_files/MR_truncated.dcm": "value-truncated: the length of what is there is written, not that of what is missing",
  "test_files/rtplan_truncated.dcm": "value-truncated: the same",
  "test_files/dicomdirtests/DICOMDIR-nooffset": "value-truncated: an item says that it is longer than its sequence",
  "test_files/image_dfl.dcm": "deflated: packed anew, and equal when unpacked",
  "test_files/no_meta.dcm": "not-dicom: it begins in the middle of an element",
  "test_files/zipMR.gz": "not-dicom: it is packed by gzip",
};

const notDicom = /\.(?:txt|json|icc|dump)$/;

function inflate(bytes: Uint8Array, bytesMax: number): Uint8Array | undefined {
  try {
    return inflateRawSync(bytes, { maxOutputLength: bytesMax });
  } catch {
    return undefined;
  }
}

export async function run(): Promise<SuiteResult> {
  const { path, skip } = testData("dicom");
  if (skip !== false) return { passed: 0, total: 0, excluded: 0, failures: [skip] };
  const names = filesBelow(path).map((file) => relative(path, file));
  const cases = names.filter((name) => !notDicom.test(name));
  const failures: string[] = [];
  let excluded = 0;
  for (const name of cases) {
    const fault = faultOf(readFileSync(join(path, name)), name);
    const reason = reasons[name];
    if (reason !== undefined && fault === undefined) failures.push(`${name}: is listed (${reason}) and passes`);
    else if (reason !== undefined) excluded += 1;
    else if (fault !== undefined) failures.push(`${name}: ${fault}`);
  }
  return { passed: cases.length - excluded - failures.length, total: cases.length, excluded, failures };
}

/** Undefined when what is written is what was read. */
function faultOf(bytes: Uint8Array, name: string): string | undefined {
  const { file, problems } = readPart10(bytes, { inflate });
  if (file === undefined) return problems.map(({ code }) => code).join(", ");
  const written = writePart10(file, (body) => deflateRawSync(body));
  if (written === undefined) return "cannot be written";
  JSON.stringify(dicomJson(file.dataSet));
  if (!isReadAgain(file, written)) return "is another data set when it is read again";
  return Buffer.compare(written, bytes) === 0 ? undefined : `differs from what was read (${name})`;
}

function isReadAgain(file: Part10File, written: Uint8Array): boolean {
  const again = readPart10(written, { inflate }).file;
  return (
    again !== undefined &&
    Buffer.compare(writeDataSet(again.dataSet, file.form), writeDataSet(file.dataSet, file.form)) === 0
  );
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]));
}
