import { failed, type HttpReply, type HttpRequest, incorrect, jsonReply, ok, type Result, type Route } from "#kernel";
import type { Actor } from "../actor.ts";
import type { Context } from "../context.ts";
import { readJson, readQuery } from "../request-body.ts";
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
      handle: async (request, { actor }) => {
        const body = readJson(claimBody, request);
        return body.ok ? viewReply(await claimRelationship(needs, body.value, actor), actor, 201) : body;
      },
    },
    {
      method: "POST",
      path: "/api/access/break-glass",
      policy: "chart.open",
      summary:
        "Break the glass: opens all of a patient's record for a time, tells the privacy officer, and is reviewed",
      handle: async (request, { actor }) => {
        const body = readJson(breakGlassBody, request);
        return body.ok ? viewReply(await breakGlass(needs, body.value, actor), actor, 201) : body;
      },
    },
    {
      method: "GET",
      path: "/api/access/reviews",
      policy: "reviews.decide",
      summary: "Broken glasses and claimed relationships that wait for review, the most urgent first",
      handle: (request, { actor }) => handleReviews(needs, request, actor),
    },
    {
      method: "PATCH",
      path: "/api/access/reviews/:id",
      policy: "reviews.decide",
      summary: "Say what a review of somebody else's access came to",
      handle: async (request, { actor }) => {
        const body = readJson(reviewBody, request);
        if (!body.ok) return body;
        const { id = "" } = request.params;
        return viewReply(await decideReview(needs, { ...body.value, id }, actor), actor, 200);
      },
    },
  ];
}

async function handleReviews(needs: RelationshipNeeds, request: HttpRequest, actor: Actor): Promise<Result<HttpReply>> {
  const query = readQuery(reviewsQuery, request);
  if (!query.ok) return query;
  const { state = "open", cursor } = query.value;
  const after = cursor === undefined ? undefined : readPlace(cursor);
  if (cursor !== undefined && after === undefined) {
    return failed(incorrect("invalid-cursor", "The cursor is not one that was answered.", { where: "cursor" }));
  }
  const page = await listReviews(needs, { state, ...(after === undefined ? {} : { after }) }, actor);
  if (!page.ok) return page;
  const { found, next } = page.value;
  const view: ReviewsView = {
    reviews: found.map((each) => relationshipView(each, actor)),
    ...(next === undefined ? {} : { next: `${next.position}.${next.values?.[0] ?? ""}` }),
  };
  return ok(jsonReply(view));
}

/** `17.3`: the position, and the weight where the queue is sorted by it. */
function readPlace(text: string) {
  const [, position, weight] = /^(\d{1,16})\.(\d{0,3})$/.exec(text) ?? [];
  if (position === undefined) return undefined;
  return { position: Number(position), ...(weight === "" ? {} : { values: [Number(weight)] }) };
}

function viewReply(result: Result<StoredRelationship>, actor: Actor, status: number): Result<HttpReply> {
  return result.ok ? ok(jsonReply(relationshipView(result.value, actor), status)) : result;
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
