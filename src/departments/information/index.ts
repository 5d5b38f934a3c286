export type { AccountFigures, EvidenceNeeds } from "./evidence/fetch-evidence.ts";
export type { Acting } from "./items/mark-patient.ts";
export { markSystem } from "./items/mark-patient.ts";
export { informationKinds } from "./kinds.ts";
export { PackBuilder } from "./pack/pack-builder.ts";
export { type InformationRoutesNeeds, informationRoutes } from "./routes.ts";
