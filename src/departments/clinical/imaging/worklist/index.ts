export { performedStepDefinition } from "./performed-step.ts";
export { type ContextOf, worklistServices } from "./services.ts";
export { type WorklistRoundNeeds, worklistRound } from "./worklist-round.ts";
export { usualWorklistRules, type WorklistRule, worklistRulesSchema } from "./worklist-rules.ts";
