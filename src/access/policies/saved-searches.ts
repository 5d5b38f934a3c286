import { nobody } from "./groups.ts";
import type { Policy } from "./policy.ts";

/** Own and shared, which no table of roles can say: access's own routes serve them, and no other door does. */
export const savedSearches: Policy = {
  name: "saved-searches",
  title: "Searches that people keep",
  layer: "corridor",
  kinds: ["SavedSearch"],
  allow: { read: nobody, search: nobody, history: nobody, create: nobody, update: nobody, delete: nobody },
};
