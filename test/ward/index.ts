export * from "./hospital.ts";
export * from "./patients.ts";
export * from "./staff.ts";
