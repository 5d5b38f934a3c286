export type { AccountFigures, EvidenceNeeds } from "./evidence/fetch-evidence.ts";
export { changeItem as workOnItem } from "./items/change-item.ts";
export { createItem as beginItem } from "./items/create-item.ts";
export type { ItemOrder, NewItem } from "./items/item-order.ts";
export type { Acting } from "./items/mark-patient.ts";
export { markSystem } from "./items/mark-patient.ts";
export { informationKinds } from "./kinds.ts";
export { PackBuilder } from "./pack/pack-builder.ts";
export { type InformationRoutesNeeds, informationRoutes } from "./routes.ts";
