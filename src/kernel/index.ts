export * from "./clock.ts";
export * from "./ids.ts";
export * from "./json.ts";
export * from "./limits.ts";
export { listenProblem } from "./listen-problem.ts";
export * from "./log.ts";
export * from "./meter.ts";
export * from "./problem.ts";
export * from "./route.ts";
