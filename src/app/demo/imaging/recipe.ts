import {
  ctSeries,
  encapsulatedPdf,
  headOf,
  mammogram,
  mrSeries,
  type PhantomInstance,
  type PhantomStudy,
  radiograph,
  seriesUid,
  textReport,
  trunkOf,
  ultrasound,
} from "#standards/phantoms";
import { pdfOf } from "../messages/pdf.ts";
import { type ExaminationName, examinations } from "./examinations.ts";

/** What is made for an examination. `isLarge` is as large as in life; otherwise it is kept small for the sake of the disk. */
export interface Recipe {
  readonly examination: ExaminationName;
  readonly isLarge: boolean;
  /** PN of who reported it; without one nothing but images is made. */
  readonly reporter?: string;
}

const nodule = { at: [-72, 14, 62], radiusMm: 8 } as const;

/** The objects of a study, each made when it is asked for; reports come last. */
export function* instancesOf(study: PhantomStudy, recipe: Recipe): Generator<PhantomInstance> {
  const images: Evidence[] = [];
  for (const image of imagesOf(study, recipe)) {
    images.push({ ...image, seriesInstance: image.dataSet.text("SeriesInstanceUID") ?? seriesUid(study, 1) });
    yield image;
  }
  if (recipe.reporter === undefined) return;
  const { findings, impression, name } = examinations[recipe.examination];
  const evidence = images.filter((_, at) => at % Math.ceil(images.length / 4) === 0);
  yield textReport(study, { findings, impression, author: recipe.reporter, seriesNumber: 900, evidence });
  if (!recipe.isLarge) return;
  const lines = [
    study.institution,
    "Department of Radiology",
    "",
    study.description,
    "",
    ...findings,
    "",
    ...impression,
  ];
  const note = ["", "A demonstration: nobody was examined."];
  yield encapsulatedPdf(study, { title: `Report: ${name}`, pdf: pdfOf([...lines, ...note]), seriesNumber: 901 });
}

type Evidence = Pick<PhantomInstance, "sopClass" | "sopInstance"> & { readonly seriesInstance: string };

function* imagesOf(study: PhantomStudy, recipe: Recipe): Generator<PhantomInstance> {
  const { seed } = study;
  const { isLarge } = recipe;
  switch (recipe.examination) {
    case "chest":
      yield radiograph(study, { anatomy: trunkOf({ seed, isOnTable: false }), size: 800 });
      return;
    case "nodule":
      yield radiograph(study, { anatomy: trunkOf({ seed, isOnTable: false, findings: [nodule] }), size: 800 });
      return;
    case "trunk":
    case "thorax":
      yield* ctOf(study, recipe);
      return;
    case "head": {
      const head = headOf({ seed, lesions: [{ at: [-28, -34, 14], radiusMm: 8 }] });
      const series = { head, slices: isLarge ? 28 : 20, spacingMm: isLarge ? 5 : 7, size: 256 };
      yield* mrSeries(study, { ...series, number: 1, weighting: "T1" });
      yield* mrSeries(study, { ...series, number: 2, weighting: "T2" });
      return;
    }
    case "echo": {
      const rows = isLarge ? 360 : 240;
      const size = { rows, columns: (rows * 4) / 3 };
      yield ultrasound(study, { ...size, frames: 44, isColour: false, seriesNumber: 1 });
      yield ultrasound(study, { ...size, frames: 22, isColour: true, seriesNumber: 2 });
      return;
    }
    case "breasts":
      yield* mammogram(study, { rows: 1024, columns: 768, calcifiedSide: "L" });
  }
}

/** As large as in life: 200 thin slices of 512 by 512; otherwise 40 of 256 by 256. */
function ctOf(study: PhantomStudy, { examination, isLarge }: Recipe): Generator<PhantomInstance> {
  const isTrunk = examination === "trunk";
  const anatomy = trunkOf({ seed: study.seed, findings: isTrunk ? [nodule] : [] });
  return ctSeries(study, {
    anatomy,
    number: 2,
    description: isTrunk ? "Chest, abdomen and pelvis" : "Chest",
    bodyPart: "CHEST",
    slices: isLarge ? 200 : 40,
    fromZ: 240,
    toZ: isTrunk ? -257.5 : -72,
    size: isLarge ? 512 : 256,
    noiseHu: isLarge ? 14 : 9,
    window: { centre: 40, width: 400 },
  });
}
