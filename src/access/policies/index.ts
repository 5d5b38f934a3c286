import type { Kind } from "#record";
import { accounts } from "./accounts.ts";
import { alerts } from "./alerts.ts";
import { applications } from "./applications.ts";
import { audit } from "./audit.ts";
import { auditFindings } from "./audit-findings.ts";
import { care } from "./care.ts";
import { codeMaps } from "./code-maps.ts";
import { codeWork } from "./code-work.ts";
import { consents } from "./consents.ts";
import { definitions } from "./definitions.ts";
import { deliveries, linkBooks } from "./deliveries.ts";
import { demographics } from "./demographics.ts";
import { directory } from "./directory.ts";
import { exchange } from "./exchange.ts";
import { disclosures, governance } from "./governance.ts";
import { identities } from "./identities.ts";
import {
  imageArchive,
  imageCommitments,
  imageDecisions,
  imageDisposals,
  imageEdits,
  imageMarks,
  imageSends,
} from "./images.ts";
import { imaging } from "./imaging.ts";
import { linkConfiguration } from "./link-configuration.ts";
import { linkMessages, mappingDelays, messageWords, retiredDays } from "./link-messages.ts";
import { linkAlerts, linkWatch } from "./link-watch.ts";
import { measures } from "./measures.ts";
import { ordersAndResults } from "./orders-and-results.ts";
import { patientMerges } from "./patient-merges.ts";
import { performedSteps } from "./performed-steps.ts";
import type { Policy } from "./policy.ts";
import { products } from "./products.ts";
import { provenance } from "./provenance.ts";
import { relationships } from "./relationships.ts";
import { replays } from "./replays.ts";
import { research } from "./research.ts";
import { savedSearches } from "./saved-searches.ts";
import { simulatorRuns } from "./simulator-runs.ts";
import { subscriptions } from "./subscriptions.ts";
import { tasks } from "./tasks.ts";
import { visits } from "./visits.ts";

/** To open a new kind: name it in one of these, or write a policy of its own and list it here. */
export const policies: readonly Policy[] = [
  demographics,
  visits,
  directory,
  ordersAndResults,
  alerts,
  care,
  imaging,
  imageArchive,
  imageEdits,
  imageCommitments,
  imageDecisions,
  imageSends,
  imageMarks,
  imageDisposals,
  performedSteps,
  tasks,
  accounts,
  consents,
  provenance,
  audit,
  measures,
  research,
  definitions,
  codeMaps,
  products,
  exchange,
  subscriptions,
  linkMessages,
  mappingDelays,
  retiredDays,
  messageWords,
  codeWork,
  patientMerges,
  linkConfiguration,
  deliveries,
  linkBooks,
  replays,
  linkAlerts,
  linkWatch,
  simulatorRuns,
  governance,
  auditFindings,
  disclosures,
  identities,
  applications,
  savedSearches,
  relationships,
];

const fhirKinds: ReadonlySet<Kind> = new Set(
  policies.filter((policy) => policy.layer === "fhir").flatMap((policy) => policy.kinds),
);

export function isFhirKind(kind: Kind): boolean {
  return fhirKinds.has(kind);
}

export function allFhirKinds(): readonly Kind[] {
  return [...fhirKinds];
}

export { type Grantee, type Policy, type RecordAction, recordActions } from "./policy.ts";
