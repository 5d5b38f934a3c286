import { machines } from "./groups.ts";
import type { Grantee, Policy } from "./policy.ts";

const readers: readonly Grantee[] = ["pathology-links-manager", ...machines];

/** A delivery is made with its message, moved on by the engine, and let go or tried again by a person. */
export const deliveries: Policy = {
  name: "deliveries",
  title: "Messages on their way to destinations, and whether destinations are paused",
  layer: "corridor",
  kinds: ["Delivery", "DestinationSwitch", "LinkSwitch"],
  allow: {
    read: readers,
    search: readers,
    history: readers,
    create: ["link", "worker", "pathology-links-manager"],
    update: ["worker", "pathology-links-manager"],
    delete: [],
  },
};

/** Counts alone, kept by a worker. */
export const linkBooks: Policy = {
  name: "link-books",
  title: "The books of the links: how many messages came in, and what became of them",
  layer: "corridor",
  kinds: ["LinkBook"],
  allow: {
    read: readers,
    search: readers,
    history: readers,
    create: ["worker"],
    update: ["worker"],
    delete: [],
  },
};
