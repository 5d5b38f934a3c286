import type { Panel } from "#departments/clinical/api";

/** What a reader who looks for the unusual must not miss: a flag, or a report that is not the laboratory's last word. */
export function needsAttention(panel: Panel): boolean {
  return panel.worst !== undefined || panel.status.tone !== "final";
}
