import { type AttributeValue, type CodedEntry, codeItem, type DataSet, dataSetOf } from "#standards/dicom";

export type Relation = "CONTAINS" | "HAS OBS CONTEXT" | "HAS CONCEPT MOD" | "INFERRED FROM" | "SELECTED FROM";

interface Item {
  readonly relation: Relation;
  readonly name?: CodedEntry;
  readonly children?: readonly DataSet[];
}

/** Source: PS3.3 Table C.17-6 (relationships and what each value type holds). */
function item(
  type: string,
  { relation, name, children = [] }: Item,
  own: Readonly<Record<string, AttributeValue>>,
): DataSet {
  return dataSetOf({
    RelationshipType: relation,
    ValueType: type,
    ConceptNameCodeSequence: name === undefined ? undefined : [codeItem(name)],
    ContentSequence: children.length === 0 ? undefined : children,
    ...own,
  });
}

export const container = (head: Item) => item("CONTAINER", head, { ContinuityOfContent: "SEPARATE" });
export const textItem = (head: Item, text: string) => item("TEXT", head, { TextValue: text });
export const uidItem = (head: Item, uid: string) => item("UIDREF", head, { UID: uid });
export const personItem = (head: Item, name: string) => item("PNAME", head, { PersonName: name });
export const conceptItem = (head: Item, code: CodedEntry) =>
  item("CODE", head, { ConceptCodeSequence: [codeItem(code)] });

export function numberItem(
  head: Item,
  { value, unit }: { readonly value: number; readonly unit: CodedEntry },
): DataSet {
  const measured = dataSetOf({ NumericValue: decimal(value), MeasurementUnitsCodeSequence: [codeItem(unit)] });
  return item("NUM", head, { MeasuredValueSequence: [measured] });
}

/** At most 16 characters. Source: PS3.5 §6.2, DS. */
function decimal(value: number): string {
  return String(Number(value.toPrecision(10))).slice(0, 16);
}

/** Coordinates are counted from the upper left corner of the first pixel. Source: PS3.3 C.18.6. */
export function coordinatesItem(
  head: Item,
  { type, points }: { readonly type: string; readonly points: readonly number[] },
): DataSet {
  return item("SCOORD", head, { GraphicType: type, GraphicData: points });
}

export interface ImageReference {
  readonly sopClass: string;
  readonly sopInstance: string;
  /** Absent for an instance of one frame. */
  readonly frameNumber?: number;
}

export function imageItem(head: Item, image: ImageReference): DataSet {
  return referenceItem("IMAGE", head, image);
}

/** Another document. */
export const compositeItem = (head: Item, document: ImageReference) => referenceItem("COMPOSITE", head, document);

function referenceItem(
  type: "IMAGE" | "COMPOSITE",
  head: Item,
  { sopClass, sopInstance, frameNumber }: ImageReference,
): DataSet {
  const reference = dataSetOf({
    ReferencedSOPClassUID: sopClass,
    ReferencedSOPInstanceUID: sopInstance,
    ReferencedFrameNumber: frameNumber,
  });
  return item(type, head, { ReferencedSOPSequence: [reference] });
}
