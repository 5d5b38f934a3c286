import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useMe } from "../../shell/session/session.ts";
import { metadataQuery } from "../dicomweb/queries.ts";
import type { Series } from "../dicomweb/series.ts";
import type { Study } from "../dicomweb/study.ts";
import { goTo } from "../engine/gestures.ts";
import { openLightBox } from "../engine/light-box.ts";
import { writeReports } from "../reports/write-reports.ts";
import { withPalettes } from "../stack/palette.ts";
import { type Stack, stackOf } from "../stack/stack.ts";
import { openViewerStore, setPane } from "../state/viewer-state.ts";
import type { Desk, ImageTarget } from "./desk-context.ts";
import { messageOf } from "./message-of.ts";

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
    const box = openLightBox({ store, askText: (then, before) => onAsk({ then, before }) });
    const stacks = new Map<string, Promise<Stack>>();
    const stackFor = (one: Series) => {
      const known =
        stacks.get(one.uid) ??
        client
          .fetchQuery(metadataQuery(one.studyUid, one.uid))
          .then(withPalettes)
          .then((instances) => stackOf(one, instances));
      stacks.set(one.uid, known);
      return known;
    };
    const open = openerOf({ store, box, stackFor, onFailed: (uid) => stacks.delete(uid) });
    setDesk({
      store,
      box,
      study,
      series,
      open,
      goToImage: async (target) => {
        const one = series.find(({ uid }) => uid === target.seriesUid);
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

type Parts = Pick<Desk, "store" | "box"> & { stackFor(series: Series): Promise<Stack> };

function openerOf({ store, box, stackFor, onFailed }: Parts & { onFailed(uid: string): void }): Desk["open"] {
  return async (one, pane = store.get().active) => {
    if (one.kind !== "images") {
      setPane(store, pane, { paper: one });
      return;
    }
    setPane(store, pane, { paper: undefined, status: "loading", problem: undefined });
    try {
      await box.show(pane, await stackFor(one));
    } catch (error) {
      onFailed(one.uid);
      setPane(store, pane, { status: "failed", problem: messageOf(error) });
    }
  };
}

async function showImage({ store, box, stackFor }: Parts, one: Series, target: ImageTarget): Promise<void> {
  const stack = await stackFor(one);
  const { active, panes } = store.get();
  const index = stack.frames.findIndex(
    ({ sopInstance, frameNumber }) =>
      sopInstance === target.sopInstance && (target.frameNumber === undefined || frameNumber === target.frameNumber),
  );
  const pane = panes[active];
  const viewport = box.viewport(active);
  setPane(store, active, { paper: undefined });
  if (pane?.stack?.id === stack.id && pane.cut === "acquired" && viewport !== undefined)
    goTo(viewport, Math.max(0, index));
  else await box.show(active, stack, { index: Math.max(0, index) });
}
