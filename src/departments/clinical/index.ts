export type { ConfigurationFile } from "./api/configuration.ts";
export type { CertificateView } from "./api/links.ts";
export type { StartRun } from "./api/simulator.ts";
export { browserRoutes } from "./browser/routes.ts";
export { type CodeRoundNeeds, codeRound } from "./codes/code-round.ts";
export { SenderMaps } from "./codes/sender-maps.ts";
export { codeKinds } from "./codes/unknown-code.ts";
export { Backlog, type BacklogBounds } from "./committed/backlog.ts";
export { mappingDelayDefinition } from "./committed/mapping-delay.ts";
export { type MappingOne, MappingQueue, type MappingQueueNeeds } from "./committed/mapping-queue.ts";
export { RawIntake } from "./committed/raw-intake.ts";
export { type Abilities, honouredSettings } from "./configuration/abilities.ts";
export {
  type CheckedConfiguration,
  type CheckNeeds,
  checkConfiguration,
  checkReport,
} from "./configuration/check-configuration.ts";
export { type Configuration, readConfigurationWhole } from "./configuration/configuration.ts";
export {
  changedPaths,
  type Deployed,
  deploy,
  linkConfigurationDefinition,
  linkConfigurationKind,
  listDeployed,
  readDeployed,
} from "./configuration/deployment.ts";
export { type ConfigurationDesk, deployChecked, rollBack } from "./configuration/desk.ts";
export { configurationForms } from "./configuration/form/configuration-forms.ts";
export {
  type DestinationSettings,
  type IntakeSettings,
  type LinkSettings,
  usualRetry,
} from "./configuration/link-settings.ts";
export { Bookkeeper } from "./deliveries/books/bookkeeper.ts";
export { linkBookDefinition } from "./deliveries/books/link-book.ts";
export type { Delivery } from "./deliveries/delivery.ts";
export { deliveryDefinition } from "./deliveries/delivery-kind.ts";
export type { AwaitedOutcome } from "./deliveries/engine/awaited-messages.ts";
export { DeliveryEngine, type DeliveryEngineNeeds } from "./deliveries/engine/delivery-engine.ts";
export { destinationSwitchDefinition } from "./deliveries/engine/destination-switch.ts";
export type { DeliveryAlert } from "./deliveries/engine/destination-work.ts";
export type { PassingOn } from "./deliveries/pass-on.ts";
export { deliveryRoutes } from "./deliveries/routes.ts";
export { type LinkRouting, openLinkRouting } from "./deliveries/routing/link-routing.ts";
export { namesIn as destinationsNamedIn, strandedDestinations } from "./deliveries/stranded/stranded-deliveries.ts";
export type { Safeguards } from "./gates/safeguards.ts";
export { WaitingOrders } from "./gates/waiting-orders.ts";
export { holdRoutes } from "./holds/routes.ts";
export * from "./imaging/export/index.ts";
export * from "./imaging/keeping/index.ts";
export * from "./imaging/nodes/index.ts";
export * from "./imaging/pages/index.ts";
export * from "./imaging/retention/index.ts";
export * from "./imaging/routing/index.ts";
export * from "./imaging/services/index.ts";
export * from "./imaging/studies/index.ts";
export type { DicomwebNeeds } from "./imaging/web/dicomweb-needs.ts";
export { dicomwebRoutes } from "./imaging/web/routes.ts";
export * from "./imaging/worklist/index.ts";
export * from "./imaging/worklist/index.ts";
export { type HttpIntakes, httpIntakeRoutes } from "./intake/http-intake.ts";
export { processMessageOperation } from "./intake/process-message.ts";
export { type LiveFeed, LiveHub, type LiveHubNeeds } from "./live/live-hub.ts";
export { liveRoutes } from "./live/routes.ts";
export { continueMerges, mergesUnderWay } from "./merges/continue-merges.ts";
export { type PatientMerge, patientMergeKind } from "./merges/patient-merge.ts";
export { patientMergeDefinition } from "./merges/patient-merge-kind.ts";
export { mergesActor } from "./merges/subordinates.ts";
export { forgetWords } from "./message-text/forget-words.ts";
export { wordFileDefinition } from "./message-text/word-file.ts";
export { type WordFilesNeeds, writeWordFiles } from "./message-text/write-word-files.ts";
export { type Envelope, keepEnvelope } from "./messages/envelope.ts";
export { keepFragment } from "./messages/fragment.ts";
export type { LedgerEntry } from "./messages/ledger.ts";
export { type LinkMessage, linkMessageKind } from "./messages/link-message.ts";
export { linkMessageDefinition } from "./messages/link-message-kind.ts";
export type { Plan, Planned } from "./messages/plan.ts";
export { type Preview, type PreviewSource, previewMessage } from "./messages/preview.ts";
export { type Receiving, receive } from "./messages/receive.ts";
export { isUnmappedReason, unmappedReasons } from "./messages/unmapped-reasons.ts";
export { tellOf } from "./outgoing/send-version.ts";
export { toldTogether } from "./outgoing/told-together.ts";
export { writtenKind } from "./outgoing/write-version.ts";
export { outputMappings, type Render, rendering } from "./outputs/output-mappings.ts";
export { type FigureRecord, LinkFigures, type LinkFiguresNeeds } from "./overview/link-figures.ts";
export type { LinkStatus, LinkStatuses } from "./overview/link-status.ts";
export { askReplay } from "./replay/ask-replay.ts";
export { decideReplay, type ReplayOrder } from "./replay/decide-replay.ts";
export { fetchPreview, fetchReplay } from "./replay/fetch-replays.ts";
export { replayKinds } from "./replay/replay-kinds.ts";
export { Replayer, type ReplayerNeeds } from "./replay/replayer.ts";
export { type ReplayRoutesNeeds, replayRoutes } from "./replay/routes.ts";
export type { LinkRules, Rules } from "./replay/rules.ts";
export { askShadow } from "./replay/shadow/ask-shadow.ts";
export { fetchShadowRun } from "./replay/shadow/fetch-shadow.ts";
export type { KeptReason, PlannedDay } from "./retention/plan-retention.ts";
export { previewRetention, type RetiringNeeds, retireDays } from "./retention/retire-days.ts";
export { retiredDayDefinition, retiredDayKind } from "./retention/retired-day.ts";
export { type ClinicalRoutesNeeds, clinicalRoutes } from "./routes.ts";
export { ownLayers, senderRows } from "./rows/sender-rows.ts";
export { compareRuns, type RunDifferences, type WholeRun } from "./simulator/compare-runs.ts";
export type { Mismatch, NamedBody } from "./simulator/comparison.ts";
export { type Conducted, conduct } from "./simulator/conduct.ts";
export { type FieldMask, readMask, usualMasks } from "./simulator/field-mask.ts";
export {
  type KeptRun,
  keepBeginning,
  keepEnd,
  keepWholeRun,
  listRuns,
  readWholeRun,
} from "./simulator/kept-runs.ts";
export type { OutputReceiver } from "./simulator/output-receiver.ts";
export type { Pace } from "./simulator/pace.ts";
export type { Answer, Timing } from "./simulator/play.ts";
export { simulatorRoutes } from "./simulator/routes.ts";
export { messagesOfFiles, type NamedFile, type SimulatedMessage, splitFile } from "./simulator/simulated-message.ts";
export type { SimulatorDesk } from "./simulator/simulator-desk.ts";
export {
  type DayTraffic,
  type RunExpected,
  type RunSettings,
  type RunTarget,
  type RunTraffic,
  type SimulatorRun,
  simulatorRunKind,
} from "./simulator/simulator-run.ts";
export { simulatorRunDefinition } from "./simulator/simulator-run-kind.ts";
export type { RunSummary } from "./simulator/summary.ts";
export { type LinkSwitch, linkSwitchDefinition, stoppedLinks } from "./switch/link-switch.ts";
export { watchKinds } from "./watch/kinds.ts";
export { watchRoutes } from "./watch/routes.ts";
export type { WatchedLink, WatchedRecord, WatchNeeds } from "./watch/watch-needs.ts";
export { watchDeliveries, watchRound } from "./watch/watch-round.ts";
