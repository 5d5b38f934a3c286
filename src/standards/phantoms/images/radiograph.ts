import { seedFrom } from "../chance.ts";
import { dataSetOf, decimal } from "../header/attributes.ts";
import { storageClassNamed } from "../header/classes.ts";
import { instanceUid, laterBy, patientModule, seriesModule, sopModule, studyModule } from "../header/modules.ts";
import { pixelModule, storedPixels } from "../header/pixels.ts";
import type { PhantomInstance } from "../instance.ts";
import { addNoise, soften } from "../noise.ts";
import { type Anatomy, type Grid, paintSlice } from "../paint.ts";
import type { PhantomStudy } from "../study.ts";

export interface RadiographOf {
  /** In Hounsfield units, without a table. */
  readonly anatomy: Anatomy;
  /** Rows and columns. */
  readonly size: number;
}

const bitsStored = 12;
const fieldMm = 400;
/** Height of the first row over the dome of the diaphragm. */
const topZ = 262;
/** Of water, for the rays of a chest radiograph. */
const attenuationPerMm = 0.0165;
/** Depth of the body that one step of a ray goes through. */
const depthStepMm = 3.2;
const depthSteps = 80;

const crClass = storageClassNamed("Computed Radiography Image Storage");

/** A chest from behind, as the shadows of the anatomy: bright where rays were held up. Source: PS3.3 Table A.2-1 (CR Image IOD). */
export function radiograph(study: PhantomStudy, of: RadiographOf): PhantomInstance {
  const { size } = of;
  const sopInstance = instanceUid(study, 1, 1);
  const pixels = shadows(of);
  soften(pixels, size);
  addNoise(pixels, { deviation: 9, seed: seedFrom(study.seed, "cr") });
  const time = laterBy(study.time, 60);
  const spacing = decimal(fieldMm / size);
  const dataSet = dataSetOf({
    ...sopModule(crClass, sopInstance),
    ...patientModule(study),
    ...studyModule(study),
    ...seriesModule(study, { modality: "CR", number: 1, description: "Chest PA", bodyPart: "CHEST", afterSeconds: 60 }),
    ...pixelModule({ rows: size, columns: size, bitsStored, photometric: "MONOCHROME1" }),
    ImageType: ["ORIGINAL", "PRIMARY"],
    InstanceNumber: 1,
    AcquisitionNumber: 1,
    AcquisitionDate: study.date,
    AcquisitionTime: time,
    ContentDate: study.date,
    ContentTime: time,
    PatientOrientation: ["L", "F"],
    ViewPosition: "PA",
    ImagerPixelSpacing: [spacing, spacing],
    KVP: 125,
    Exposure: 3,
    PlateType: "",
    WindowCenter: 2_150,
    WindowWidth: 3_100,
    BurnedInAnnotation: "NO",
    PixelData: storedPixels(pixels, bitsStored),
  });
  return { sopClass: crClass, sopInstance, dataSet };
}

/** Row by row, a slice seen from its edge. What reached the plate, on a logarithmic scale: much is a high value, shown black. */
function shadows({ anatomy, size }: RadiographOf): Float32Array {
  const grid: Grid = { columns: size, rows: depthSteps, columnMm: fieldMm / size, rowMm: depthStepMm };
  const slice = new Float32Array(size * depthSteps);
  const image = new Float32Array(size * size);
  for (let row = 0; row < size; row += 1) {
    slice.fill(-1000);
    paintSlice(slice, grid, { anatomy, z: topZ - row * grid.columnMm });
    for (let column = 0; column < size; column += 1) {
      let water = 0;
      for (let step = 0; step < depthSteps; step += 1) water += waterOf(slice[step * size + column] as number);
      const held = (water / 1000) * depthStepMm * attenuationPerMm;
      image[row * size + column] = 3_900 - 760 * held;
    }
  }
  return image;
}

/** Bone holds up more than its density says. */
function waterOf(hounsfield: number): number {
  return hounsfield > 300 ? 1000 + 2.4 * hounsfield : 1000 + Math.min(hounsfield, 60);
}
