import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ctSeries, type PhantomStudy, phantomFile, trunkOf } from "#standards/phantoms";

const slices = 500;
/** Thin slices are so noisy that lossless coding halves them: 2.3 to 2.6 to one. */
const noiseHu = 50;

/** 500 slices of 512 by 512 pixels, 12 in 16 bits, about 525 kB each: `0001.dcm` to `0500.dcm`. */
export function writeCt500(folder: string, seed: number): void {
  const anatomy = trunkOf({ seed });
  const window = { centre: 40, width: 400 };
  const series = { number: 2, description: "Trunk 1 mm", bodyPart: "CHEST", anatomy, slices, fromZ: 240, toZ: -259 };
  let at = 0;
  for (const instance of ctSeries(studyOf(seed), { ...series, size: 512, noiseHu, window })) {
    at += 1;
    writeFileSync(join(folder, `${String(at).padStart(4, "0")}.dcm`), phantomFile(instance));
  }
}

function studyOf(seed: number): PhantomStudy {
  return {
    seed,
    patient: { id: `CT500-${seed}`, issuer: "BENCH", name: `Bench^Ct^${seed}`, sex: "F", birthDate: "19520314" },
    accessionNumber: `BENCH-CT-${seed}`,
    description: "CT chest and abdomen",
    date: "20261101",
    time: "090000",
    referringPhysician: "Lindqvist^Ingrid^^Dr",
    institution: "Corridor General Hospital",
    station: "CT-1",
  };
}
