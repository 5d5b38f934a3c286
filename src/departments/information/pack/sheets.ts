import { limits, ok, type Result } from "#kernel";
import { type HealthRecord, parseBody, type Query } from "#record";
import { type DisclosureSheet, isSettled, needsSecond, sheetKind } from "./disclosure.ts";

export interface KnownSheet {
  readonly id: string;
  readonly version: number;
  readonly sheet: DisclosureSheet;
}

/** All sheets of a request, in their order. */
export async function readSheets(record: HealthRecord, item: string): Promise<Result<readonly KnownSheet[]>> {
  const sheets: KnownSheet[] = [];
  let after: Query["after"];
  do {
    const page = await record.search({
      kind: sheetKind,
      all: [{ is: "key", any: [`item=${item}`] }],
      sort: { by: "id", descending: false },
      limit: limits.governancePageMax,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) return page;
    for (const version of page.value.versions) {
      sheets.push({ id: version.id, version: version.version, sheet: parseBody<DisclosureSheet>(version) });
    }
    after = page.value.next;
  } while (after !== undefined);
  return ok(sheets.sort((a, b) => a.sheet.number - b.sheet.number));
}

/** How far the review is. */
export interface DisclosureSummary {
  readonly sheets: readonly SheetSummary[];
  readonly entries: number;
  readonly undecided: number;
  /** Decided, and waiting for a second person. */
  readonly unconfirmed: number;
  readonly given: number;
  readonly withheld: number;
  readonly redacted: number;
  readonly flagged: number;
}

export interface SheetSummary {
  readonly number: number;
  readonly kinds: readonly string[];
  readonly entries: number;
  /** Those that may not leave yet. */
  readonly unsettled: number;
}

export function summaryOf(known: readonly KnownSheet[]): DisclosureSummary {
  const entries = known.flatMap(({ sheet }) => sheet.entries);
  const decided = (is: string) => entries.filter(({ decision }) => decision?.is === is).length;
  return {
    sheets: known.map(({ sheet }) => ({
      number: sheet.number,
      kinds: [...new Set(sheet.entries.map(({ kind }) => kind))],
      entries: sheet.entries.length,
      unsettled: sheet.entries.filter((entry) => !isSettled(entry)).length,
    })),
    entries: entries.length,
    undecided: entries.filter(({ decision }) => decision === undefined).length,
    unconfirmed: entries.filter((e) => e.decision !== undefined && needsSecond(e) && e.confirmed === undefined).length,
    given: decided("give"),
    withheld: decided("withhold"),
    redacted: decided("redact"),
    flagged: entries.filter(({ flags }) => flags.length > 0).length,
  };
}
