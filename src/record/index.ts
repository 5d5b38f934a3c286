export * from "./blobs/blob.ts";
export * from "./documents/document.ts";
export * from "./documents/index-entries.ts";
export * from "./documents/operation.ts";
export * from "./documents/query.ts";
export { type FeedWorker, runWorker, type WorkerNeeds } from "./feed/worker.ts";
export type { HealthRecord, Transaction } from "./health-record.ts";
export { openRecord, type RecordNeeds } from "./open-record.ts";
export type * from "./ports.ts";
