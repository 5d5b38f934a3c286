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
  const { position, dateMs } = cursor;
  return Buffer.from(JSON.stringify([markOf(search), position, ...(dateMs === undefined ? [] : [dateMs])])).toString(
    "base64url",
  );
}

/** Problems: incorrect, code `wrong-cursor`, for one that was not made here, or for another search. */
export function readCursor(text: string, search: URLSearchParams): Result<Cursor> {
  const parts = partsOf(text);
  if (parts === undefined || parts[0] !== markOf(search)) return failed(wrongCursor);
  const [, position, dateMs] = parts;
  if (!isPosition(position) || (dateMs !== undefined && !Number.isSafeInteger(dateMs))) return failed(wrongCursor);
  return ok(dateMs === undefined ? { position } : { position, dateMs: dateMs as number });
}

const wrongCursor = incorrect("wrong-cursor", "_cursor must come from the next link of the same search or history.", {
  where: "_cursor",
});

function isPosition(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
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
