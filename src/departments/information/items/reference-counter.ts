import { incorrect, ok, type Result } from "#kernel";
import type { HealthRecord, KindDefinition, Operation } from "#record";
import { noEntries, parseBody } from "#record";

const counterKind = "GovernanceCounter";

type Counter = { readonly last: number };

/** The last number that was given of each list and year. */
export const counterDefinition: KindDefinition = {
  kind: counterKind,
  check: ({ last }) =>
    Number.isSafeInteger(last)
      ? []
      : [incorrect("element-invalid", "last is missing.", { where: `${counterKind}.last` })],
  index: () => noEntries,
};

export interface NextReference {
  readonly reference: string;
  /** To be written with what it names: whoever else takes the same number makes it a conflict. */
  readonly operation: Operation;
}

/** `SAR-2026-0007`, the next of a list in a year. */
export async function nextReference(
  record: HealthRecord,
  prefix: string,
  year: string,
): Promise<Result<NextReference>> {
  const id = `${prefix}-${year}`;
  const read = await record.readMany([{ kind: counterKind, id }]);
  if (!read.ok) return read;
  const [known] = read.value;
  const last = (known === undefined ? 0 : parseBody<Counter>(known).last) + 1;
  return ok({
    reference: `${id}-${String(last).padStart(4, "0")}`,
    operation: { action: "update", kind: counterKind, id, body: { last }, ifMatch: known?.version ?? 0 },
  });
}
