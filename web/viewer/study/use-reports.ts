import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { itemsOf, type JsonDataSet, textOf } from "../dicomweb/attributes.ts";
import { metadataQuery } from "../dicomweb/queries.ts";
import { draw, drawnMeasurements, watchDrawn } from "../engine/drawn.ts";
import { registerFrames } from "../engine/frame-metadata.ts";
import type { Evidence } from "../reports/object-head.ts";
import { isOwn } from "../reports/own-document.ts";
import { type ReadMeasurement, readKeyImages, readMeasurements, standingReports } from "../reports/read-report.ts";
import { evidenceOfFrame, type Frame, keyOfFrame } from "../stack/frame.ts";
import { flatPlane, pointAt } from "../stack/plane.ts";
import type { Desk } from "./desk-context.ts";

/** Keeps the list of measurements as it is drawn, and draws what the archive knows once the first image is there. */
export function useReports(desk: Desk): void {
  const client = useQueryClient();
  useEffect(() => {
    const { store, box, series } = desk;
    let isOpen = true;
    const refresh = (isByHand: boolean) =>
      // The shape that is taken away is told of while it is still there.
      queueMicrotask(() => {
        if (!isOpen) return;
        const measurements = drawnMeasurements();
        store.set((state) => ({ ...state, measurements, isUnsaved: state.isUnsaved || isByHand }));
      });
    const unwatch = watchDrawn(refresh);
    const read = (kind: "report" | "key-images") =>
      Promise.all(
        series
          .filter((one) => one.kind === kind)
          .map((one) =>
            client.fetchQuery(metadataQuery(one.studyUid, one.uid)).catch((): readonly JsonDataSet[] => []),
          ),
      ).then((found) => found.flat());
    const load = async () => {
      await showKeyImages(desk, await read("key-images"));
      await drawReports(desk, await read("report"));
      if (!isOpen) return;
      refresh(false);
      for (const pane of store.get().panes.keys()) box.viewport(pane)?.render();
    };
    const stop = box.onImage(() => {
      stop();
      void load();
    });
    return () => {
      isOpen = false;
      stop();
      unwatch();
    };
  }, [desk, client]);
}

/** Draws the measurements of every report that stands, and notes which of Corridor's own the next one replaces. */
async function drawReports(desk: Desk, reports: readonly JsonDataSet[]): Promise<void> {
  const own: Evidence[] = [];
  for (const report of standingReports(reports)) {
    const measurements = readMeasurements(report);
    const frames = await framesOfEvidence(desk, report);
    const isWhole = measurements.map((one) => drawRead(one, frames)).every(Boolean);
    // A report is replaced only where everything in it was taken over.
    if (isWhole && isOwn(report, "report"))
      own.push({
        series: textOf(report, "0020000E") ?? "",
        sopClass: textOf(report, "00080016") ?? "",
        sopInstance: textOf(report, "00080018") ?? "",
      });
  }
  desk.store.set((state) => ({ ...state, ownReports: own }));
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
  if (frame === undefined) return false;
  const plane = frame.plane ?? flatPlane(frame.instance);
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
  if (marked.size > 0) store.set((state) => ({ ...state, marked, keyImages: new Set(marked.keys()) }));
}

function stampOf(document: JsonDataSet): string {
  return `${textOf(document, "00080023") ?? ""}${textOf(document, "00080033") ?? ""}`;
}
