import { conflict, failed, forbidden, limits, notFound, ok, type Result, toIso } from "#kernel";
import type { Cursor } from "#record";
import type { Actor } from "../actor.ts";
import { bodyOf, storedBy } from "../identity/document-schema.ts";
import type { RelationshipNeeds } from "./open-relationship.ts";
import { type Relationship, relationshipSchema, type StoredRelationship } from "./relationship.ts";
import type { ReviewBody } from "./relationship-api.ts";

export interface Reviews {
  readonly found: readonly StoredRelationship[];
  readonly next?: Cursor;
}

/** The queue: the most urgent first, of equal ones the oldest; what is done, the newest first. */
export async function listReviews(
  { relationshipsFor }: RelationshipNeeds,
  { state, after }: { readonly state: "open" | "done"; readonly after?: Cursor | undefined },
  actor: Actor,
): Promise<Result<Reviews>> {
  const page = await relationshipsFor(actor).search({
    kind: "Relationship",
    all: [{ is: "key", any: [`review=${state}`] }],
    sort:
      state === "done"
        ? { by: "updated", descending: true }
        : { by: { number: "weight" }, descending: true, thenBy: [{ by: "updated", descending: false }] },
    limit: limits.reviewsPageSize,
    ...(after === undefined ? {} : { after }),
  });
  if (!page.ok) return page;
  const found = page.value.versions.map((version) => storedBy(relationshipSchema, version));
  return ok(page.value.next === undefined ? { found } : { found, next: page.value.next });
}

/**
 * Problems: not-found; forbidden `own-review`: nobody judges their own access; conflict `already-reviewed` or
 * `version-conflict`.
 */
export async function decideReview(
  { relationshipsFor, clock }: RelationshipNeeds,
  { id, outcome, note, version }: ReviewBody & { readonly id: string },
  actor: Actor,
): Promise<Result<StoredRelationship>> {
  const own = relationshipsFor(actor);
  const read = await own.read("Relationship", id);
  if (!read.ok) return read;
  const { id: _, version: __, ...relationship } = storedBy(relationshipSchema, read.value);
  const problem = reviewProblem(relationship, actor);
  if (problem !== undefined) return failed(problem);
  const review = { ...relationship.review, weight: relationship.review?.weight ?? 0 };
  const body: Relationship = {
    ...relationship,
    review: {
      ...review,
      state: "done",
      outcome,
      note,
      by: actor.reference,
      byName: actor.display,
      at: toIso(clock.now()),
    },
  };
  const written = await own.transact({
    operations: [{ action: "update", kind: "Relationship", id, body: bodyOf(body), ifMatch: version }],
  });
  if (!written.ok) return written;
  const [changed] = written.value;
  return changed === undefined ? failed(gone) : ok(storedBy(relationshipSchema, changed.version));
}

function reviewProblem({ actor: whose, review }: Relationship, actor: Actor) {
  if (review === undefined) return gone;
  if (whose === actor.reference) return forbidden("own-review", "Somebody else reviews your own access.");
  return review.state === "done" ? conflict("already-reviewed", "This was reviewed already.") : undefined;
}

const gone = notFound("not-found", "There is no such review.");
