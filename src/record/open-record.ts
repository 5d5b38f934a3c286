import {
  type Clock,
  expectOk,
  failed,
  fault,
  type Ids,
  type Log,
  limits,
  notFound,
  ok,
  type Result,
  unavailable,
  unsupported,
} from "#kernel";
import { type BlobDay, type BlobHash, blobOf } from "./blobs/blob.ts";
import { Committer } from "./documents/committer.ts";
import { type SearchConcepts, withConcepts } from "./documents/concepts.ts";
import type { Position, Version } from "./documents/document.ts";
import { goneProblem } from "./documents/gone.ts";
import type { KindDefinition } from "./documents/index-entries.ts";
import { look } from "./documents/look.ts";
import type { Operation } from "./documents/operation.ts";
import { prepareAll } from "./documents/prepare.ts";
import type { Attest } from "./documents/settle.ts";
import { SearchTooCostly } from "./documents/too-costly.ts";
import { CommitSignal } from "./feed/commit-signal.ts";
import { FeedHead } from "./feed/feed-head.ts";
import type { HealthRecord, Transaction } from "./health-record.ts";
import type { BlobStore, DocumentStore, InlineBlobStore } from "./ports.ts";

export interface RecordNeeds {
  readonly documents: DocumentStore;
  readonly inlineBlobs: InlineBlobStore;
  readonly blobs: BlobStore;
  readonly kinds: readonly KindDefinition[];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Asked at each search, as terminology itself is read from the record; undefined: codes are not looked up. */
  readonly concepts?: () => SearchConcepts | undefined;
}

/** The record, seeing everything: for the composition root, which narrows it before anyone else holds it. */
export function openRecord(needs: RecordNeeds): HealthRecord & { close(): void } {
  const { documents } = needs;
  const kinds = new Map(needs.kinds.map((definition) => [definition.kind, definition]));
  const committer = new Committer({ store: documents, clock: needs.clock, log: needs.log });
  const head = new FeedHead(() => documents.position());
  const signal = new CommitSignal(head);
  return {
    transact: (transaction) => transact(needs, { kinds, committer, signal }, transaction),
    read: async (kind, id) => present(await attempt(() => documents.read(kind, id)), `${kind}/${id}`),
    readMany: (keys) => attempt(() => documents.readMany(keys)),
    look: (question) => attempt(() => look(documents, question)),
    readVersion: async (kind, id, version) =>
      found(await attempt(() => documents.readVersion(kind, id, version)), `${kind}/${id} version ${version}`),
    history: (query) => attempt(() => documents.history(query)),
    search: async (query) => {
      const all = await withConcepts(query.all, needs.concepts?.());
      if (!all.ok) return all;
      const limit = Math.min(query.limit, limits.pageSizeMax);
      return attempt(() => documents.search({ ...query, all: all.value, limit }));
    },
    count: async (query) => {
      const all = await withConcepts(query.all, needs.concepts?.());
      return all.ok ? attempt(() => documents.count({ ...query, all: all.value })) : all;
    },
    kindsHolding: (kinds, key) => attempt(() => documents.kindsHolding(kinds, key)),
    readBlob: (hash, day) => readBlob(needs, hash, day),
    changes: (after, limit) => attempt(() => documents.changes(after, limit)),
    position: () => head.position(),
    changed: (after, abort) => signal.changed(after, abort),
    close: () => signal.close(),
  };
}

interface Parts {
  readonly kinds: ReadonlyMap<string, KindDefinition>;
  readonly committer: Committer;
  readonly signal: CommitSignal;
}

/** The conditions that are searched again inside the commit, with the codes that terminology knows. */
async function withKnownCodes(
  needs: RecordNeeds,
  operations: readonly Operation[],
): Promise<Result<readonly Operation[]>> {
  const known = [...operations];
  for (const [index, operation] of operations.entries()) {
    if (operation.action !== "create" || operation.ifNoneFound === undefined) continue;
    const { query, after } = operation.ifNoneFound;
    const all = await withConcepts(query.all, needs.concepts?.());
    if (!all.ok) return all;
    known[index] = { ...operation, ifNoneFound: { query: { ...query, all: all.value }, after } };
  }
  return ok(known);
}

async function transact(needs: RecordNeeds, { kinds, committer, signal }: Parts, transaction: Transaction) {
  const isSearched = transaction.operations.some((each) => each.action === "create" && each.ifNoneFound !== undefined);
  const operations = isSearched ? await withKnownCodes(needs, transaction.operations) : ok(transaction.operations);
  if (!operations.ok) return operations;
  const prepared = prepareAll(kinds, needs.ids, operations.value);
  if (!prepared.ok) return prepared;
  const { blobs = [], audit = [] } = transaction;
  const large = blobs.filter((blob) => blob.bytes.length > limits.blobInlineBytesMax);
  const stored = await attempt(() => Promise.all(large.map((blob) => needs.blobs.put(blob))));
  if (!stored.ok) return stored;
  const inline = blobs.filter((blob) => blob.bytes.length <= limits.blobInlineBytesMax);
  const attest = attestWith(needs, kinds, transaction);
  const { seen } = transaction;
  const result = await committer.submit({ operations: prepared.value, blobs: inline, audit, attest, seen });
  if (result.ok) signal.notify(Math.max(0, ...result.value.map((outcome) => outcome.version.position)) as Position);
  return result;
}

/** What is attested is Corridor's own work: a body that fails its kind's check is a bug, and nothing is written. */
function attestWith(needs: RecordNeeds, kinds: Parts["kinds"], { attest }: Transaction): Attest | undefined {
  if (attest === undefined) return undefined;
  return (outcomes) => {
    const { operations, audit } = attest(outcomes);
    return { operations: expectOk(prepareAll(kinds, needs.ids, operations)), audit };
  };
}

async function readBlob(needs: RecordNeeds, hash: BlobHash, day?: BlobDay): Promise<Result<Uint8Array>> {
  const read = await attempt(
    async () => (await needs.inlineBlobs.get(hash, day)) ?? (await needs.blobs.get(hash, day)),
  );
  const bytes = found(read, `blob ${hash}`);
  if (!bytes.ok || blobOf(bytes.value).hash === hash) return bytes;
  needs.log.error("a blob no longer equals its hash", { hash });
  return failed(fault("blob-damaged", "The stored content is damaged. Run `corridor verify` and restore a backup."));
}

/** A store throws when the database cannot be reached or refuses; callers get a Problem. */
async function attempt<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (cause) {
    if (cause instanceof SearchTooCostly) return failed(tooCostly(cause));
    return failed(unavailable("record-unavailable", "The record cannot be reached at the moment.", { cause }));
  }
}

function tooCostly({ message }: SearchTooCostly) {
  return unsupported("too-costly", `The search is too costly: ${message}. Ask for less with further conditions.`);
}

function found<T>(result: Result<T | undefined>, what: string): Result<T> {
  if (!result.ok) return result;
  return result.value === undefined ? failed(notFound("not-found", `There is no ${what}.`)) : ok(result.value);
}

function present(result: Result<Version | undefined>, what: string): Result<Version> {
  const version = found(result, what);
  if (!version.ok || version.value.action !== "delete") return version;
  return failed(goneProblem(version.value, what));
}
