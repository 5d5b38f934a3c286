export * from "./patients.ts";
export * from "./staff.ts";
