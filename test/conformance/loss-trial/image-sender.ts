/** A modality that stores one object after the other, each of bytes that its number tells. */
import type { Result } from "#kernel";
import { transferSyntaxOf, writeDataSet } from "#standards/dicom";
import type { Association } from "#standards/dimse";
import { anInstance, ctStorage, dataSetOf, explicitLittleUid, tryAssociation } from "../../doors/dimse.ts";

export interface ImageSender {
  /** Numbers of objects that were answered with success. */
  readonly acknowledged: number[];
  /** Anything answered that was neither success nor the end of the association. */
  readonly oddities: string[];
  /** Stores until the association breaks; then what has no answer comes again. */
  sendUntilBroken(port: number): Promise<void>;
}

/** Every so many objects an acknowledged one is sent once more, as senders do that lost the answer. */
const repeatEvery = 7;
/** From a small structured report to a large slice. */
const pixelBytes = [200, 9_000, 70_000, 300_000, 530_000];
const perSeries = 50;

export function uidOf(number: number): string {
  return `1.2.826.0.1.${number}`;
}

/** The data set of an object, the same each time. */
export function objectBytes(number: number): Uint8Array {
  const series = Math.floor(number / perSeries);
  const header = dataSetOf({
    SpecificCharacterSet: "ISO_IR 192",
    SOPClassUID: ctStorage,
    SOPInstanceUID: uidOf(number),
    StudyDate: "20261123",
    Modality: "CT",
    PatientName: `Loss^${series}`,
    PatientID: `L${series}`,
    StudyInstanceUID: `1.2.826.0.2.${series}`,
    SeriesInstanceUID: `1.2.826.0.3.${series}`,
    InstanceNumber: String(number % perSeries),
    // Something long that differs from object to object, and is none of the pixels.
    ImageComments: String(number)
      .repeat(Math.ceil((pixelBytes[number % pixelBytes.length] ?? 0) / 10))
      .slice(0, 10_000),
  });
  const bytes = writeDataSet(header, transferSyntaxOf(explicitLittleUid));
  const pixels = Buffer.alloc(pixelBytes[number % pixelBytes.length] ?? 0, `${number} `);
  return Buffer.concat([bytes, pixelElement(pixels.length), pixels]);
}

/** (7FE0,0010) OW, explicit little endian. Source: PS3.5 §7.1.2. */
function pixelElement(length: number): Uint8Array {
  const head = Buffer.from([0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x57, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32LE(length, 8);
  return head;
}

export function anImageSender(first: number): ImageSender {
  const acknowledged: number[] = [];
  const oddities: string[] = [];
  let next = first;
  return {
    acknowledged,
    oddities,
    async sendUntilBroken(port) {
      const opened: Result<Association> = await tryAssociation({ port });
      if (!opened.ok) return;
      const send = (number: number) => isStored(opened.value, number, oddities);
      for (;;) {
        const last = acknowledged.at(-1);
        const isRepeat = last !== undefined && (next - first) % repeatEvery === 3 && last === next - 1;
        if (isRepeat && !(await send(last))) return;
        if (!(await send(next))) return;
        acknowledged.push(next);
        next += 1;
      }
    },
  };
}

/** False when the association broke first. */
async function isStored(association: Association, number: number, oddities: string[]): Promise<boolean> {
  const outcome = await association.store(anInstance(uidOf(number), objectBytes(number), 64 * 1024));
  if (outcome.is !== "answered") return false;
  if (outcome.status.code !== 0) oddities.push(`${uidOf(number)} was answered ${outcome.status.code.toString(16)}`);
  return true;
}
