import type { Policy } from "./policy.ts";

/** As accounts: whoever manages them does so at the registry's own routes, which answer with what is fit to be shown. */
export const applications: Policy = {
  name: "applications",
  title: "Applications, what people let them do, and the tokens for it",
  layer: "corridor",
  kinds: ["Application", "GivenAccess", "IssuedItem", "SigningKeys"],
  allow: { read: [], search: [], history: [], create: [], update: [], delete: [] },
};
