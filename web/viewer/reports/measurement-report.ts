import { codeItem, type DataSet, dataSetOf, ownFileBytes, uidOfUuid } from "#standards/dicom";
import type { JsonDataSet } from "../dicomweb/attributes.ts";
import { type Code, codes, units } from "./codes.ts";
import {
  conceptItem,
  container,
  coordinatesItem,
  type ImageReference,
  imageItem,
  numberItem,
  personItem,
  textItem,
  uidItem,
} from "./content-items.ts";
import type { MeasuredValue, Measurement, MeasurementKind } from "./measurement.ts";
import { type Evidence, evidenceItem, evidenceOf, headOf, studyUidOf } from "./object-head.ts";
import { type Shape, shapeOf } from "./shape.ts";
import type { PixelPoint } from "./statistics.ts";

const comprehensiveReport = "1.2.840.10008.5.1.4.1.1.88.33";

/** A measurement on an image of the archive, in the pixels of that image. */
export interface Reported {
  readonly measurement: Measurement;
  readonly image: Evidence;
  readonly points: readonly PixelPoint[];
}

export interface MeasurementReport {
  /** An instance of the study. */
  readonly of: JsonDataSet;
  /** Who measured. */
  readonly observer: string;
  readonly reported: readonly Reported[];
  /** The reports that this one takes the place of: everything of theirs that still holds stands in it. */
  readonly predecessors: readonly Evidence[];
  readonly now: Date;
}

export interface WrittenReport {
  readonly file: Uint8Array;
  /** How a later report names this one. */
  readonly evidence: Evidence;
}

/** A report of measurements as a DICOM file. Source: PS3.16 TID 1500. */
export function measurementReport({ of, observer, reported, predecessors, now }: MeasurementReport): WrittenReport {
  const study = studyUidOf(of);
  const head = headOf({
    of,
    sopClass: comprehensiveReport,
    modality: "SR",
    seriesDescription: "Measurements",
    seriesNumber: 9001,
    now,
  });
  const body = dataSetOf({
    ValueType: "CONTAINER",
    ConceptNameCodeSequence: [codeItem(codes.report)],
    ContinuityOfContent: "SEPARATE",
    ContentTemplateSequence: [dataSetOf({ MappingResource: "DCMR", TemplateIdentifier: "1500" })],
    PerformedProcedureCodeSequence: [],
    CompletionFlag: "PARTIAL",
    VerificationFlag: "UNVERIFIED",
    PredecessorDocumentsSequence: predecessors.length === 0 ? undefined : [evidenceItem(study, predecessors)],
    CurrentRequestedProcedureEvidenceSequence:
      reported.length === 0
        ? undefined
        : [
            evidenceItem(
              study,
              reported.map(({ image }) => image),
            ),
          ],
    ContentSequence: [
      conceptItem({ relation: "HAS CONCEPT MOD", name: codes.language }, codes.english),
      conceptItem({ relation: "HAS OBS CONTEXT", name: codes.observerType }, codes.person),
      personItem({ relation: "HAS OBS CONTEXT", name: codes.observerName }, observer),
      conceptItem({ relation: "HAS CONCEPT MOD", name: codes.procedure }, codes.imaging),
      container({ relation: "CONTAINS", name: codes.measurements, children: reported.map(groupOf) }),
    ],
  });
  return { file: ownFileBytes(head.with(...body.elements)), evidence: evidenceOf(head) };
}

/** Source: PS3.16 TID 1501 (lengths, angles, points), TID 1410 (regions). */
function groupOf({ measurement, image, points }: Reported): DataSet {
  const { kind, uid, text, values } = measurement;
  const shape = shapeOf(kind, points);
  const isRegion = kind === "rectangle" || kind === "ellipse" || kind === "arrow";
  const numbers = values.map((value) =>
    numberItem(
      {
        relation: "CONTAINS",
        name: nameOf(value, kind),
        children: isRegion ? [] : [coordinates("INFERRED FROM", shape, image)],
      },
      { value: value.value, unit: units[value.unit] ?? unknownUnit(value.unit) },
    ),
  );
  return container({
    relation: "CONTAINS",
    name: codes.group,
    children: [
      textItem({ relation: "HAS OBS CONTEXT", name: codes.trackingName }, `Corridor ${kind}`),
      uidItem({ relation: "HAS OBS CONTEXT", name: codes.trackingUid }, isUuid(uid) ? uidOfUuid(uid) : uid),
      ...(isRegion || numbers.length === 0 ? [coordinates("CONTAINS", shape, image)] : []),
      ...numbers,
      ...(text === "" ? [] : [textItem({ relation: "CONTAINS", name: codes.comment }, text)]),
    ],
  });
}

function coordinates(relation: "CONTAINS" | "INFERRED FROM", shape: Shape, image: ImageReference): DataSet {
  const name = relation === "CONTAINS" ? { name: codes.region } : {};
  return coordinatesItem({ relation, ...name, children: [imageItem({ relation: "SELECTED FROM" }, image)] }, shape);
}

function nameOf({ name, unit }: MeasuredValue, kind: MeasurementKind): Code {
  if (kind === "probe" || name === "value") return unit === "HU" ? codes.attenuation : codes.mean;
  return codes[name];
}

function unknownUnit(unit: string): Code {
  return { value: `{${unit.replaceAll(/[{}]/g, "")}}`, scheme: "UCUM", meaning: unit };
}

function isUuid(text: string): boolean {
  return /^[\da-f]{8}-/i.test(text);
}
