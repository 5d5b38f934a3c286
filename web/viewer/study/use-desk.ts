import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useMe } from "../../shell/session/session.ts";
import type { JsonDataSet } from "../dicomweb/attributes.ts";
import { metadataQuery } from "../dicomweb/queries.ts";
import type { Series } from "../dicomweb/series.ts";
import type { Study } from "../dicomweb/study.ts";
import { isVideo } from "../dicomweb/video.ts";
import { goTo } from "../engine/gestures.ts";
import { openLightBox } from "../engine/light-box.ts";
import { writeReports } from "../reports/write-reports.ts";
import { withPalettes } from "../stack/palette.ts";
import { type Stack, stackOf } from "../stack/stack.ts";
import { openViewerStore, setPane } from "../state/viewer-state.ts";
import type { Desk, ImageTarget } from "./desk-context.ts";
import { messageOf } from "./message-of.ts";
import { openOutline } from "./open-outline.ts";

/** The viewer asks for the words beside an arrow. */
export interface Asking {
  readonly before: string;
  then(text: string | undefined): void;
}

interface DeskOptions {
  readonly study: Study;
  readonly series: readonly Series[];
  onAsk(asking: Asking): void;
}

/** A viewer for a study, open as long as the part of the page that asks for it. */
export function useDeskOf({ study, series, onAsk }: DeskOptions): Desk | undefined {
  const client = useQueryClient();
  const observer = useMe()?.display;
  const [desk, setDesk] = useState<Desk | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a study that is read again is the same study
  useEffect(() => {
    const store = openViewerStore();
    // One finger goes through the images, as it does through a page.
    if (window.matchMedia("(pointer: coarse)").matches) store.set((state) => ({ ...state, tool: "scroll" }));
    const box = openLightBox({ store, askText: (then, before) => onAsk({ then, before }) });
    const stacks = new Map<string, Promise<Stack>>();
    const stackFor = (one: Series) => {
      const known = stacks.get(one.uid) ?? readStack(client, one);
      stacks.set(one.uid, known);
      known.catch(() => stacks.delete(one.uid));
      return known;
    };
    const open = openerOf({ store, box, stackFor, instancesFor: (one) => readInstances(client, one) }, series);
    setDesk({
      store,
      box,
      study,
      series,
      open,
      goToImage: async (target) => {
        const shown = store.get().panes.flatMap(({ stack }) => stack?.series ?? []);
        const one = [...series, ...shown].find(({ uid }) => uid === target.seriesUid);
        if (one !== undefined) await showImage({ store, box, stackFor }, one, target);
      },
      stackFor,
      save: () => writeReports({ store, studyUid: study.uid, client, observer: observer ?? "" }),
    });
    return () => {
      setDesk(undefined);
      box.close();
    };
  }, [client, study.uid]);
  return desk;
}

function readInstances(client: QueryClient, one: Series): Promise<readonly JsonDataSet[]> {
  return client.fetchQuery(metadataQuery(one.studyUid, one.uid));
}

async function readStack(client: QueryClient, one: Series): Promise<Stack> {
  return stackOf(one, await withPalettes(await readInstances(client, one)));
}

type Parts = Pick<Desk, "store" | "box" | "stackFor"> & {
  instancesFor(series: Series): Promise<readonly JsonDataSet[]>;
};

function openerOf(parts: Parts, series: readonly Series[]): Desk["open"] {
  const { store, box, stackFor } = parts;
  return async (one, pane = store.get().active) => {
    if (one.kind === "outline") return openOutline({ ...parts, series }, one, pane);
    if (one.kind !== "images") {
      const hasImages = store.get().panes[pane]?.stack !== undefined;
      setPane(store, pane, { paper: one, ...(hasImages ? {} : { status: "empty" }) });
      return;
    }
    setPane(store, pane, { paper: undefined, status: "loading", problem: undefined });
    try {
      const stack = await stackFor(one);
      // A document may call itself of any modality, and a video is of one that has images.
      const [frame] = stack.frames;
      if (frame === undefined || isVideo(frame.instance)) setPane(store, pane, { paper: one, status: "empty" });
      else await box.show(pane, stack);
    } catch (error) {
      setPane(store, pane, { status: "failed", problem: messageOf(error) });
    }
  };
}

async function showImage(
  { store, box, stackFor }: Omit<Parts, "instancesFor">,
  one: Series,
  target: ImageTarget,
): Promise<void> {
  const { active, panes } = store.get();
  setPane(store, active, { paper: undefined });
  try {
    const stack = await stackFor(one);
    const found = stack.frames.findIndex(
      ({ sopInstance, frameNumber }) =>
        sopInstance === target.sopInstance && (target.frameNumber === undefined || frameNumber === target.frameNumber),
    );
    const index = Math.max(0, found);
    const pane = panes[active];
    const viewport = box.viewport(active);
    if (pane?.stack?.id === stack.id && pane.cut === "acquired" && viewport !== undefined) goTo(viewport, index);
    else await box.show(active, stack, { index });
  } catch (error) {
    setPane(store, active, { status: "failed", problem: messageOf(error) });
  }
}
