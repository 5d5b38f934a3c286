import { inflateRawSync } from "node:zlib";
import { failed, fault, ok } from "#kernel";
import { deidentifyImage, patientsOfImage } from "#standards/deidentification";
import { readPart10, tags, writePart10 } from "#standards/dicom";
import type { FileWork } from "./file-work.ts";
import { wholeBytes } from "./source-file.ts";

/** One image, or another DICOM object, a file. */
export const dicomFiles: FileWork = {
  extension: ".dcm",
  async *patients(file) {
    const bytes = await wholeBytes(file);
    const image = bytes.ok ? readPart10(bytes.value, { until: tags.pixelData, inflate }).file : undefined;
    if (image !== undefined) yield patientsOfImage(image);
  },
  async *pieces(file, { deidentifier: { ruleSet }, keyed, counts }) {
    const bytes = await wholeBytes(file);
    if (!bytes.ok) return yield bytes;
    const done = deidentifyImage(readPart10(bytes.value, { inflate }), { ruleSet, keyed, counts });
    if (!done.ok) return yield done;
    const written = writePart10(done.value);
    if (written === undefined) yield failed(fault("dicom-unwritten", "The file could not be written."));
    else yield ok({ bytes: written, things: 1 });
  },
};

function inflate(bytes: Uint8Array, bytesMax: number): Uint8Array | undefined {
  try {
    return inflateRawSync(bytes, { maxOutputLength: bytesMax });
  } catch {
    return undefined;
  }
}
