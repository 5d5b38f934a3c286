export { commitmentReported } from "./commitment.ts";
export { followVisits, type VisitTrigger } from "./follow-visits.ts";
export { imageRouteDefinition } from "./image-route.ts";
export { imageSendDefinition } from "./image-send.ts";
export { planSends } from "./plan-sends.ts";
export { routingRoutes } from "./routes.ts";
export { SendLanes, type SendRoundNeeds, sendRound } from "./send-round.ts";
