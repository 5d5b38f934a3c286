export { resumeCommitments } from "./commitment.ts";
export { type ImageServicesNeeds, imageServices } from "./image-services.ts";
export type { NodeCaller } from "./node-caller.ts";
export { imageCommitmentDefinition } from "./pending-commitment.ts";
