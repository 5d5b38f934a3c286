export { allowedEndpoints, type EndpointRule } from "./endpoint.ts";
export { type Hook, openHooks } from "./hooks.ts";
