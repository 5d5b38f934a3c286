import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { itemsOf, type JsonDataSet, textOf } from "../dicomweb/attributes.ts";
import { metadataQuery, seriesQuery } from "../dicomweb/queries.ts";
import type { Series } from "../dicomweb/series.ts";
import { draw, drawnMeasurements, watchDrawn } from "../engine/drawn.ts";
import { registerFrames } from "../engine/frame-metadata.ts";
import { planeOfImage } from "../engine/image-values.ts";
import type { Evidence } from "../reports/object-head.ts";
import { isOwn } from "../reports/own-document.ts";
import { type ReadMeasurement, readKeyImages, readMeasurements, standingReports } from "../reports/read-report.ts";
import { saidBy } from "../reports/write-reports.ts";
import { evidenceOfFrame, type Frame, keyOfFrame } from "../stack/frame.ts";
import { pointAt } from "../stack/plane.ts";
import { redraw } from "./actions.ts";
import type { Desk } from "./desk-context.ts";

/** Keeps the list of measurements as it is drawn, and draws what the archive knows of a study once an image of it is there. */
export function useReports(desk: Desk): void {
  const client = useQueryClient();
  useEffect(() => {
    const { store, box } = desk;
    let isOpen = true;
    const refresh = (isByHand: boolean) =>
      // The shape that is taken away is told of while it is still there.
      queueMicrotask(() => {
        if (!isOpen) return;
        const measurements = drawnMeasurements();
        store.set((state) => ({
          ...state,
          measurements,
          areMeasurementsChanged: state.areMeasurementsChanged || isByHand,
        }));
      });
    const unwatch = watchDrawn(refresh);
    const load = async (studyUid: string) => {
      const isOwn = studyUid === desk.study.uid;
      const series = isOwn ? desk.series : await client.fetchQuery(seriesQuery(studyUid));
      const read = (kind: Series["kind"]) =>
        documentsOf(
          client,
          series.filter((one) => one.kind === kind),
        );
      // A selection of key images is of one study.
      if (isOwn) await showKeyImages(desk, await read("key-images"));
      await drawReports(desk, { studyUid, series, reports: await read("report"), isOpen: () => isOpen });
      if (!isOpen) return;
      refresh(false);
      redraw(desk);
    };
    const read = new Set<string>();
    const stop = box.onImage((pane) => {
      const studyUid = store.get().panes[pane]?.stack?.series.studyUid;
      if (studyUid === undefined || read.has(studyUid)) return;
      read.add(studyUid);
      load(studyUid).catch(() => read.delete(studyUid));
    });
    return () => {
      isOpen = false;
      stop();
      unwatch();
    };
  }, [desk, client]);
}

/** The instances of several series; none of one that cannot be read. */
async function documentsOf(client: QueryClient, series: readonly Series[]): Promise<readonly JsonDataSet[]> {
  const read = (one: Series) =>
    client.fetchQuery(metadataQuery(one.studyUid, one.uid)).catch((): readonly JsonDataSet[] => []);
  return (await Promise.all(series.map(read))).flat();
}

interface StudyReports {
  readonly studyUid: string;
  readonly series: readonly Series[];
  readonly reports: readonly JsonDataSet[];
  isOpen(): boolean;
}

/** Draws the measurements of every report that stands, and notes which of Corridor's own the next one replaces. */
async function drawReports(desk: Desk, { studyUid, series, reports, isOpen }: StudyReports): Promise<void> {
  const own: Evidence[] = [];
  const taken: string[] = [];
  for (const report of standingReports(reports)) {
    const measurements = readMeasurements(report);
    const frames = await framesOfEvidence({ ...desk, series }, report);
    if (!isOpen()) return;
    const isWhole = measurements.map((one) => drawRead(one, frames)).every(Boolean);
    // A report is replaced only where everything in it was taken over.
    if (!isWhole || !isOwn(report, "report")) continue;
    taken.push(...measurements.map(({ uid }) => uid));
    own.push(evidenceOfDocument(report));
  }
  const says = saidBy(drawnMeasurements().filter(({ uid }) => taken.includes(uid)));
  desk.store.set((state) => ({ ...state, written: new Map(state.written).set(studyUid, { reports: own, says }) }));
}

function evidenceOfDocument(document: JsonDataSet): Evidence {
  const [series = "", sopClass = "", sopInstance = ""] = ["0020000E", "00080016", "00080018"].map((tag) =>
    textOf(document, tag),
  );
  return { series, sopClass, sopInstance };
}

/** The images that a document speaks of, by instance and frame. */
async function framesOfEvidence(desk: Desk, document: JsonDataSet): Promise<ReadonlyMap<string, Frame>> {
  const named = itemsOf(document, "0040A375")
    .flatMap((study) => itemsOf(study, "00081115"))
    .map((item) => textOf(item, "0020000E"));
  const stacks = await Promise.all(
    desk.series.filter((one) => one.kind === "images" && named.includes(one.uid)).map((one) => desk.stackFor(one)),
  );
  for (const stack of stacks) registerFrames(stack);
  return new Map(
    stacks.flatMap(({ frames }) =>
      frames.map((frame) => [`${frame.sopInstance}#${frame.frameNumber}`, frame] as const),
    ),
  );
}

function drawRead(read: ReadMeasurement, frames: ReadonlyMap<string, Frame>): boolean {
  const frame = frames.get(`${read.sopInstance}#${read.frameNumber}`);
  const plane = frame === undefined ? undefined : planeOfImage(frame.imageId);
  if (frame === undefined || plane === undefined) return false;
  const points = read.points.map((point) => pointAt(plane, point));
  draw({ uid: read.uid, kind: read.kind, imageId: frame.imageId, text: read.text, points, values: read.values });
  return true;
}

/** Of Corridor's own selections the newest holds, of others all. */
async function showKeyImages({ store, ...desk }: Desk, selections: readonly JsonDataSet[]): Promise<void> {
  const newest = selections
    .filter((one) => isOwn(one, "ofInterest"))
    .toSorted((one, other) => stampOf(other).localeCompare(stampOf(one)))[0];
  const holding = [...selections.filter((one) => !isOwn(one, "ofInterest")), ...(newest === undefined ? [] : [newest])];
  const marked = new Map(store.get().marked);
  for (const selection of holding) {
    const frames = await framesOfEvidence({ store, ...desk }, selection);
    for (const { sopInstance, frameNumber = 1 } of readKeyImages(selection)) {
      const frame = frames.get(`${sopInstance}#${frameNumber}`);
      if (frame !== undefined) marked.set(keyOfFrame(frame), evidenceOfFrame(frame));
    }
  }
  const selection = newest === undefined ? undefined : evidenceOfDocument(newest);
  store.set((state) => ({ ...state, selection, marked, keyImages: new Set(marked.keys()) }));
}

function stampOf(document: JsonDataSet): string {
  return `${textOf(document, "00080023") ?? ""}${textOf(document, "00080033") ?? ""}`;
}
