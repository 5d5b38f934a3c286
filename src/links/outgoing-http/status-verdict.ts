import { busy, conflict, forbidden, incorrect, notFound, type Problem, unavailable, unsupported } from "#kernel";
import type { HttpAnswer } from "./exchange.ts";

/** What a status says of a message, where the answer's body says nothing of its own. */
export type StatusVerdict =
  | { readonly is: "accepted" }
  | { readonly is: "refused"; readonly problem: Problem; readonly code: string }
  | { readonly is: "unanswered"; readonly problem: Problem };

/**
 * - 2xx: accepted.
 * - 408, 425, 429: the receiver asks to be asked again, so it is as if it had not answered.
 * - other 4xx, and 3xx, as redirects are not followed: refused; the problem's category says whose fault it is.
 * - 5xx: refused; `unavailable` or `busy` (500, 502, 503, 504, 507 and what is not known) where trying again may help,
 *   `unsupported` (501, 505) where it will not.
 * Source: RFC 9110 §15, RFC 6585 §4, RFC 8470 §5.2.
 */
export function statusVerdict({ status }: Pick<HttpAnswer, "status">): StatusVerdict {
  if (status >= 200 && status < 300) return { is: "accepted" };
  const text = `The receiver answered with status ${status}.`;
  if (askAgain.has(status)) return { is: "unanswered", problem: busy("answered-try-again", text) };
  const problem = (problemsByStatus[status] ?? problemOfClass(status))(`answered-${status}`, text);
  return { is: "refused", code: String(status), problem };
}

const askAgain: ReadonlySet<number> = new Set([408, 425, 429]);

type ProblemMaker = typeof incorrect;

const problemsByStatus: Readonly<Record<number, ProblemMaker>> = {
  401: forbidden,
  403: forbidden,
  404: notFound,
  405: unsupported,
  406: unsupported,
  407: forbidden,
  409: conflict,
  410: notFound,
  412: conflict,
  415: unsupported,
  423: busy,
  501: unsupported,
  503: busy,
  505: unsupported,
};

function problemOfClass(status: number): ProblemMaker {
  if (status >= 500) return unavailable;
  return status >= 400 ? incorrect : unsupported;
}
