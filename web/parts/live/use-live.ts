import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { LiveEvent } from "#departments/clinical/api";
import { gatherEvents } from "./gather-events.ts";
import { openLiveStream } from "./live-stream.ts";

/** A busy link changes many times a second; a page asks again at most this often. */
const changesEveryMs = 1_000;

interface LiveOptions {
  /** `/api/clinical/links/live`. */
  readonly path: string;
  /** Position of what is on the screen; nothing is listened to until it is known. */
  readonly position: number | undefined;
  onChange(event: LiveEvent): void;
}

/**
 * Listens while the page is open and visible. A page in the background holds no connection, because a browser
 * allows few to one address; when it comes back, everything on it is asked for again.
 */
export function useLive({ path, position, onChange }: LiveOptions): void {
  const client = useQueryClient();
  const visible = usePageVisible();
  const start = useRef(position);
  start.current ??= position;
  const change = useRef(onChange);
  change.current = onChange;
  const known = position !== undefined;

  useEffect(() => {
    if (!known || !visible) return;
    const gathered = gatherEvents(changesEveryMs, (event) => change.current(event));
    const stream = openLiveStream(path, start.current ?? 0, {
      onChange: (event) => {
        start.current = event.position;
        gathered.add(event);
      },
      onReturn: () => void client.invalidateQueries(),
      onInterrupted: () => void client.invalidateQueries({ queryKey: ["access", "me"] }),
    });
    return () => {
      stream.close();
      gathered.end();
    };
  }, [path, known, visible, client]);
}

function usePageVisible(): boolean {
  const [visible, setVisible] = useState(() => document.visibilityState === "visible");
  useEffect(() => {
    const update = () => setVisible(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", update);
    return () => document.removeEventListener("visibilitychange", update);
  }, []);
  return visible;
}
