import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type DataElement, type DataSet, makeElement, tags } from "#standards/dicom";
import { ctSeries, type PhantomStudy, phantomFile, trunkOf, uidFrom } from "#standards/phantoms";

const multiFrameWord = "1.2.840.10008.5.1.4.1.1.7.3";
const size = 512;
/** Different frames; they come again and again, upwards and downwards. */
const distinct = 100;

/** One object of so many frames of 512 by 512 pixels of 16 bits, `large.dcm`: 2,000 are 1.05 GB. Never more than a part of it is held. */
export function writeLarge(folder: string, { frames }: { readonly frames: number }): void {
  const images = slices();
  const first = images[0];
  if (first === undefined) throw new Error("no slice was made");
  const sopInstance = uidFrom("large", frames);
  const dataSet = first.header.with(...own(sopInstance, frames));
  const head = phantomFile({ sopClass: multiFrameWord, sopInstance, dataSet });
  const file = openSync(join(folder, "large.dcm"), "w");
  writeSync(file, head);
  writeSync(file, pixelHeader(frames * size * size * 2));
  for (let frame = 0; frame < frames; frame += 1) {
    const turn = frame % (2 * distinct);
    writeSync(
      file,
      images[turn < distinct ? turn : 2 * distinct - 1 - turn]?.pixels ?? new Uint8Array(size * size * 2),
    );
  }
  closeSync(file);
}

interface Image {
  readonly header: DataSet;
  readonly pixels: Uint8Array;
}

function slices(): readonly Image[] {
  const series = {
    number: 1,
    description: "Trunk, multi-frame",
    bodyPart: "CHEST",
    anatomy: trunkOf({ seed: 5 }),
    size,
  };
  const made = ctSeries(study, {
    ...series,
    slices: distinct,
    fromZ: 240,
    toZ: -259,
    noiseHu: 30,
    window: { centre: 40, width: 400 },
  });
  return [...made].map(({ dataSet }) => {
    const content = dataSet.get(tags.pixelData)?.content;
    if (content?.is !== "bytes") throw new Error("a slice has no pixels");
    return { header: dataSet.without(tags.pixelData, ...ofOneSlice), pixels: content.bytes };
  });
}

/** Position, height, thickness and orientation of a slice are none of a whole volume's. */
const ofOneSlice = [0x0020_0032, 0x0020_0037, 0x0020_1041, 0x0018_0050, 0x0018_0088];

function own(sopInstance: string, frames: number): readonly DataElement[] {
  const values: Readonly<Record<string, readonly (string | number)[]>> = {
    SOPClassUID: [multiFrameWord],
    SOPInstanceUID: [sopInstance],
    ImageType: ["DERIVED", "SECONDARY"],
    ConversionType: ["WSD"],
    InstanceNumber: [1],
    NumberOfFrames: [frames],
    FrameTime: [40],
    FrameIncrementPointer: [0x0018_1063],
    BurnedInAnnotation: ["NO"],
  };
  return Object.entries(values).map(([keyword, value]) => {
    const element = makeElement(keyword, value);
    if (element === undefined) throw new Error(`${keyword} is no attribute`);
    return element;
  });
}

/** (7FE0,0010) OW with its length. Source: PS3.5 §7.1.2. */
function pixelHeader(lengthBytes: number): Uint8Array {
  const header = new Uint8Array([0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x57, 0, 0, 0, 0, 0, 0]);
  new DataView(header.buffer).setUint32(8, lengthBytes, true);
  return header;
}

const study: PhantomStudy = {
  seed: 5,
  patient: { id: "LARGE-1", issuer: "BENCH", name: "Bench^Large", sex: "M", birthDate: "19470702" },
  accessionNumber: "BENCH-LARGE-1",
  description: "Volume",
  date: "20261102",
  time: "100000",
  referringPhysician: "Lindqvist^Ingrid^^Dr",
  institution: "Corridor General Hospital",
  station: "CT-1",
};
