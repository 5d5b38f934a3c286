export { applyJsonPatch } from "./json-patch.ts";
