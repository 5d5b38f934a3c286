import { cache, eventTarget } from "@cornerstonejs/core";
import { annotation as annotations, Enums, type Types } from "@cornerstonejs/tools";
import { valueLines } from "../reports/measured-values.ts";
import type { MeasuredValue, Measurement, MeasurementKind } from "../reports/measurement.ts";
import type { Vector } from "../stack/vector.ts";
import { planeOfImage, valuesOn } from "./image-values.ts";
import { drawingTools } from "./tools.ts";

const kindsByTool = new Map(
  Object.entries(drawingTools).map(([kind, toolName]) => [toolName, kind as MeasurementKind]),
);

/** What is drawn on pictures, as measurements, in the order in which they were made. */
export function drawnMeasurements(): readonly Measurement[] {
  return annotations.state.getAllAnnotations().flatMap((drawn) => measurementOf(drawn) ?? []);
}

function measurementOf(drawn: Types.Annotation): Measurement | undefined {
  const kind = kindsByTool.get(drawn.metadata?.toolName ?? "");
  const imageId = drawn.metadata?.referencedImageId;
  const { annotationUID: uid } = drawn;
  if (kind === undefined || imageId === undefined || uid === undefined) return undefined;
  const points = pointsOf(drawn.data);
  const text = String(drawn.data.text ?? drawn.data.label ?? "");
  return { uid, kind, imageId, text, points, values: valuesOf({ uid, kind, imageId, points }) };
}

/** What was measured where the image is no longer, or not yet, in memory: nobody can have drawn on it meanwhile. */
const measuredBefore = new Map<string, readonly MeasuredValue[]>();

function valuesOf({ uid, kind, imageId, points }: Pick<Measurement, "uid" | "kind" | "imageId" | "points">) {
  const before = cache.getImage(imageId) === undefined ? measuredBefore.get(uid) : undefined;
  if (before !== undefined) return before;
  const { values } = valuesOn(imageId, kind, points);
  measuredBefore.set(uid, values);
  return values;
}

function pointsOf(data: Types.AnnotationData): readonly Vector[] {
  return (data.handles?.points ?? []).map(([x, y, z]) => [x, y, z]);
}

/** The lines that stand beside a shape: the same values that are written into a report. */
export function linesFor(kind: MeasurementKind) {
  return (data: Types.AnnotationData, targets: string | readonly string[]): string[] => {
    const [target] = typeof targets === "string" ? [targets] : targets;
    const imageId = (target ?? Object.keys(data.cachedStats ?? {})[0] ?? "").replace(/^imageId:/, "");
    const { values, note } = valuesOn(imageId, kind, pointsOf(data));
    return [...valueLines(values, note)];
  };
}

/** Draws a measurement that was read from a report. */
export function draw({ uid, kind, imageId, points, text, values }: Measurement): void {
  const plane = planeOfImage(imageId);
  if (plane === undefined || annotations.state.getAnnotation(uid) !== undefined) return;
  measuredBefore.set(uid, values);
  const drawn: Types.Annotation = {
    annotationUID: uid,
    highlighted: false,
    invalidated: true,
    isLocked: false,
    isVisible: true,
    metadata: {
      toolName: drawingTools[kind],
      viewPlaneNormal: [...plane.normal],
      referencedImageId: imageId,
      ...(plane.frameOfReference === undefined ? {} : { FrameOfReferenceUID: plane.frameOfReference }),
    } as Types.Annotation["metadata"] & object,
    data: {
      text,
      label: text,
      handles: {
        points: points.map(([x, y, z]): [number, number, number] => [x, y, z]),
        activeHandleIndex: null,
        arrowFirst: true,
        textBox: emptyTextBox,
      },
      cachedStats: {},
    },
  };
  annotations.state.addAnnotation(drawn, plane.frameOfReference ?? "");
}

const emptyTextBox = {
  hasMoved: false,
  worldPosition: [0, 0, 0] as [number, number, number],
  worldBoundingBox: {
    topLeft: [0, 0, 0] as [number, number, number],
    topRight: [0, 0, 0] as [number, number, number],
    bottomLeft: [0, 0, 0] as [number, number, number],
    bottomRight: [0, 0, 0] as [number, number, number],
  },
};

export function erase(uid: string): void {
  annotations.state.removeAnnotation(uid);
}

/** Takes away what is selected; gives how many that were. */
export function eraseSelected(): number {
  const selected = annotations.selection.getAnnotationsSelected();
  for (const uid of selected) erase(uid);
  return selected.length;
}

export function eraseAll(): void {
  measuredBefore.clear();
  annotations.state.removeAllAnnotations();
}

const { ChangeTypes, Events } = Enums;
const events = [Events.ANNOTATION_COMPLETED, Events.ANNOTATION_MODIFIED, Events.ANNOTATION_REMOVED];
const ofThemselves: ReadonlySet<unknown> = new Set([ChangeTypes.StatsUpdated, ChangeTypes.InitialSetup]);

/** Tells of every shape that is finished, changed or taken away, and whether somebody did it, until what it gives is called. */
export function watchDrawn(onChange: (isByHand: boolean) => void): () => void {
  const tell = (event: Event) => {
    const { annotation, changeType } = (event as CustomEvent<{ annotation?: Types.Annotation; changeType?: unknown }>)
      .detail;
    // Lines of reference are shapes too.
    if (!kindsByTool.has(annotation?.metadata?.toolName ?? "")) return;
    onChange(event.type !== Events.ANNOTATION_MODIFIED || !ofThemselves.has(changeType));
  };
  for (const event of events) eventTarget.addEventListener(event, tell);
  return () => {
    for (const event of events) eventTarget.removeEventListener(event, tell);
  };
}
