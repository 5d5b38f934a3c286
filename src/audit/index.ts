export type { Act, ActName, ActOutcome, Agent } from "./act.ts";
export { genesisHash, seal } from "./chain.ts";
export { type Checkpoint, openCheckpoint, signCheckpoint } from "./checkpoint/checkpoint.ts";
export type { KeptCheckpoints } from "./checkpoint/kept-checkpoints.ts";
export { type NoteSigner, type NoteVerifier, noteSigner, noteVerifier } from "./checkpoint/note-key.ts";
export { openNote, partNotes, signNote } from "./checkpoint/signed-note.ts";
export {
  type CheckpointNeeds,
  newestKept,
  type WrittenCheckpoint,
  writeCheckpoint,
} from "./checkpoint/write-checkpoint.ts";
export { dicomMessage, dicomMessageId } from "./dicom-message.ts";
export { type AuditBody, auditEntry, type OwnBody, readBody } from "./entry.ts";
export { type AuditLog, openAuditLog } from "./log.ts";
export { checkConsistency, checkInclusion } from "./merkle/check-proof.ts";
export { GrowingTree } from "./merkle/growing-tree.ts";
export { type EntryProof, proveEntry } from "./merkle/prove-entry.ts";
export { leafHash } from "./merkle/tree-hash.ts";
export type { PostedEvent, Posting } from "./posted.ts";
export { auditEventId, renderAuditEvent } from "./render.ts";
export { corridorReferences } from "./render-values.ts";
export { readWitness } from "./verify/read-witness.ts";
export { type AuditHead, type LogReport, type VerifyOptions, verifyLog } from "./verify/verify-log.ts";
export type { Witness } from "./verify/witness-check.ts";
