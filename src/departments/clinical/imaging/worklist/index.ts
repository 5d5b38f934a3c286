export { performedStepDefinition } from "./performed-step.ts";
export { type WorklistRoutesNeeds, worklistRoutes } from "./routes.ts";
export { type ContextOf, worklistServices } from "./services.ts";
export { type WorklistRoundNeeds, worklistRound } from "./worklist-round.ts";
export { readWorklistRules, usualWorklistRules, type WorklistRule } from "./worklist-rules.ts";
