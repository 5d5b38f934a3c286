import { useBlocker } from "@tanstack/react-router";
import type { Desk } from "./desk-context.ts";

/** Asks before somebody leaves what was drawn or marked and not saved. */
export function useUnsavedWarning({ store }: Desk): void {
  const isUnsaved = () => store.get().isUnsaved;
  useBlocker({
    shouldBlockFn: () =>
      isUnsaved() && !window.confirm("What you measured or marked is not saved. Leave all the same?"),
    enableBeforeUnload: isUnsaved,
  });
}
