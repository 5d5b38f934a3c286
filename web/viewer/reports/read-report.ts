import { itemsOf, type JsonDataSet, numberOf, numbersOf, textOf } from "../dicomweb/attributes.ts";
import { codes, shownUnit } from "./codes.ts";
import type { MeasuredValue, MeasurementKind } from "./measurement.ts";
import { drawnShape, type Shape } from "./shape.ts";
import type { PixelPoint } from "./statistics.ts";

/** A measurement of a report, in the pixels of an image that may or may not be in memory. */
export interface ReadMeasurement {
  readonly uid: string;
  readonly kind: MeasurementKind;
  readonly points: readonly PixelPoint[];
  readonly text: string;
  readonly values: readonly MeasuredValue[];
  readonly sopInstance: string;
  readonly frameNumber: number;
}

/** The measurements of a report that the viewer can draw, from whatever program it stems. Source: PS3.16 TID 1500. */
export function readMeasurements(report: JsonDataSet): readonly ReadMeasurement[] {
  return groupsOf(report).flatMap((group) => readGroup(group) ?? []);
}

function groupsOf(item: JsonDataSet): readonly JsonDataSet[] {
  if (codeOf(item) === codes.group.value) return [item];
  return contentOf(item).flatMap(groupsOf);
}

function readGroup(group: JsonDataSet): ReadMeasurement | undefined {
  const items = contentOf(group);
  const uid = items.find((item) => codeOf(item) === codes.trackingUid.value);
  const text = items.find((item) => codeOf(item) === codes.comment.value);
  const coordinates = [group, ...items].flatMap(contentOf).find((item) => textOf(item, "0040A040") === "SCOORD");
  const image = coordinates === undefined ? undefined : contentOf(coordinates).find(isImage);
  const [reference] = itemsOf(image ?? {}, "00081199");
  const sopInstance = textOf(reference ?? {}, "00081155");
  if (coordinates === undefined || reference === undefined || sopInstance === undefined) return undefined;
  const words = text === undefined ? "" : (textOf(text, "0040A160") ?? "");
  const isCounted = items.some((item) => textOf(item, "0040A040") === "NUM");
  const shape = drawnShape(readShape(coordinates), !isCounted && words !== "");
  if (shape === undefined) return undefined;
  return {
    ...shape,
    uid: textOf(uid ?? {}, "0040A124") ?? `${sopInstance}-${numbersOf(coordinates, "00700022").join("-")}`,
    text: words,
    values: items.flatMap((item) => readValue(item, shape.kind) ?? []),
    sopInstance,
    frameNumber: numberOf(reference, "00081160") ?? 1,
  };
}

const named: readonly MeasuredValue["name"][] = ["length", "angle", "area", "mean", "deviation", "minimum", "maximum"];

function readValue(item: JsonDataSet, kind: MeasurementKind): MeasuredValue | undefined {
  const [measured] = itemsOf(item, "0040A300");
  const value = numberOf(measured ?? {}, "0040A30A");
  const concept = codeOf(item);
  const name = kind === "probe" ? "value" : named.find((one) => codes[one as keyof typeof codes].value === concept);
  if (value === undefined || name === undefined) return undefined;
  return { name, value, unit: shownUnit(textOf(itemsOf(measured ?? {}, "004008EA")[0] ?? {}, "00080100") ?? "") };
}

function readShape(coordinates: JsonDataSet): Shape {
  const type = textOf(coordinates, "00700023");
  return {
    type: type === "POINT" || type === "ELLIPSE" ? type : "POLYLINE",
    points: numbersOf(coordinates, "00700022"),
  };
}

function isImage(item: JsonDataSet): boolean {
  return textOf(item, "0040A040") === "IMAGE";
}

/** The instances that a report takes the place of. */
export function predecessorsOf(report: JsonDataSet): readonly string[] {
  return itemsOf(report, "0040A360")
    .flatMap((study) => itemsOf(study, "00081115"))
    .flatMap((series) => itemsOf(series, "00081199"))
    .flatMap((reference) => textOf(reference, "00081155") ?? []);
}

/** The reports that no other takes the place of. */
export function standingReports(reports: readonly JsonDataSet[]): readonly JsonDataSet[] {
  const replaced = new Set(reports.flatMap(predecessorsOf));
  return reports.filter((report) => !replaced.has(textOf(report, "00080018") ?? ""));
}

export interface ReadKeyImage {
  readonly sopInstance: string;
  readonly frameNumber: number | undefined;
}

/** Titles under which a selection names what was rejected, and not what is of interest. Source: PS3.16 CID 7011. */
const rejections: ReadonlySet<string | undefined> = new Set(["113001", "113037", "113038", "113039"]);

/** The images that a selection of key objects names; none for a rejection note. Source: PS3.16 TID 2010. */
export function readKeyImages(selection: JsonDataSet): readonly ReadKeyImage[] {
  if (rejections.has(codeOf(selection))) return [];
  return contentOf(selection)
    .filter(isImage)
    .flatMap((item) => itemsOf(item, "00081199"))
    .flatMap((reference) => {
      const sopInstance = textOf(reference, "00081155");
      return sopInstance === undefined ? [] : [{ sopInstance, frameNumber: numberOf(reference, "00081160") }];
    });
}

/** A line of a report as it is read: what it is called, what it says, and what belongs to it. */
export interface ReadItem {
  readonly name: string;
  readonly says: string;
  readonly image: ReadKeyImage | undefined;
  readonly children: readonly ReadItem[];
}

/** The content of any structured report, as a tree. Source: PS3.3 C.17.3. */
export function readTree(item: JsonDataSet): ReadItem {
  const [reference] = itemsOf(item, "00081199");
  const sopInstance = textOf(reference ?? {}, "00081155");
  return {
    name: textOf(itemsOf(item, "0040A043")[0] ?? {}, "00080104") ?? "",
    says: saidBy(item),
    image: sopInstance === undefined ? undefined : { sopInstance, frameNumber: numberOf(reference ?? {}, "00081160") },
    children: contentOf(item).map(readTree),
  };
}

function saidBy(item: JsonDataSet): string {
  switch (textOf(item, "0040A040")) {
    case "NUM": {
      const [measured] = itemsOf(item, "0040A300");
      const unit = textOf(itemsOf(measured ?? {}, "004008EA")[0] ?? {}, "00080100") ?? "";
      return `${textOf(measured ?? {}, "0040A30A") ?? "no value"} ${shownUnit(unit)}`.trim();
    }
    case "CODE":
      return textOf(itemsOf(item, "0040A168")[0] ?? {}, "00080104") ?? "";
    case "PNAME": {
      const [name] = item["0040A123"]?.Value ?? [];
      return typeof name === "object" && name !== null && "Alphabetic" in name
        ? String(name.Alphabetic).replaceAll("^", " ").trim()
        : "";
    }
    case "SCOORD":
      return `${textOf(item, "00700023")?.toLowerCase() ?? "shape"} on an image`;
    case "IMAGE":
      return "an image";
    default:
      return (
        textOf(item, "0040A160") ??
        textOf(item, "0040A124") ??
        textOf(item, "0040A121") ??
        textOf(item, "0040A120") ??
        ""
      );
  }
}

function contentOf(item: JsonDataSet): readonly JsonDataSet[] {
  return itemsOf(item, "0040A730");
}

function codeOf(item: JsonDataSet): string | undefined {
  return textOf(itemsOf(item, "0040A043")[0] ?? {}, "00080100");
}
