export { type ImageServicesNeeds, imageServices } from "./image-services.ts";
export type { NodeCaller } from "./node-caller.ts";
