import type { Context } from "#access";
import { limits, ok, type Result, toIso } from "#kernel";
import { type Cursor, type HealthRecord, type Operation, parseBody, type Version } from "#record";
import { anyKey } from "../clauses.ts";
import type { SenderMaps } from "./sender-maps.ts";
import type { UnknownCode } from "./unknown-code.ts";
import { unknownCodeKind } from "./unknown-code-id.ts";

interface SettleNeeds {
  /** With the rights of a link. */
  readonly context: Context;
  readonly look: Pick<HealthRecord, "search">;
  readonly maps: SenderMaps;
}

/** Who is named as having decided on a code that a table of the set-up has. */
export const setUpReference = "LinkConfiguration";

/**
 * Codes of the worklist that the tables of the set-up have by now count as approved, with the table as the reason, so that what
 * waits for them goes. Problems: those of the record.
 */
export async function settleByTables({ context, look, maps }: SettleNeeds): Promise<Result<undefined>> {
  const { record, clock } = context;
  let after: Cursor | undefined;
  if (!maps.hasTables) return ok(undefined);
  do {
    const page = await look.search({
      kind: unknownCodeKind,
      all: [anyKey("state=open", "state=proposed")],
      sort: { by: "updated", descending: false },
      limit: limits.pageSizeMax,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) return page;
    const at = toIso(clock.now());
    const operations = page.value.versions.flatMap((version) => settling(version, { maps, at }));
    const written = operations.length === 0 ? ok([]) : await record.transact({ operations });
    // Somebody has decided on one of them meanwhile: the next round sees what is left.
    if (!written.ok && written.problems[0].category !== "conflict") return written;
    after = page.value.next;
  } while (after !== undefined);
  return ok(undefined);
}

function settling(
  version: Version,
  { maps, at }: { readonly maps: SenderMaps; readonly at: string },
): readonly Operation[] {
  const unknown = parseBody<UnknownCode>(version);
  const table = maps.tableFor(unknown);
  if (table === undefined) return [];
  const target = maps.of(unknown.sender)?.codeFor(unknown.system, unknown.code);
  const decision = { by: setUpReference, display: "The set-up", at, comment: `codes/${table}` };
  const proposal = target === undefined || target === "none" ? decision : { ...decision, target };
  const settled: UnknownCode = { ...unknown, state: "approved", proposal, decision };
  return [{ action: "update", kind: unknownCodeKind, id: version.id, body: settled, ifMatch: version.version }];
}
