export { type DisposalRoundNeeds, imageDisposalRound } from "./disposal-round.ts";
export { imageDisposalDefinition } from "./image-disposal.ts";
export type { PatientKeeping, PatientKeepingOf } from "./patient-keeping.ts";
export { retentionRuleDefinition } from "./retention-rule.ts";
export { type ImageRetentionNeeds, imageRetentionRoutes } from "./routes.ts";
export { studyMarkDefinition } from "./study-mark.ts";
