import { RequestFailed } from "../../parts/request/request-failed.ts";
import { OutlineRefused } from "../outlines/fetch-outlines.ts";

/** What to tell of something that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof OutlineRefused) return error.message;
  return error instanceof RequestFailed ? error.problem.message : "the page has met a fault. Load it again.";
}
