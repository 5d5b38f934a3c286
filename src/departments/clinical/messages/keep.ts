import { ok, type Result } from "#kernel";
import { type Blob, blobOf, type HealthRecord } from "#record";
import { deterministicId } from "./deterministic-id.ts";
import { type LinkMessage, linkMessageKind } from "./link-message.ts";
import { factsOf, type SentMessage } from "./sent-message.ts";

export interface Arrived {
  readonly frame: Uint8Array;
  readonly sent: SentMessage;
  readonly link: string;
  readonly connection: string;
  /** An instant. */
  readonly arrivedAt: string;
}

/** A message that is safe in the record. */
export interface Kept {
  readonly id: string;
  readonly version: number;
  readonly message: LinkMessage;
  /** Nobody has sent it before. */
  readonly isNew: boolean;
  /** Another message came before it under the same MSH-10 with other content. */
  readonly isImpostor: boolean;
}

/** What is to be kept of a message. */
export interface Keeping {
  readonly id: string;
  readonly message: LinkMessage;
  readonly blob: Blob;
}

/**
 * The id of a message follows from the link, the sender and MSH-10, so that a repetition finds the first one.
 */
export function toKeep(arrived: Arrived): Keeping {
  const blob = blobOf(arrived.frame);
  const id = messageId(arrived.sent, { link: arrived.link, hash: blob.hash });
  return { id, message: received(arrived, blob.hash), blob };
}

/** How it will be kept, if nobody has sent it before. */
export function keptAsNew({ id, message }: Keeping): Kept {
  return { id, version: 1, message, isNew: true, isImpostor: false };
}

/**
 * Keeps a message with its exact bytes before anything of it is recorded. One that came before is kept as it was, with
 * its answer if it has one. The same MSH-10 with other bytes is another message, kept under an id of its own.
 * Problems: those of the record.
 */
export async function keep(record: HealthRecord, keeping: Keeping): Promise<Result<Kept>> {
  const { id, blob } = keeping;
  const first = await createOrRead(record, keeping);
  if (!first.ok || first.value.message.raw.hash === blob.hash) return first;
  const impostor = await createOrRead(record, { ...keeping, id: deterministicId(id, blob.hash) });
  return impostor.ok ? ok({ ...impostor.value, isImpostor: true }) : impostor;
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
): LinkMessage {
  return {
    link,
    connection,
    arrivedAt,
    state: "received",
    reasons: [],
    raw: { hash, sizeBytes: frame.length, charset: sent.message.encoding.charset.name },
    ...factsOf(sent),
    resources: [],
  };
}

async function createOrRead(record: HealthRecord, keeping: Keeping): Promise<Result<Kept>> {
  const { id, message, blob } = keeping;
  const created = await record.transact({
    operations: [{ action: "create", kind: linkMessageKind, id, body: message }],
    blobs: [blob],
  });
  if (created.ok) return ok(keptAsNew(keeping));
  if (!created.problems.some(({ code }) => code === "already-exists")) return created;
  const known = await record.read(linkMessageKind, id);
  if (!known.ok) return known;
  const { version, body } = known.value;
  return ok({ id, version, message: JSON.parse(body) as LinkMessage, isNew: false, isImpostor: false });
}

/** The newest version, after someone else has changed it. */
export async function keptAgain(record: HealthRecord, kept: Kept): Promise<Result<Kept>> {
  const known = await record.read(linkMessageKind, kept.id);
  if (!known.ok) return known;
  return ok({
    ...kept,
    isNew: false,
    version: known.value.version,
    message: JSON.parse(known.value.body) as LinkMessage,
  });
}
