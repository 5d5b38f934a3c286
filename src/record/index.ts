export type * from "./audit-ports.ts";
export * from "./blobs/blob.ts";
export { deflated } from "./blobs/deflated.ts";
export * from "./blobs/streamed-blobs.ts";
export * from "./documents/clause.ts";
export { type SearchConcepts, withConcepts } from "./documents/concepts.ts";
export * from "./documents/document.ts";
export * from "./documents/index-entries.ts";
export { jsonText, parseJson } from "./documents/json-text.ts";
export * from "./documents/operation.ts";
export * from "./documents/query.ts";
export { SearchTooCostly } from "./documents/too-costly.ts";
export type * from "./erasure/erasure-store.ts";
export { type ErasureLists, type Erasures, type ErasuresNeeds, openErasures } from "./erasure/erasures.ts";
export { type FeedWorker, runWorker, type WorkerNeeds } from "./feed/worker.ts";
export type { Answer } from "./fhir/answer.ts";
export type { Asked } from "./fhir/asked.ts";
export type { Deidentifiers } from "./fhir/bulk/deidentified.ts";
export { type ExportOrder, exportOrder } from "./fhir/bulk/export-order.ts";
export { type ExportSink, exportType } from "./fhir/bulk/export-run.ts";
export { InFlight } from "./fhir/bulk/in-flight.ts";
export { type BulkJob, bulkJobKind, type JobActor } from "./fhir/bulk/job.ts";
export type { JobFiles, JobFileWriter } from "./fhir/bulk/job-files.ts";
export { BulkJobs } from "./fhir/bulk/jobs.ts";
export { type BundleLoadNeeds, type Loaded, loadBundle, presenceIn } from "./fhir/bulk/load-bundle.ts";
export { type LineProblem, type LoadedLines, loadLines, type ResourceLine } from "./fhir/bulk/load-lines.ts";
export { isUnpacked } from "./fhir/bulk/repeatable-bundle.ts";
export { bulkOperations, bulkRoutes } from "./fhir/bulk/routes.ts";
export { type EntryOutcomes, type TransactionNeeds, transactBundle } from "./fhir/bundle/transaction.ts";
export { conditionOf } from "./fhir/condition.ts";
export type { FhirContext } from "./fhir/context.ts";
export { presenceBit, tokenKey } from "./fhir/fhir-entries.ts";
export type { Software } from "./fhir/interactions/metadata.ts";
export { checkParameters } from "./fhir/interactions/requested.ts";
export type { Interaction } from "./fhir/interactions/table.ts";
export { fhirKinds, indexEntriesOf } from "./fhir/kinds.ts";
export { careDateOf } from "./fhir/operations/care-date.ts";
export type { StatedOperation } from "./fhir/operations/operation.ts";
export { AddedParameters, type ParameterState } from "./fhir/parameters/added-parameters.ts";
export { type DoorRow, type FhirDoor, fhirRoute, fhirRoutes } from "./fhir/routes.ts";
export { holderOfType } from "./fhir/search/reference-clause.ts";
export { pointingAt } from "./fhir/search/reference-keys.ts";
export type { Attestation, HealthRecord, Look, Sight, Transaction } from "./health-record.ts";
export { openRecord, type RecordNeeds } from "./open-record.ts";
export type * from "./ports.ts";
export { satisfies } from "./subscriptions/matching.ts";
export {
  openSubscriptions,
  type SubscriptionNeeds,
  type Subscriptions,
} from "./subscriptions/open-subscriptions.ts";
export {
  socketAddress,
  socketPath,
  statedSubscriptionOperations,
  subscriptionRoutes,
} from "./subscriptions/operations.ts";
export type * from "./subscriptions/ports.ts";
export { topics } from "./subscriptions/topics.ts";
