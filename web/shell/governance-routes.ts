import { createRoute, lazyRouteComponent as lazy } from "@tanstack/react-router";
import { optionalText } from "./search-values.ts";
import { signedIn } from "./signed-in-route.ts";

/** What the working lists of information governance are narrowed by. */
interface GovernanceFilter {
  readonly list?: string;
  readonly stage?: string;
  readonly due?: string;
  readonly mine?: string;
  readonly q?: string;
}

const governanceRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/governance",
  staticData: { title: "Information governance" },
  component: lazy(() => import("../governance/home/governance-home-page.tsx"), "GovernanceHomePage"),
});

const governanceFilter = (search: Readonly<Record<string, unknown>>): GovernanceFilter => ({
  ...optionalText("list", search.list),
  ...optionalText("stage", search.stage),
  ...optionalText("due", search.due),
  ...optionalText("mine", search.mine),
  ...optionalText("q", search.q),
});

const requestsRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/governance/requests",
  staticData: { title: "Requests" },
  validateSearch: governanceFilter,
  component: lazy(() => import("../governance/items/requests-page.tsx"), "RequestsPage"),
});

const registersRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/governance/registers",
  staticData: { title: "Registers" },
  validateSearch: governanceFilter,
  component: lazy(() => import("../governance/items/registers-page.tsx"), "RegistersPage"),
});

const disposalHoldsRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/governance/holds",
  staticData: { title: "Holds on disposal" },
  validateSearch: governanceFilter,
  component: lazy(() => import("../governance/items/holds-page.tsx"), "HoldsPage"),
});

const governanceItemRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/governance/items/$id",
  staticData: { title: "Request or entry" },
  component: lazy(() => import("../governance/items/item-page.tsx"), "ItemPage"),
});

const retentionRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/governance/retention",
  staticData: { title: "Retention" },
  component: lazy(() => import("../governance/retention/retention-page.tsx"), "RetentionPage"),
});

const evidenceRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/governance/evidence",
  staticData: { title: "Evidence" },
  component: lazy(() => import("../governance/evidence/evidence-page.tsx"), "EvidencePage"),
});

const optOutsRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/governance/opt-outs",
  staticData: { title: "National data opt-outs" },
  component: lazy(() => import("../governance/opt-outs/opt-outs-page.tsx"), "OptOutsPage"),
});

/** What the audit log is searched by. */
const auditFilter = (search: Readonly<Record<string, unknown>>) => ({
  ...optionalText("patient", search.patient),
  ...optionalText("person", search.person),
  ...optionalText("entity", search.entity),
  ...optionalText("act", search.act),
  ...optionalText("outcome", search.outcome),
  ...optionalText("from", search.from),
  ...optionalText("to", search.to),
});

const auditRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/governance/audit",
  staticData: { title: "Audit" },
  validateSearch: auditFilter,
  component: lazy(() => import("../governance/audit/audit-page.tsx"), "AuditPage"),
});

const auditEntryRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/governance/audit/$id",
  staticData: { title: "Audit entry" },
  component: lazy(() => import("../governance/audit/audit-entry-page.tsx"), "AuditEntryPage"),
});

const whoLookedRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/governance/who-looked",
  staticData: { title: "Who looked" },
  validateSearch: (search: Readonly<Record<string, unknown>>) => optionalText("patient", search.patient),
  component: lazy(() => import("../governance/audit/who-looked-page.tsx"), "WhoLookedPage"),
});

const findingsRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/governance/findings",
  staticData: { title: "Unusual access" },
  component: lazy(() => import("../governance/findings/findings-page.tsx"), "FindingsPage"),
});

const whoMayRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/governance/access",
  staticData: { title: "Who may see what" },
  component: lazy(() => import("../governance/access/access-page.tsx"), "AccessPage"),
});

export const governanceRoutes = [
  whoMayRoute,
  auditRoute,
  auditEntryRoute,
  whoLookedRoute,
  findingsRoute,
  governanceRoute,
  requestsRoute,
  registersRoute,
  disposalHoldsRoute,
  governanceItemRoute,
  retentionRoute,
  evidenceRoute,
  optOutsRoute,
] as const;
