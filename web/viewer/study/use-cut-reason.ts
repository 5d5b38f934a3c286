import { whyNotCut } from "../engine/cut-loader.ts";
import { useActivePane } from "./desk-context.ts";

/** Why what the active pane shows cannot be cut in other directions; undefined where it can. */
export function useCutReason(): string | undefined {
  const { stack, status } = useActivePane();
  if (stack === undefined || status !== "shown") return "there are no images in this pane";
  return whyNotCut(stack);
}
