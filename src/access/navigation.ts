import type { Actor } from "./actor.ts";
import type { PermissionName } from "./permissions.ts";
import { roles } from "./roles/index.ts";

export interface NavigationEntry {
  readonly path: string;
  readonly title: string;
}

interface Page extends NavigationEntry {
  /** Absent: for everyone who is signed in. */
  readonly permission?: PermissionName;
}

/** The pages of the web app that stand in its navigation, in their order. */
const pages: readonly Page[] = [
  { path: "/", title: "Home" },
  { path: "/patients", title: "Patients", permission: "patients.find" },
  { path: "/viewer", title: "Images", permission: "patients.find" },
  { path: "/links", title: "Links", permission: "links.see" },
  { path: "/links/alerts", title: "Alerts", permission: "links.see" },
  { path: "/links/messages", title: "Messages", permission: "messages.read" },
  { path: "/links/holds", title: "Held", permission: "messages.read" },
  { path: "/links/deliveries", title: "Deliveries", permission: "messages.read" },
  { path: "/links/books", title: "Books", permission: "messages.read" },
  { path: "/links/figures", title: "Figures", permission: "messages.read" },
  { path: "/links/codes", title: "Codes", permission: "messages.read" },
  { path: "/links/replay", title: "Replay", permission: "messages.replay" },
  { path: "/links/set-up", title: "Set-up", permission: "links.see" },
  { path: "/links/simulator", title: "Simulator", permission: "simulator.use" },
  { path: "/images", title: "Imaging", permission: "images.keep" },
  { path: "/images/waiting", title: "Waiting studies", permission: "images.keep" },
  { path: "/images/aside", title: "Kept aside", permission: "images.keep" },
  { path: "/images/hidden", title: "Hidden images", permission: "images.keep" },
  { path: "/images/sending", title: "Sending", permission: "images.keep" },
  { path: "/images/rules", title: "Sending rules", permission: "images.keep" },
  { path: "/images/exports", title: "Exports", permission: "images.keep" },
  { path: "/images/worklist", title: "Modality worklist", permission: "images.keep" },
  { path: "/images/nodes", title: "Nodes", permission: "images.keep" },
  { path: "/images/storage", title: "Image storage", permission: "images.keep" },
  { path: "/images/retention", title: "Deletion by rule", permission: "images.dispose" },
  { path: "/governance", title: "Overview", permission: "governance.work" },
  { path: "/governance/requests", title: "Requests", permission: "governance.work" },
  { path: "/governance/registers", title: "Registers", permission: "governance.work" },
  { path: "/governance/retention", title: "Retention", permission: "governance.work" },
  { path: "/governance/evidence", title: "Evidence", permission: "governance.work" },
  { path: "/governance/audit", title: "Audit", permission: "audit.read" },
  { path: "/governance/findings", title: "Unusual access", permission: "audit.read" },
  { path: "/governance/opt-outs", title: "Opt-outs", permission: "governance.work" },
  { path: "/explorer", title: "Explorer", permission: "explorer.use" },
  { path: "/validation", title: "Validation", permission: "explorer.use" },
  { path: "/governance/reviews", title: "Access to review", permission: "reviews.decide" },
  { path: "/governance/access", title: "Who may see what", permission: "access.explain" },
  { path: "/users", title: "Users", permission: "users.manage" },
  { path: "/applications", title: "Applications", permission: "applications.manage" },
  { path: "/service-accounts", title: "Service accounts", permission: "tokens.issue" },
  { path: "/about", title: "About" },
];

export function navigationFor(actor: Actor): readonly NavigationEntry[] {
  if (actor.mustSetUpSecondFactor) return [{ path: "/account", title: "My account" }];
  return pages
    .filter(({ permission }) => permission === undefined || actor.permissions.has(permission))
    .map(({ path, title }) => ({ path, title }));
}

/** Where the actor lands: the home of the first of their roles. */
export function homeOf(actor: Actor): string {
  if (actor.mustSetUpSecondFactor) return "/account";
  const [first] = actor.roles;
  return first === undefined ? "/" : roles[first].home;
}
