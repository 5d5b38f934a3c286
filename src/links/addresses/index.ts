export { type AllowList, allowList } from "./allow-list.ts";
export { isLinkLocal, lookUpOutside } from "./link-local.ts";
