import { type Context, markSystem } from "#access";
import { conflict, failed, limits, ok, type Result } from "#kernel";
import { type Clause, parseBody } from "#record";
import { type GovernanceItem, itemKind } from "../items/item.ts";

/** Holds that stop disposal: of one patient, or of all. */
export async function holdsInForce({ record }: Pick<Context, "record">): Promise<Result<readonly GovernanceItem[]>> {
  const found = await record.search({
    kind: itemKind,
    all: [
      { is: "key", any: ["list=hold"] },
      { is: "key", any: ["state=in-force"] },
    ],
    sort: { by: "updated", descending: true },
    limit: limits.pageSizeMax,
  });
  return found.ok ? ok(found.value.versions.map((version) => parseBody<GovernanceItem>(version))) : found;
}

/**
 * Whether nothing stops that the record of a patient is erased. Problems: conflict `on-hold`, and `record-restricted` while a
 * mark of restriction stands (UK GDPR article 18(1)(b) and (c): it is to be kept, and not used); those of the record.
 */
export async function stopOf({ record }: Pick<Context, "record">, patient: string): Promise<Result<void>> {
  const holds = await holdsInForce({ record });
  if (!holds.ok) return holds;
  if (holds.value.some((hold) => hold.patient === undefined || hold.patient === patient)) return failed(onHold);
  const all: readonly Clause[] = [{ is: "key", any: [`patient=${patient}`] }];
  const flags = await record.search({
    kind: "Flag",
    all,
    sort: { by: "updated", descending: true },
    limit: limits.pageSizeMax,
  });
  if (!flags.ok) return flags;
  const isRestricted = flags.value.versions.some((version) => restricts(parseBody<Flag>(version)));
  return isRestricted ? failed(restricted) : ok(undefined);
}

interface Flag {
  readonly status?: string;
  readonly code?: { readonly coding?: readonly { readonly system?: string; readonly code?: string }[] };
}

function restricts({ status, code }: Flag): boolean {
  if (status !== "active") return false;
  return code?.coding?.some(({ system, code: mark }) => system === markSystem && mark === "restriction") ?? false;
}

const onHold = conflict("on-hold", "A hold is in force: nothing of it may be disposed of.");
const restricted = conflict(
  "record-restricted",
  "A restriction stands on the record: it is kept, and not used, until the mark is taken away.",
);
