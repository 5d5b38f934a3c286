import { useBlocker } from "@tanstack/react-router";
import { isUnsaved } from "../state/viewer-state.ts";
import type { Desk } from "./desk-context.ts";

/** Asks before somebody leaves what was drawn or marked and not saved. */
export function useUnsavedWarning({ store }: Desk): void {
  const hasUnsaved = () => isUnsaved(store.get());
  useBlocker({
    shouldBlockFn: () =>
      hasUnsaved() && !window.confirm("What you measured or marked is not saved. Leave all the same?"),
    enableBeforeUnload: hasUnsaved,
  });
}
