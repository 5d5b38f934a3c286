export type { ClientTls } from "./agents.ts";
export { allowedEndpoints, type EndpointRule } from "./endpoint.ts";
export { type FhirSenderOptions, fhirSender } from "./fhir-sender.ts";
export { type Hook, openHooks } from "./hooks.ts";
export { httpSender } from "./http-sender.ts";
export { outcomeWords } from "./outcome-words.ts";
export type { PostSenderOptions } from "./post-sender.ts";
export { fetchPublishedKeys } from "./published-keys.ts";
