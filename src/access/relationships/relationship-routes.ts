import type { z } from "zod";
import { ok, type Result, type Route } from "#kernel";
import type { Actor } from "../actor.ts";
import type { Context } from "../context.ts";
import { answersBody, answersQuery } from "../handling/answer.ts";
import { placeInRecord, readCursor, writeCursor } from "../handling/request.ts";
import { breakGlass, claimRelationship, type RelationshipNeeds } from "./open-relationship.ts";
import type { StoredRelationship } from "./relationship.ts";
import {
  breakGlassBody,
  claimBody,
  claimReasons,
  glassReasons,
  type RelationshipView,
  type ReviewsView,
  reviewBody,
  reviewsQuery,
} from "./relationship-api.ts";
import { decideReview, listReviews } from "./reviews.ts";

export function relationshipRoutes(needs: RelationshipNeeds): readonly Route<Context>[] {
  return [
    {
      method: "POST",
      path: "/api/access/relationships",
      policy: "chart.open",
      summary: "Say that one cares for a patient; opens the chart for a time, and is reviewed",
      handle: answersBody(
        claimBody,
        async (body, { context: { actor } }) => shown(await claimRelationship(needs, body, actor), actor),
        201,
      ),
    },
    {
      method: "POST",
      path: "/api/access/break-glass",
      policy: "chart.open",
      summary:
        "Break the glass: opens all of a patient's record for a time, tells the privacy officer, and is reviewed",
      handle: answersBody(
        breakGlassBody,
        async (body, { context: { actor } }) => shown(await breakGlass(needs, body, actor), actor),
        201,
      ),
    },
    {
      method: "GET",
      path: "/api/access/reviews",
      policy: "reviews.decide",
      summary: "Broken glasses and claimed relationships that wait for review, the most urgent first",
      handle: answersQuery(reviewsQuery, (query, { context }) => reviewsView(needs, query, context.actor)),
    },
    {
      method: "PATCH",
      path: "/api/access/reviews/:id",
      policy: "reviews.decide",
      summary: "Say what a review of somebody else's access came to",
      handle: answersBody(reviewBody, async (body, { context: { actor }, id }) =>
        shown(await decideReview(needs, { ...body, id }, actor), actor),
      ),
    },
  ];
}

async function reviewsView(
  needs: RelationshipNeeds,
  { state = "open", cursor }: z.infer<typeof reviewsQuery>,
  actor: Actor,
): Promise<Result<ReviewsView>> {
  const after = readCursor(cursor, placeInRecord);
  if (!after.ok) return after;
  const page = await listReviews(needs, { state, after: after.value }, actor);
  if (!page.ok) return page;
  const { found, next } = page.value;
  return ok({
    reviews: found.map((each) => relationshipView(each, actor)),
    ...(next === undefined ? {} : { next: writeCursor(next) }),
  });
}

function shown(result: Result<StoredRelationship>, actor: Actor): Result<RelationshipView> {
  return result.ok ? ok(relationshipView(result.value, actor)) : result;
}

const titles: Readonly<Record<string, string>> = {
  ...claimReasons,
  ...glassReasons,
  registered: "Registered the patient",
};

function relationshipView(stored: StoredRelationship, viewer: Actor): RelationshipView {
  const { id, version, basis, actor, actorName, patient, reason, from, until, review } = stored;
  return {
    id,
    version,
    basis,
    actor,
    actorName,
    patient,
    reason: { ...reason, title: titles[reason.code] ?? reason.code },
    from,
    until,
    isOwn: actor === viewer.reference,
    ...(review === undefined ? {} : { review: shownReview(review) }),
  };
}

function shownReview({ state, weight, outcome, note, byName, at }: NonNullable<StoredRelationship["review"]>) {
  return {
    state,
    weight,
    ...(outcome === undefined ? {} : { outcome }),
    ...(note === undefined ? {} : { note }),
    ...(byName === undefined ? {} : { byName }),
    ...(at === undefined ? {} : { at }),
  };
}
