export { archivePolicyDefinition, duplicatesFrom } from "./archive-policy.ts";
export { imageDecisionDefinition } from "./image-decision.ts";
export { imageEditDefinition } from "./image-edit.ts";
export { type KeepingRoutesNeeds, keepingRoutes } from "./routes.ts";
