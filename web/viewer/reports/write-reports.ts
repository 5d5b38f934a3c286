import type { QueryClient } from "@tanstack/react-query";
import { now } from "../../parts/clock/now.ts";
import { textOf } from "../dicomweb/attributes.ts";
import { studyKey } from "../dicomweb/queries.ts";
import { storeInstances } from "../dicomweb/requests.ts";
import { frameNumberOf, instanceOf } from "../engine/frame-metadata.ts";
import { planeOfImage } from "../engine/image-values.ts";
import { pixelAt } from "../stack/plane.ts";
import type { ViewerState, ViewerStore, Written } from "../state/viewer-state.ts";
import type { Measurement } from "./measurement.ts";
import type { Reported } from "./measurement-report.ts";
import type { Evidence } from "./object-head.ts";

interface WriteReports {
  readonly store: ViewerStore;
  readonly studyUid: string;
  readonly client: QueryClient;
  /** Who measured. */
  readonly observer: string;
}

/** Stores a report of what is measured, a study each, and the key images where their marks changed. Throws `RequestFailed`. */
export async function writeReports({ store, studyUid, client, observer }: WriteReports): Promise<void> {
  const state = store.get();
  const [{ measurementReport }, { keyObjectSelection }] = await Promise.all([
    import("./measurement-report.ts"),
    import("./key-object-selection.ts"),
  ]);
  const at = new Date(now());
  for (const [study, measurements] of byStudy(state)) {
    const before = state.written.get(study);
    const says = saidBy(measurements);
    const of = instanceOf(measurements[0]?.imageId ?? anyImageOf(state, study) ?? "");
    if (of === undefined || says === (before?.says ?? nothing)) continue;
    const reported = measurements.flatMap(reportedOf);
    const report = measurementReport({ of, observer, reported, predecessors: before?.reports ?? [], now: at });
    await storeInstances(study, [report.file]);
    const now: Written = { reports: [report.evidence], says };
    store.set((later) => ({ ...later, written: new Map(later.written).set(study, now) }));
  }
  if (state.areMarksChanged) {
    const selection = await writeKeyImages(state, { studyUid, observer, at, keyObjectSelection });
    store.set((later) => ({ ...later, selection: selection ?? later.selection }));
  }
  store.set((later) => ({
    ...later,
    areMeasurementsChanged: later.measurements !== state.measurements,
    areMarksChanged: later.keyImages !== state.keyImages,
  }));
  await client.invalidateQueries({ queryKey: [...studyKey(studyUid), "series"] });
}

/** The measurements that can be saved, also none of a study whose last one was taken away. */
function byStudy({ measurements, written }: ViewerState): ReadonlyMap<string, readonly Measurement[]> {
  const found = Map.groupBy(measurements.filter(canBeSaved), ({ imageId }) => studyOf(imageId));
  const none: readonly Measurement[] = [];
  return new Map([...[...written.keys()].map((study) => [study, none] as const), ...found]);
}

/** What a report of these measurements says, to be compared with another. */
export function saidBy(measurements: readonly Measurement[]): string {
  return JSON.stringify(
    measurements.map(({ uid, kind, imageId, text, points }) => [
      uid,
      kind,
      imageId,
      text,
      points.map((point) => point.map((part) => part.toFixed(2))),
    ]),
  );
}

const nothing = saidBy([]);

function anyImageOf({ panes }: ViewerState, study: string): string | undefined {
  return panes.flatMap(({ stack }) => stack?.frames[0] ?? []).find(({ imageId }) => studyOf(imageId) === study)
    ?.imageId;
}

function studyOf(imageId: string): string {
  return textOf(instanceOf(imageId) ?? {}, "0020000D") ?? "";
}

/** Whether a measurement can be written down: one on a cut has no image in the archive to stand on. */
export function canBeSaved({ imageId }: Measurement): boolean {
  return instanceOf(imageId) !== undefined;
}

function reportedOf(measurement: Measurement): readonly Reported[] {
  const image = evidenceOfImage(measurement.imageId);
  const plane = planeOfImage(measurement.imageId);
  if (image === undefined || plane === undefined) return [];
  return [{ measurement, image, points: measurement.points.map((point) => pixelAt(plane, point)) }];
}

function evidenceOfImage(imageId: string): Evidence | undefined {
  const instance = instanceOf(imageId);
  if (instance === undefined) return undefined;
  const isOneOfMany = Number(textOf(instance, "00280008") ?? 1) > 1;
  return {
    series: textOf(instance, "0020000E") ?? "",
    sopClass: textOf(instance, "00080016") ?? "",
    sopInstance: textOf(instance, "00080018") ?? "",
    ...(isOneOfMany ? { frameNumber: frameNumberOf(imageId) } : {}),
  };
}

interface WriteKeyImages {
  readonly studyUid: string;
  readonly observer: string;
  readonly at: Date;
  readonly keyObjectSelection: typeof import("./key-object-selection.ts").keyObjectSelection;
}

async function writeKeyImages(
  state: ViewerState,
  { studyUid, observer, at, keyObjectSelection }: WriteKeyImages,
): Promise<Evidence | undefined> {
  const { marked, selection: before } = state;
  const images = [...state.keyImages].flatMap((key) => marked.get(key) ?? []);
  const of = instanceOf(anyImageOf(state, studyUid) ?? "");
  const selection = of === undefined ? undefined : keyObjectSelection({ of, observer, images, before, now: at });
  if (selection !== undefined) await storeInstances(studyUid, [selection.file]);
  return selection?.evidence;
}
