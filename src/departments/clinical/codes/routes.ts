import type { z } from "zod";
import { type Actor, answers, answersBody, answersQuery, type Context } from "#access";
import { ok, type Route } from "#kernel";
import { parseBody } from "#record";
import type { MappingTerminology } from "#terminology";
import {
  answerBody,
  type CodeView,
  codesQuery,
  coverageQuery,
  proposalBody,
  type SuggestionsView,
} from "../api/codes.ts";
import { type CodeOrder, decideCode } from "./decide-code.ts";
import { fetchCodes, fetchCoverage } from "./fetch-codes.ts";
import { suggest } from "./suggest.ts";
import type { UnknownCode } from "./unknown-code.ts";
import { unknownCodeKind } from "./unknown-code-id.ts";

export interface CodeRoutesNeeds {
  /** What somebody does for a link, with its rights and under their own name. */
  forLink(actor: Actor): Context;
  readonly terminology: MappingTerminology;
  /** Something was approved: the next round need not be waited for. */
  approved(): void;
}

/** The worklist of codes and units that no map knows. */
export function codeRoutes(needs: CodeRoutesNeeds): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/clinical/codes",
      policy: "messages.read",
      summary: "Codes and units that no map knows, the most frequent first, with examples",
      handle: answersQuery(codesQuery, (query, { context }) => fetchCodes(context, query)),
    },
    {
      method: "GET",
      path: "/api/clinical/codes/coverage",
      policy: "links.see",
      summary: "How many results of each sender had a known code and unit, by day",
      handle: answersQuery(coverageQuery, (query, { context }) => fetchCoverage(context, query)),
    },
    {
      method: "GET",
      path: "/api/clinical/codes/:id",
      policy: "messages.read",
      summary: "A code or unit that no map knew, with what was said about it",
      handle: answers(async ({ context, id }) => {
        const read = await context.record.read(unknownCodeKind, id);
        return read.ok ? ok({ id, ...parseBody<UnknownCode>(read.value) } satisfies CodeView) : read;
      }),
    },
    {
      method: "GET",
      path: "/api/clinical/codes/:id/suggestions",
      policy: "codes.propose",
      summary: "What an unknown code may mean, by maps, words and unit",
      handle: answers(async ({ context, id }) => {
        const read = await context.record.read(unknownCodeKind, id);
        if (!read.ok) return read;
        const suggestions = await suggest(needs.terminology, parseBody<UnknownCode>(read.value));
        return suggestions.ok ? ok({ suggestions: suggestions.value } satisfies SuggestionsView) : suggestions;
      }),
    },
    decision(needs, {
      action: "propose",
      policy: "codes.propose",
      body: proposalBody,
      summary: "Say what a code means",
    }),
    decision(needs, { action: "approve", policy: "codes.approve", body: answerBody, summary: "Approve what was said" }),
    decision(needs, { action: "refuse", policy: "codes.approve", body: answerBody, summary: "Refuse what was said" }),
  ];
}

interface DecisionRoute {
  readonly action: CodeOrder["action"];
  readonly policy: string;
  readonly body: z.ZodType<Omit<CodeOrder, "action">>;
  readonly summary: string;
}

function decision(needs: CodeRoutesNeeds, { action, policy, body, summary }: DecisionRoute): Route<Context> {
  return {
    method: "POST",
    path: `/api/clinical/codes/:id/${action}`,
    policy,
    summary,
    handle: answersBody(body, async (read, { context, id }) => {
      const order = { ...read, action } as CodeOrder;
      const decided = await decideCode(needs.forLink(context.actor), { id, order });
      if (!decided.ok) return decided;
      if (action === "approve") needs.approved();
      return ok({ id, ...decided.value } satisfies CodeView);
    }),
  };
}
