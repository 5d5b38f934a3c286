import { itemsOf, type JsonDataSet, numberOf, numbersOf, textOf } from "../dicomweb/attributes.ts";
import { type Vector, vectorAt } from "../stack/vector.ts";
import { otherColour, rgbColour } from "./colour.ts";
import type { Contour, Outline, Region } from "./outline.ts";

/** A structure set of radiotherapy. Source: PS3.3 C.8.8.5, C.8.8.6. */
export function readStructureSet(instance: JsonDataSet): Outline {
  const contoured = itemsOf(instance, "30060039");
  const ofRegion = new Map(contoured.map((item) => [numberOf(item, "30060084"), item]));
  const structures = itemsOf(instance, "30060020");
  const frames = itemsOf(instance, "30060010");
  const studies = frames.flatMap((frame) => itemsOf(frame, "30060012"));
  const series = studies.flatMap((study) => itemsOf(study, "30060014"));
  return {
    id: textOf(instance, "00080018") ?? "",
    name: textOf(instance, "30060002") ?? textOf(instance, "0008103E") ?? "Structures",
    frameOfReference:
      textOf(frames[0] ?? {}, "00200052") ?? textOf(structures[0] ?? {}, "30060024") ?? textOf(instance, "00200052"),
    imageSeries: series.flatMap((one) => textOf(one, "0020000E") ?? []),
    regions: structures.map((structure, place) => regionOf(structure, place, ofRegion)),
    masks: [],
    contours: contoured.flatMap(contoursOf),
  };
}

function regionOf(
  structure: JsonDataSet,
  place: number,
  ofRegion: ReadonlyMap<number | undefined, JsonDataSet>,
): Region {
  const number = numberOf(structure, "30060022") ?? place + 1;
  return {
    number,
    name: textOf(structure, "30060026") ?? `Structure ${number}`,
    colour: rgbColour(numbersOf(ofRegion.get(number) ?? {}, "3006002A")) ?? otherColour(place),
  };
}

function contoursOf(item: JsonDataSet): readonly Contour[] {
  const region = numberOf(item, "30060084");
  if (region === undefined) return [];
  return itemsOf(item, "30060040").flatMap((contour) => {
    const numbers = numbersOf(contour, "30060050");
    const points = Array.from({ length: Math.floor(numbers.length / 3) }, (_, at) => vectorAt(numbers, at * 3)).filter(
      (point): point is Vector => point !== undefined,
    );
    return points.length === 0 ? [] : [{ region, kind: kindOf(contour, points.length), points }];
  });
}

function kindOf(contour: JsonDataSet, points: number): Contour["kind"] {
  const type = textOf(contour, "30060042");
  if (type === "POINT" || points === 1) return "point";
  return type?.startsWith("OPEN") === true ? "open" : "closed";
}
