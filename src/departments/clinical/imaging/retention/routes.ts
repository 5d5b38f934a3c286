import { z } from "zod";
import { type Actor, answers, answersBody, answersQuery, type Context, readCursor, writeCursor } from "#access";
import { conflict, failed, type JsonObject, limits, ok, type Result, type Route } from "#kernel";
import type { HealthRecord } from "#record";
import {
  deletionBody,
  deletionDecisionBody,
  disposalSteps,
  type ImageRetentionPage,
  type JudgedStudiesPage,
  judgedQuery,
  markBody,
  retentionRuleBody,
  unmarkBody,
} from "../../api/image-retention.ts";
import { decideDisposal, proposeDisposal, stepDisposal } from "./decide-disposal.ts";
import { disposalView, imageDisposalKind, knownDisposal, readRetentionRules } from "./image-disposal.ts";
import { judgeStudies } from "./judge-studies.ts";
import type { PatientKeepingOf } from "./patient-keeping.ts";
import { retentionRuleKind } from "./retention-rule.ts";
import { markStudy, unmarkStudy } from "./study-mark.ts";

export interface ImageRetentionNeeds {
  /** The whole record. */
  readonly look: Pick<HealthRecord, "search" | "readMany">;
  readonly keepingOf: PatientKeepingOf;
  /** What looks at every study for somebody, under their own name. */
  forKeeping(actor: Actor): Context;
}

const base = "/api/clinical/images/retention";

/** How long studies are kept, what would go by that, and deletions that two people agree on. */
export function imageRetentionRoutes(needs: ImageRetentionNeeds): readonly Route<Context>[] {
  return [...ruleRoutes(needs), ...disposalRoutes(needs), ...markRoutes];
}

function ruleRoutes(needs: ImageRetentionNeeds): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: base,
      policy: "images.dispose",
      summary: "How long studies are kept, and deletions by these rules",
      handle: answers(({ context }) => fetchRetention(needs.forKeeping(context.actor))),
    },
    {
      method: "PUT",
      path: `${base}/rules/:id`,
      policy: "images.keep",
      summary: "Write a rule of how long studies are kept",
      handle: answersBody(retentionRuleBody, (body, { context, id }) =>
        keepRule(context, id, JSON.parse(JSON.stringify(body))),
      ),
    },
    {
      method: "DELETE",
      path: `${base}/rules/:id`,
      policy: "images.keep",
      summary: "Take a rule away: what no rule is about is kept for ever",
      handle: answers(async ({ context, id }) => {
        const gone = await context.record.transact({ operations: [{ action: "delete", kind: retentionRuleKind, id }] });
        return gone.ok ? ok({ id }) : gone;
      }),
    },
    {
      method: "GET",
      path: `${base}/studies`,
      policy: "images.dispose",
      summary: "What the rules would delete today, what they would not, and why; deletes nothing",
      handle: answersQuery(judgedQuery, ({ cursor }, { context }) => fetchJudged(needs, context, cursor)),
    },
  ];
}

function disposalRoutes({ forKeeping }: ImageRetentionNeeds): readonly Route<Context>[] {
  const path = `${base}/deletions`;
  const policy = "images.dispose";
  return [
    {
      method: "POST",
      path,
      policy: "images.keep",
      summary: "Propose that what the rules let go now is deleted",
      handle: answersBody(deletionBody, ({ reason }, { context }) => proposeDisposal(context, reason)),
    },
    {
      method: "POST",
      path: `${path}/:id/decide`,
      policy,
      summary: "Agree to a deletion that somebody else has proposed, so that it is carried out, or refuse it",
      handle: answersBody(deletionDecisionBody, (body, { context, id }) =>
        decideDisposal(forKeeping(context.actor), id, body),
      ),
    },
    ...disposalSteps.map(
      (step): Route<Context> => ({
        method: "POST",
        path: `${path}/:id/${step}`,
        policy,
        summary: step === "stop" ? "Stop a deletion" : "Let a deletion that was stopped go on",
        handle: answersBody(deletionBody, ({ reason }, { context, id }) =>
          stepDisposal(forKeeping(context.actor), id, { step, reason }),
        ),
      }),
    ),
  ];
}

const markRoutes: readonly Route<Context>[] = [
  {
    method: "POST",
    path: "/api/clinical/images/studies/:id/keep",
    policy: "images.keep",
    summary: "Keep a study whatever the rules say",
    handle: answersBody(markBody, (body, { context, id }) => markStudy(context, { study: id, ...body })),
  },
  {
    method: "POST",
    path: "/api/clinical/images/studies/:id/let-go",
    policy: "images.keep",
    summary: "Let the rules decide on a study again",
    handle: answersBody(unmarkBody, ({ reason }, { context, id }) => unmarkStudy(context, id, reason)),
  },
];

async function keepRule(context: Context, id: string, body: JsonObject): Promise<Result<JsonObject>> {
  const rules = await readRetentionRules(context.record, limits.imageRetentionRulesMax);
  if (!rules.ok) return rules;
  const isNew = rules.value.every((rule) => rule.id !== id);
  if (isNew && rules.value.length >= limits.imageRetentionRulesMax) return failed(tooMany);
  const operations = [{ action: "update", kind: retentionRuleKind, id, body }] as const;
  const written = await context.record.transact({ operations });
  return written.ok ? ok({ id, ...body }) : written;
}

const tooMany = conflict("too-many-rules", `There are ${limits.imageRetentionRulesMax} rules already.`);

async function fetchRetention({ record }: Context): Promise<Result<ImageRetentionPage>> {
  const rules = await readRetentionRules(record, limits.imageRetentionRulesMax);
  if (!rules.ok) return rules;
  const sort = { by: "updated", descending: true } as const;
  const found = await record.search({ kind: imageDisposalKind, all: [], sort, limit: limits.governancePageMax });
  if (!found.ok) return found;
  return ok({
    rules: rules.value,
    disposals: found.value.versions.map((version) => disposalView(knownDisposal(version))),
  });
}

async function fetchJudged(
  { look, keepingOf, forKeeping }: ImageRetentionNeeds,
  context: Context,
  cursor: string | undefined,
): Promise<Result<JudgedStudiesPage>> {
  const after = readCursor(cursor, z.array(z.union([z.string(), z.number()])));
  if (!after.ok) return after;
  const { record, images, clock, hospitalTime } = forKeeping(context.actor);
  const rules = await readRetentionRules(record, limits.imageRetentionRulesMax);
  if (!rules.ok) return rules;
  const day = hospitalTime.day(clock.now());
  const judging = { rules: rules.value, day, limit: limits.imageJudgedAtOnce, after: after.value };
  const page = await judgeStudies({ look, images, keepingOf }, judging);
  if (!page.ok) return page;
  const { studies, next } = page.value;
  const shown = studies.map(({ document: _document, secondArchives: _archives, ...study }) => study);
  return ok({ studies: shown, ...(next === undefined ? {} : { next: writeCursor(next) }) });
}
