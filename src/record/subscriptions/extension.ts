import { isJsonObject, type Json, type JsonObject } from "#kernel";

/** Source: Subscriptions R5 Backport 1.1, artifacts (extensions and profiles). */
const definitions = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/";

export const backport = {
  filterCriteria: `${definitions}backport-filter-criteria`,
  payloadContent: `${definitions}backport-payload-content`,
  heartbeatPeriod: `${definitions}backport-heartbeat-period`,
  timeout: `${definitions}backport-timeout`,
  maxCount: `${definitions}backport-max-count`,
  channelType: `${definitions}backport-channel-type`,
  /** Of the CapabilityStatement: a topic that is offered. */
  topicCanonical: `${definitions}capabilitystatement-subscriptiontopic-canonical`,
  statusProfile: `${definitions}backport-subscription-status-r4`,
  notificationProfile: `${definitions}backport-subscription-notification-r4`,
} as const;

/** The extensions of an element with this address, or of a primitive, whose extensions stand under `_name`. */
export function extensionsOf(element: Json | undefined, url: string): readonly JsonObject[] {
  if (!isJsonObject(element) || !Array.isArray(element.extension)) return [];
  return element.extension.filter((one): one is JsonObject => isJsonObject(one) && one.url === url);
}
