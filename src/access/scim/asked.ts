import { conflict, type Problem, type Result } from "#kernel";
import type { Actor } from "../actor.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";

/** The directory's request on one resource. */
export interface Asked {
  readonly needs: IdentityNeeds;
  readonly by: Actor;
  readonly base: string;
  readonly id: string;
  /** The ETag that must still be so. */
  readonly ifMatch?: string | undefined;
}

export const changedMeanwhile: Problem = conflict("precondition-failed", "It was changed since that version.");

/** Weak or not, one of a list. Source: RFC 9110 §13.1.1. */
export function isSameTag(header: string, etag: string): boolean {
  const bare = (tag: string) => tag.trim().replace(/^W\//, "");
  return header.split(",").some((each) => bare(each) === bare(etag));
}

/** How often a change is tried again when somebody else was faster: directories change a group many times at once. */
const triesMax = 8;

/** Does it again while others are faster, unless the directory says which version it means. */
export async function triedAgain<T>({ ifMatch }: Asked, change: () => Promise<Result<T>>): Promise<Result<T>> {
  for (let tries = 1; ; tries += 1) {
    const done = await change();
    const isLate = !done.ok && done.problems[0].code === "version-conflict";
    if (!isLate || ifMatch !== undefined || tries === triesMax) return done;
  }
}
