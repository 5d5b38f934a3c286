import { type DataElement, type DataSet, dataSetOf, makeElement } from "#standards/dicom";

/** What is left of one annotation of a presentation state, when its texts were gone through. Source: PS3.3 §C.10.5. */
export type AnnotationLeft = (annotation: DataSet) => DataSet | undefined;

const lines: ReadonlySet<string> = new Set(["POLYLINE", "INTERPOLATED", "MULTILINE"]);

/** An open line of so many points is a distance, an angle, an arrow. Handwriting has more. */
const openPointsMax = 4;

/**
 * Shapes stay, and texts that were reviewed; an open line of many points goes, as somebody may have written with it. Undefined
 * where nothing stays. Source: PS3.15 §E.3.3.
 */
export function cleanedAnnotation(annotation: DataSet): DataSet | undefined {
  const left = [
    kept(annotation, "TextObjectSequence", (item) => item.text("UnformattedTextValue") !== undefined),
    kept(annotation, "GraphicObjectSequence", isShape),
    kept(annotation, "CompoundGraphicSequence", isShape),
  ].filter((element) => element !== undefined);
  return left.length === 0 ? undefined : withoutObjects(annotation).with(...left);
}

/** A point in the corner in place of whatever was there. */
export function dummyAnnotation(annotation: DataSet): DataSet | undefined {
  const point = dataSetOf({
    GraphicAnnotationUnits: "PIXEL",
    GraphicDimensions: 2,
    NumberOfGraphicPoints: 1,
    GraphicData: [1, 1],
    GraphicType: "POINT",
  });
  const objects = makeElement("GraphicObjectSequence", [point]);
  return objects === undefined ? undefined : withoutObjects(annotation).with(objects);
}

/** A sequence of annotations that was entered already; undefined where nothing of it stays. */
export function withAnnotations(sequence: DataElement | undefined, left: AnnotationLeft): DataElement | undefined {
  if (sequence?.content.is !== "items") return undefined;
  const items = sequence.content.items.flatMap((item) => {
    const dataSet = left(item.dataSet);
    return dataSet === undefined ? [] : [{ ...item, dataSet }];
  });
  return items.length === 0 ? undefined : { ...sequence, content: { ...sequence.content, items } };
}

function withoutObjects(annotation: DataSet): DataSet {
  const objects = ["TextObjectSequence", "GraphicObjectSequence", "CompoundGraphicSequence"];
  return annotation.without(...objects.flatMap((keyword) => annotation.get(keyword)?.tag ?? []));
}

function kept(annotation: DataSet, keyword: string, isKept: (item: DataSet) => boolean): DataElement | undefined {
  return withAnnotations(annotation.get(keyword), (item) => (isKept(item) ? item : undefined));
}

function isShape(object: DataSet): boolean {
  const type = object.text("GraphicType") ?? object.text("CompoundGraphicType") ?? "";
  if (!lines.has(type)) return true;
  const numbers = object.numbers("GraphicData");
  const [x, y] = numbers;
  const isClosed = numbers.length > 4 && x === numbers.at(-2) && y === numbers.at(-1);
  return isClosed || numbers.length <= 2 * openPointsMax;
}
