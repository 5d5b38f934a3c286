import { RequestFailed } from "../../parts/request/request-failed.ts";

/** What to tell of something that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof RequestFailed ? error.problem.message : "the page has met a fault. Load it again.";
}
