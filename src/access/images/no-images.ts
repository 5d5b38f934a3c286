import { failed, unsupported } from "#kernel";
import type { NarrowedImages } from "./narrow-images.ts";

const none = failed(unsupported("images-not-here", "This Corridor keeps no images."));

/** Where no archive is open, as for a command that needs none. */
export const noImages: NarrowedImages = {
  receive: async () => none,
  find: async () => none,
  count: async () => none,
  instances: async () => none,
  open: async () => none,
  keeping: none,
};
