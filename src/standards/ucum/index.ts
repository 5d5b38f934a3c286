export { ucumVersion } from "./atoms.ts";
export { canonicalQuantity, isUcumUnit } from "./quantity.ts";
