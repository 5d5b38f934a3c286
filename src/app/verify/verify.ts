import { readWitness, verifyLog } from "#audit";
import { fault, type Problem } from "#kernel";
import type { ErasedBy, PostgresStore } from "#storage/postgres";
import { readErasures, readHead, verifyDocuments } from "#storage/postgres";
import type { AuditPlaces } from "../compose/audit-keeping.ts";
import { type BlobStores, verifyBlobs } from "./blobs.ts";
import { verifyFeed } from "./feed.ts";
import { verifyImages } from "./images.ts";

export interface VerifyOptions {
  readonly store: PostgresStore;
  readonly stores: BlobStores;
  /** Where checkpoints of the audit log are kept; left out, the log is compared with nothing outside the database. */
  readonly audit?: AuditPlaces;
  /** Told what is being looked at, and how much of it is done. */
  readonly progress: (what: "versions" | "blobs" | "images" | "audit entries", done: number, total: number) => void;
}

export interface VerifyReport {
  readonly versions: number;
  readonly blobs: number;
  /** Messages as received that are no longer kept, as their time was over. */
  readonly blobsRetired: number;
  /** Objects of the image archive. */
  readonly images: number;
  readonly auditEntries: number;
  /** What is no longer there because two people decided so. */
  readonly erased: readonly ErasedBy[];
  readonly problems: readonly Problem[];
}

/**
 * Reads everything that Corridor keeps and checks it: every version is readable and the feed has no gap, every blob is
 * there and equal to its hash, what is served as newest is the newest, the audit log is unbroken up to its head and is what its checkpoints say.
 * May run beside a working Corridor: what is committed after it began is not looked at.
 */
export async function verifyAll({ store, stores, audit, progress }: VerifyOptions): Promise<VerifyReport> {
  const head = await readHead(store.database);
  const feed = await verifyFeed(store.database, head.position, (done) => progress("versions", done, head.position));
  const blobs = await verifyBlobs(stores, feed, (done, total) => progress("blobs", done, total));
  const images = await verifyImages(store.database, stores.images, (done, total) => progress("images", done, total));
  const witnesses =
    audit === undefined ? [] : await Promise.all(audit.places.map((kept) => readWitness(kept, audit.signer)));
  const chain = await verifyLog(store.audit, {
    witnesses: witnesses.map(({ witness }) => witness),
    expected: head.audit.sequence === 0 ? [] : [head.audit],
    progress: (checked) => progress("audit entries", checked, Math.max(checked, head.audit.sequence)),
  });
  const documents = await verifyDocuments(store.database);
  const forged = witnesses.flatMap(({ problems }) => problems);
  return {
    versions: feed.versions,
    blobs: blobs.count,
    blobsRetired: blobs.retired,
    images: images.count,
    auditEntries: chain.head.sequence,
    erased: await readErasures(store.database),
    problems: [...feed.problems, ...blobs.problems, ...images.problems, ...documents, ...chain.problems, ...forged].map(
      withoutCause,
    ),
  };
}

function withoutCause({ code, message, where }: Problem): Problem {
  return fault(code, message, where === undefined ? {} : { where });
}
