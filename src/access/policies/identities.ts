import { nobody } from "./groups.ts";
import type { Policy } from "./policy.ts";

/**
 * Hashes of passwords and tokens, and second factors: no door serves these documents to anyone, whatever their roles or scopes.
 * Access's own code reads and writes them, and answers with what is fit to be shown.
 */
export const identities: Policy = {
  name: "identities",
  title: "Accounts, groups of the directory, sessions, service accounts and their keys",
  layer: "corridor",
  kinds: ["AccountNotice", "ApiToken", "DirectoryGroup", "SecondFactors", "ServiceAccount", "Session", "User"],
  allow: { read: nobody, search: nobody, history: nobody, create: nobody, update: nobody, delete: nobody },
};
