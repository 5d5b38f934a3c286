import { useSyncExternalStore } from "react";
import { currentAnnouncement, subscribeAnnouncements } from "./announcement.ts";

/** Stands once in the page, from its start, so that screen readers know the region before it speaks. */
export function Announcer() {
  const sentence = useSyncExternalStore(subscribeAnnouncements, currentAnnouncement);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {sentence}
    </div>
  );
}
