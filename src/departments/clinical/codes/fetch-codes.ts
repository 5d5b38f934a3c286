import type { z } from "zod";
import { type Context, placeInRecord, readCursor, writeCursor } from "#access";
import { limits, ok, type Result } from "#kernel";
import { type Clause, parseBody } from "#record";
import type { CodesPage, CoverageView, codesQuery, coverageQuery, SenderCoverage } from "../api/codes.ts";
import { anyKey } from "../clauses.ts";
import { present } from "../messages/present.ts";
import { type CodeCoverage, codeCoverageKind, type UnknownCode } from "./unknown-code.ts";
import { unknownCodeKind } from "./unknown-code-id.ts";

const codesDefault = 50;

/** Codes and units that no map knew, the most frequent first. */
export async function fetchCodes({ record }: Context, query: z.infer<typeof codesQuery>): Promise<Result<CodesPage>> {
  const { sender, field, state, cursor, count = codesDefault } = query;
  const after = readCursor(cursor, placeInRecord);
  if (!after.ok) return after;
  const page = await record.search({
    kind: unknownCodeKind,
    all: [...keyed("sender", sender), ...keyed("field", field), ...keyed("state", state)],
    sort: { by: { number: "count" }, descending: true },
    limit: count,
    ...(after.value === undefined ? {} : { after: after.value }),
  });
  if (!page.ok) return page;
  const { versions, next } = page.value;
  return ok(
    present<CodesPage>({
      codes: versions.map((version) => ({ id: version.id, ...parseBody<UnknownCode>(version) })),
      next: next === undefined ? undefined : writeCursor(next),
    }),
  );
}

const dayMs = 24 * 60 * 60_000;

/** How the results of each sender were coded as they arrived; the newest `limits.pageSizeMax` sender-days. */
export async function fetchCoverage(
  { record }: Context,
  { sender, from, to }: z.infer<typeof coverageQuery>,
): Promise<Result<CoverageView>> {
  const bounds = {
    ...(from === undefined ? {} : { fromMinMs: Date.parse(from) }),
    ...(to === undefined ? {} : { fromMaxMs: Date.parse(to) + dayMs - 1 }),
  };
  const found = await record.search({
    kind: codeCoverageKind,
    all: [...keyed("sender", sender), { is: "date", parameter: "day", any: [bounds] }],
    sort: { by: { date: "day" }, descending: true },
    limit: limits.pageSizeMax,
  });
  if (!found.ok) return found;
  const days = found.value.versions.map((version) => parseBody<CodeCoverage>(version)).toReversed();
  return ok({ senders: [...Map.groupBy(days, (each) => each.sender)].map(senderCoverage) });
}

function senderCoverage([sender, days]: readonly [string, readonly CodeCoverage[]]): SenderCoverage {
  const results = days.reduce((sum, day) => sum + day.results, 0);
  const coded = days.reduce((sum, day) => sum + day.coded, 0);
  return {
    sender,
    results,
    coded,
    share: results === 0 ? 0 : coded / results,
    days: days.map((day) => ({ day: day.day, results: day.results, coded: day.coded })),
  };
}

function keyed(parameter: string, value: string | undefined): readonly Clause[] {
  return value === undefined ? [] : [anyKey(`${parameter}=${value}`)];
}
