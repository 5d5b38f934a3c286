/** Prints docs/roles.md from the roles, permissions and policies in the code: `node tools/roles-matrix.ts`. */
import { writeFileSync } from "node:fs";
import {
  type Grantee,
  type Policy,
  permissionNames,
  permissions,
  policies,
  recordActions,
  roleNames,
  roles,
} from "#access";

export const rolesDocument = new URL("../docs/roles.md", import.meta.url);

export function rolesMatrix(): string {
  return [
    "# Roles",
    "Made by `node tools/roles-matrix.ts` from `src/access/roles/`, `src/access/permissions.ts` and `src/access/policies/`; " +
      "a test fails when it is out of date. Whatever is not granted here is refused.",
    "## Who they are",
    roleTable(),
    "## What they may do",
    permissionTable(),
    "## What they may do with documents",
    "R: read one and its versions. S: search. H: list the history of the kind. C: create. U: update. D: delete. " +
      "Links are what messages come in by, workers are what follows the feed. " +
      "Tokens for scripts have the scopes they were issued with instead of a role.",
    documentTable(),
    "## Which documents those are",
    kindTable(),
  ]
    .join("\n\n")
    .concat("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function roleTable(): string {
  return table(
    ["Role", "Department", "Purpose", "Home"],
    roleNames.map((name) => {
      const { title, department, purpose, home } = roles[name];
      return [title, department, purpose, `\`${home}\``];
    }),
  );
}

function permissionTable(): string {
  return table(
    ["Role", ...permissionNames.map((name) => `${permissions[name]} (\`${name}\`)`)],
    roleNames.map((name) => {
      const held: readonly string[] = roles[name].permissions;
      return [roles[name].title, ...permissionNames.map((permission) => (held.includes(permission) ? "yes" : ""))];
    }),
  );
}

const grantees: readonly (readonly [Grantee, string])[] = [
  ...roleNames.map((name) => [name, roles[name].title] as const),
  ["link", "*Links*"],
  ["worker", "*Workers*"],
];

function documentTable(): string {
  return table(
    ["", ...policies.map((policy) => policy.title)],
    grantees.map(([grantee, title]) => [title, ...policies.map((policy) => letters(policy, grantee))]),
  );
}

function letters(policy: Policy, grantee: Grantee): string {
  const allowed = recordActions.filter((action) => policy.allow[action].includes(grantee));
  return allowed.map((action) => action[0]?.toUpperCase()).join("");
}

function kindTable(): string {
  return table(
    ["Family", "Kinds"],
    policies.map((policy) => [policy.title, policy.kinds.join(", ")]),
  );
}

if (import.meta.main) writeFileSync(rolesDocument, rolesMatrix());
