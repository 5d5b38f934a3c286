import type { RoleMeaningView } from "./api.ts";
import { permissions } from "./permissions.ts";
import { type Policy, policies, type RecordAction } from "./policies/index.ts";
import { reaches } from "./policies/reach.ts";
import { type RoleName, roles } from "./roles/index.ts";

/** What a role may do, in plain words, of the very tables that decide it; `docs/roles.md` prints the same. */
export function roleMeaning(name: RoleName): RoleMeaningView {
  const { title, purpose, permissions: held } = roles[name];
  const reach = reaches[name];
  return {
    name,
    title,
    purpose,
    may: held.map((permission) => permissions[permission]),
    ...(reach === undefined ? {} : { whose: { patients: reach.whose, why: reach.why } }),
    documents: documentsOf(name),
  };
}

function documentsOf(name: RoleName): RoleMeaningView["documents"] {
  const families = new Map<string, string[]>();
  for (const policy of policies) {
    const actions = actionWords(policy, name);
    if (actions !== "") families.set(actions, [...(families.get(actions) ?? []), policy.title]);
  }
  return [...families].map(([actions, titles]) => ({ actions, families: titles }));
}

/** In the order in which they are told. */
const words: readonly (readonly [RecordAction, string])[] = [
  ["read", "read"],
  ["search", "find"],
  ["history", "list"],
  ["create", "add"],
  ["update", "change"],
  ["delete", "delete"],
];

function actionWords({ allow }: Policy, name: RoleName): string {
  const allowed = words.filter(([action]) => allow[action].includes(name)).map(([, word]) => word);
  return [allowed.slice(0, -1).join(", "), ...allowed.slice(-1)].filter((part) => part !== "").join(" and ");
}
