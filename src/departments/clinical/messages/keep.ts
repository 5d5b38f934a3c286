import { ok, type Result } from "#kernel";
import { type Blob, blobDayOf, dailyBlobOf, type HealthRecord, type Operation } from "#record";
import { deterministicId } from "./deterministic-id.ts";
import { type LinkMessage, linkMessageKind, type ReceivedMessage } from "./link-message.ts";
import { factsOf, type SentMessage } from "./sent-message.ts";

export interface Arrived {
  readonly frame: Uint8Array;
  readonly sent: SentMessage;
  readonly link: string;
  readonly connection: string;
  /** An instant. */
  readonly arrivedAt: string;
}

/** A message as it is in the record, or as it will be. */
export interface Kept {
  readonly id: string;
  /** 0: it is not in the record yet. */
  readonly version: number;
  readonly message: ReceivedMessage;
  /** Another message came before it under the same MSH-10 with other content. */
  readonly isImpostor: boolean;
}

/** What is to be kept of a message. */
export interface Keeping {
  readonly id: string;
  readonly message: ReceivedMessage;
  readonly blob: Blob;
}

/**
 * The id of a message follows from the link, the sender and MSH-10, so that a repetition finds the first one.
 */
export function toKeep(arrived: Arrived): Keeping {
  const blob = dailyBlobOf(arrived.frame, blobDayOf(arrived.arrivedAt));
  const id = messageId(arrived.sent, { link: arrived.link, hash: blob.hash });
  return { id, message: received(arrived, blob.hash), blob };
}

/** How it will be kept, if nobody has sent it before. */
export function keptAsNew({ id, message }: Keeping): Kept {
  return { id, version: 0, message, isImpostor: false };
}

/**
 * What the record holds of it by now. One that came before is as it was kept, with its answer if it has one. The same
 * MSH-10 with other bytes is another message, kept under an id of its own. Problems: those of the record.
 */
export async function findKept(record: HealthRecord, keeping: Keeping): Promise<Result<Kept>> {
  const first = await read(record, keeping);
  if (!first.ok || isSame(first.value.message, keeping)) return first;
  const impostor = await read(record, {
    ...keeping,
    id: deterministicId(keeping.id, keeping.message.digest ?? keeping.blob.hash),
  });
  return impostor.ok ? ok({ ...impostor.value, isImpostor: true }) : impostor;
}

/** The same bytes, or another envelope around the same message. */
function isSame({ raw, digest }: ReceivedMessage, { message, blob }: Keeping): boolean {
  return raw.hash === blob.hash || (digest !== undefined && digest === message.digest);
}

async function read(record: HealthRecord, keeping: Keeping): Promise<Result<Kept>> {
  const known = await record.read(linkMessageKind, keeping.id);
  if (!known.ok) return known.problems[0].category === "not-found" ? ok(keptAsNew(keeping)) : known;
  const { id, version, body } = known.value;
  return ok({ id, version, message: JSON.parse(body) as LinkMessage, isImpostor: false });
}

/** The write that keeps it with what became of it. It fails when the record holds another version of it by now. */
export function keepAs(kept: Kept, body: LinkMessage): Operation {
  const { id, version } = kept;
  return version === 0
    ? { action: "create", kind: linkMessageKind, id, body }
    : { action: "update", kind: linkMessageKind, id, body, ifMatch: version };
}

/** Without MSH-10 a message can only be known by its bytes. */
function messageId({ header }: SentMessage, { link, hash }: { readonly link: string; readonly hash: string }): string {
  if (header === undefined || header.controlId === "") return deterministicId(linkMessageKind, link, "bytes", hash);
  const [application, facility] = [3, 4].map((field) => header.segment.fieldText(field));
  return deterministicId(linkMessageKind, link, application, facility, header.controlId);
}

function received(
  { frame, sent, link, connection, arrivedAt }: Arrived,
  hash: LinkMessage["raw"]["hash"],
): ReceivedMessage {
  return {
    link,
    connection,
    arrivedAt,
    reasons: [],
    raw: { hash, sizeBytes: frame.length, charset: sent.foreign?.charset ?? sent.message.encoding.charset.name },
    ...factsOf(sent),
    resources: [],
  };
}
