import { machines } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const readers: readonly Grantee[] = ["pathology-links-manager", ...machines];

export const linkMessages: Policy = {
  name: "link-messages",
  title: "Messages as they came over the links",
  layer: "corridor",
  kinds: ["LinkMessage"],
  allow: granted({ readers, writers: ["link"] }),
};

/** Written by the worker that maps, under the id of the message. */
export const mappingDelays: Policy = {
  name: "mapping-delays",
  title: "Why messages that were acknowledged are not mapped yet",
  layer: "corridor",
  kinds: ["MappingDelay"],
  allow: granted({ readers, writers: ["worker"] }),
};

/** The words of messages, by which those who may read them find them. */
export const messageWords: Policy = {
  name: "message-words",
  title: "The words of messages, for finding them by their text",
  layer: "corridor",
  kinds: ["MessageWords"],
  allow: granted({ readers: ["worker"], writers: ["worker"], deleters: ["worker"] }),
};

/** Written by whoever takes the bytes of a day away. */
export const retiredDays: Policy = {
  name: "retired-days",
  title: "Days whose messages are no longer kept as they came",
  layer: "corridor",
  kinds: ["RetiredDay"],
  allow: granted({ readers, writers: ["worker"] }),
};
