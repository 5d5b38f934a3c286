import { incorrect, notFound, type Problem, type Result } from "#kernel";
import {
  type BlobDay,
  blobDayOf,
  type HealthRecord,
  isBlobDay,
  type KindDefinition,
  noEntries,
  parseBody,
} from "#record";
import type { LinkMessage } from "../messages/link-message.ts";

export const retiredDayKind = "RetiredDay";

/**
 * A day whose messages' bytes are no longer kept. What they said and brought to the record stays. Its id is the day. It is
 * written before they are taken away.
 */
export type RetiredDay = {
  /** In UTC: `2026-08-23`. */
  readonly day: BlobDay;
  /** An instant. */
  readonly at: string;
  /** Messages that arrived on it. */
  readonly messages: number;
  /** What came free on disk. */
  readonly sizeBytes: number;
};

export const retiredDayDefinition: KindDefinition = {
  kind: retiredDayKind,
  check: ({ day, at }) =>
    typeof day === "string" && isBlobDay(day) && typeof at === "string"
      ? []
      : [incorrect("element-invalid", "day or at is not sound.", { where: retiredDayKind })],
  index: () => noEntries,
};

/**
 * The bytes of a message as it was received. Problems: not-found `message-retired` where they were kept for a time that is
 * over; those of the record.
 */
export async function readRaw(
  record: Pick<HealthRecord, "read" | "readBlob">,
  { raw, arrivedAt }: Pick<LinkMessage, "raw" | "arrivedAt">,
): Promise<Result<Uint8Array>> {
  const day = blobDayOf(arrivedAt);
  const bytes = await record.readBlob(raw.hash, day);
  if (bytes.ok || bytes.problems[0].category !== "not-found") return bytes;
  const retired = await record.read(retiredDayKind, day);
  if (retired.ok) return { ok: false, problems: [messageRetired(parseBody<RetiredDay>(retired.value))] };
  return retired.problems[0].category === "not-found" ? bytes : retired;
}

function messageRetired({ at }: RetiredDay): Problem {
  return notFound(
    messageRetiredCode,
    `What was received is no longer kept: its time was over on ${at.slice(0, 10)}. What it brought to the record stays.`,
  );
}

export const messageRetiredCode = "message-retired";
