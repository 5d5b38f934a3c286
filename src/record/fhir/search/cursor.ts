import { createHash } from "node:crypto";
import { failed, incorrect, ok, type Result } from "#kernel";
import type { Cursor } from "../../documents/query.ts";

/** What may differ between the pages of one search. */
const pageParameters = ["_cursor", "_count", "_total", "_elements", "_summary", "_format", "_pretty"];

/**
 * A place in the results as the `next` link carries it. It holds a mark of the search it belongs to, so that it is not
 * taken for a place in the results of another.
 */
export function cursorText(cursor: Cursor, search: URLSearchParams): string {
  const { position, values = [], isBackward } = cursor;
  return Buffer.from(JSON.stringify([markOf(search), position, isBackward ? 1 : 0, ...values])).toString("base64url");
}

/** Problems: incorrect, code `wrong-cursor`, for one that was not made here, or for another search. */
export function readCursor(text: string, search: URLSearchParams): Result<Cursor> {
  const [mark, position, backward, ...values] = partsOf(text) ?? [];
  const isSound = isPosition(position) && (backward === 0 || backward === 1) && values.every(isSortValue);
  if (mark !== markOf(search) || !isSound) return failed(wrongCursor);
  return ok({
    position,
    ...(values.length === 0 ? {} : { values }),
    ...(backward === 1 ? { isBackward: true } : {}),
  });
}

export const wrongCursor = incorrect(
  "wrong-cursor",
  "_cursor must come from the next link of the same search or history.",
  {
    where: "_cursor",
  },
);

function isPosition(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** PostgreSQL's text has no NUL. */
function isSortValue(value: unknown): value is number | string | null {
  if (typeof value === "string") return !value.includes("\0");
  return value === null || (typeof value === "number" && Number.isFinite(value));
}

function partsOf(text: string): readonly unknown[] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    return Array.isArray(parts) ? parts : undefined;
  } catch {
    return undefined;
  }
}

function markOf(search: URLSearchParams): string {
  const lasting = [...search].filter(([name]) => !pageParameters.includes(name));
  return createHash("sha256").update(JSON.stringify(lasting)).digest("base64url").slice(0, 8);
}
