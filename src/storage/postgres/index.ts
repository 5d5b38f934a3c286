export type { Seal } from "./audit-chain.ts";
export type { ConnectionTarget, Database } from "./database.ts";
export * from "./embedded/index.ts";
export { imageBlobs, imageFaults } from "./images/verify.ts";
export { migrations } from "./migrate.ts";
export { restoreDatabase, type SnapshotTarget } from "./restore.ts";
export { type Snapshot, type SnapshotSequence, type SnapshotTable, withSnapshot } from "./snapshot.ts";
export { type OpenOptions, openPostgres, type PostgresStore } from "./store.ts";
export { type ErasedBy, readErasures, readHead, type StoredBody, storedBodies, verifyDocuments } from "./verify.ts";
