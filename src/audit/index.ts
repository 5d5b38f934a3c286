export type { Act, ActName, ActOutcome, Agent } from "./act.ts";
export { genesisHash, seal } from "./chain.ts";
export { type AuditBody, auditEntry, type OwnBody, readBody } from "./entry.ts";
export { type AuditLog, openAuditLog } from "./log.ts";
export type { PostedEvent, Posting } from "./posted.ts";
export { auditEventId, renderAuditEvent } from "./render.ts";
export { corridorReferences } from "./render-values.ts";
export { type AuditHead, type ChainReport, type VerifyOptions, verifyChain } from "./verify.ts";
