export { imageEditDefinition } from "./image-edit.ts";
export { type KeepingRoutesNeeds, keepingRoutes } from "./routes.ts";
