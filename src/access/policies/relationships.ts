import { nobody } from "./groups.ts";
import type { Policy } from "./policy.ts";

/** One's own, and those that one reviews, which no table of roles can say: access's own routes serve them. */
export const relationships: Policy = {
  name: "relationships",
  title: "Who said that they care for a patient, and who broke the glass",
  layer: "corridor",
  kinds: ["Relationship"],
  allow: { read: nobody, search: nobody, history: nobody, create: nobody, update: nobody, delete: nobody },
};
