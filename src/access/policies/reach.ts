import type { RoleName } from "../roles/index.ts";
import { policies, type RecordAction } from "./index.ts";

/**
 * Whose documents a role sees of the kinds that it may read: those of `all` patients, because its work is on whatever comes, or
 * of `related` ones, whom its holder cares for. Roles that are not named may read nothing about a patient, and are `related`.
 */
export const reaches: Partial<Readonly<Record<RoleName, Reach>>> = {
  doctor: { whose: "related", why: "Sees the patients of their care teams, stays, wards and referrals." },
  nurse: { whose: "related", why: "Sees the patients of their care teams, stays, wards and referrals." },
  "administrative-assistant": { whose: "all", why: "Registers and books whoever comes; sees no clinical documents." },
  "pathology-links-manager": { whose: "all", why: "Puts right whichever message or result went wrong." },
  "pacs-administrator": { whose: "all", why: "Puts right whichever study went wrong." },
  "clinical-coding-and-auditing": { whose: "all", why: "Codes every stay that has ended." },
  "information-governance": { whose: "all", why: "Answers requests about anybody's record." },
};

export interface Reach {
  readonly whose: "all" | "related";
  readonly why: string;
}

/** Whether somebody with these roles does this with all patients' documents of a kind: the widest of the roles that may. */
export function reachesAll(roles: readonly RoleName[], kind: string, action: RecordAction): boolean {
  const policy = policies.find(({ kinds }) => kinds.includes(kind));
  const allowed = roles.filter((role) => policy?.allow[action].includes(role));
  const deciding = allowed.length > 0 ? allowed : roles;
  return deciding.some((role) => reaches[role]?.whose === "all");
}
