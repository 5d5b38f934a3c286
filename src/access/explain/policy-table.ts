import { type Grantee, type Policy, policies, type RecordAction, recordActions } from "../policies/index.ts";
import { reaches } from "../policies/reach.ts";
import { type RoleName, roleNames, roles } from "../roles/index.ts";
import { aboutOf } from "../visibility/about-patients.ts";
import { restrictedLabels, sealedLabels } from "../visibility/labels.ts";
import { isRelated } from "../visibility/relationship-rule.ts";
import type { PolicyTableView, ReachWord } from "./explain-api.ts";

/** The whole table of policies, role by role, as the record applies it. */
export function policyTable(): PolicyTableView {
  const displays = (labels: typeof restrictedLabels) => labels.map(({ display }) => display);
  return {
    actions: recordActions,
    roles: roleNames.map(roleTable),
    restrictedLabels: displays(restrictedLabels),
    sealedLabels: displays(sealedLabels),
  };
}

function roleTable(role: RoleName): PolicyTableView["roles"][number] {
  const permissions: readonly string[] = roles[role].permissions;
  return {
    name: role,
    title: roles[role].title,
    why: reaches[role]?.why ?? "Reads nothing about patients, unless they care for them.",
    seesRestricted: permissions.includes("restricted.see"),
    seesSealed: permissions.includes("sealed.see"),
    rows: policies
      .filter((policy) => recordActions.some((action) => isGranted(policy, role, action)))
      .map((policy) => ({
        name: policy.name,
        title: policy.title,
        kinds: policy.kinds,
        reach: recordActions.map((action) => reachOf(policy, role, action)),
      })),
  };
}

function isGranted({ allow }: Policy, grantee: Grantee, action: RecordAction): boolean {
  return allow[action].includes(grantee);
}

/** Who changes or deletes a document must see it as who reads it. */
function reachOf(policy: Policy, role: RoleName, action: RecordAction): ReachWord {
  if (!isGranted(policy, role, action)) return "nobody";
  const seeing = action === "read" || action === "search" || action === "history" ? action : "read";
  const abouts = policy.kinds.map((kind) => {
    const limited = isRelated({ actor: actorOf(role), kind, action: seeing });
    return limited ? aboutOf(kind) : "nobody";
  });
  if (abouts.every((about) => about === "nobody")) return "all";
  return abouts.every((about) => about === "anybody") ? "nobody" : "cared-for";
}

function actorOf(role: RoleName) {
  return {
    roles: [role],
    reference: "",
    display: "",
    permissions: new Set<string>(),
    purpose: "TREAT",
    via: "session",
  } as const;
}
