export { type AllowList, allowList } from "./allow-list.ts";
