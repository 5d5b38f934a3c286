import { answers, answersBody, type Context } from "#access";
import { ok, type Route } from "#kernel";
import { archivePolicyBody } from "../../api/image-keeping.ts";
import { archivePolicyId, archivePolicyKind, readArchivePolicy } from "./archive-policy.ts";

const path = "/api/clinical/images/policy";
const policy = "images.keep";

/** What holds for the whole archive. */
export const policyRoutes: readonly Route<Context>[] = [
  {
    method: "GET",
    path,
    policy,
    summary: "What holds for the whole archive: duplicates, and which rejection notes are carried out",
    handle: answers(({ context }) => readArchivePolicy(context.record)),
  },
  {
    method: "PUT",
    path,
    policy,
    summary: "Change what holds for the whole archive",
    handle: answersBody(archivePolicyBody, async (body, { context }) => {
      const operations = [{ action: "update", kind: archivePolicyKind, id: archivePolicyId, body }] as const;
      const written = await context.record.transact({ operations });
      return written.ok ? ok(body) : written;
    }),
  },
];
