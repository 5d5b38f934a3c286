import { type Access, type Context, writerOf } from "#access";
import { httpIntakeRoutes } from "#departments/clinical";
import type { Clock, HospitalTime, Ids, Log, Route } from "#kernel";
import type { BlobStore, HealthRecord, Version } from "#record";
import type { PostgresStore } from "#storage/postgres";
import { mappingTerminology, type Terminology } from "#terminology";
import type { Config } from "../config.ts";
import { openCommitted } from "../links/committed.ts";
import { openDeliveries } from "../links/deliveries.ts";
import { type Links, type LinksNeeds, openLinks } from "../links/links.ts";
import { allCertificates } from "./certificates.ts";
import { openClinical } from "./clinical.ts";
import { openCodeWork, sharedByLinks, tablesFor } from "./code-work.ts";
import { openMessageText } from "./message-text.ts";
import { openReplays } from "./replays.ts";
import { openRetention } from "./retention.ts";
import { safeguards } from "./safeguards.ts";
import type { ShutdownStack } from "./shutdown-stack.ts";
import { openSimulator } from "./simulator.ts";
import { openWatching } from "./watching.ts";

export interface ClinicalDepartmentNeeds {
  readonly config: Config;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly stack: ShutdownStack;
  /** The whole record. */
  readonly record: HealthRecord;
  readonly store: PostgresStore;
  readonly blobs: BlobStore;
  readonly access: Access;
  readonly hospitalTime: HospitalTime;
  readonly terms: Terminology["terms"];
  readonly metrics: LinksNeeds["meter"];
}

export interface ClinicalDepartment {
  readonly links: Links;
  readonly routes: readonly Route<Context>[];
}

/** The links, what comes of their messages, and what looks after both, for as long as the stack is open. */
export async function openClinicalDepartment(needs: ClinicalDepartmentNeeds): Promise<ClinicalDepartment> {
  const { stack, metrics: meter } = needs;
  const shared = sharedByLinks();
  const safeguardsOf = safeguards(shared, () => links);
  const wired = { ...needs, cursors: needs.store.cursors };
  const deliveries = openDeliveries({ ...wired, escalated: () => watching.escalated() });
  stack.defer("deliveries", () => deliveries.close());
  const committed = openCommitted({ ...wired, deliveries, safeguardsOf, settingsOf: (link) => links.settingsOf(link) });
  const feed = {
    record: needs.record,
    writerOf: (version: Version) => writerOf(needs.store.audit, version.id, version),
  };
  const linksNeeds = { ...wired, committed, deliveries, safeguardsOf, feed, codes: tablesFor(() => codes) };
  const links: Links = openLinks({ ...linksNeeds, meter, statusChanged: () => clinical.tellLinks() });
  const clinical = openClinical({
    ...wired,
    safeguardsOf,
    deliveries,
    configuration: links,
    terminology: mappingTerminology(needs.terms),
    codeApproved: () => codes.wake(),
    linkStatuses: links.statuses,
    certificates: () => allCertificates(needs.config, links),
  });
  stack.defer("clinical", clinical.close);
  const codes = await openCodeWork({ ...wired, ...shared, safeguardsOf, passingOnOf: deliveries.passingOnOf });
  stack.defer("codes", () => codes.close());
  const replays = openReplays({ ...wired, shared, safeguardsOf, deliveries, configuration: links });
  stack.defer("replays", () => replays.close());
  const watching = openWatching({ ...wired, links });
  openRetention({ ...wired, links });
  openMessageText(wired);
  const simulator = openSimulator({ ...wired, links });
  const intakes = httpIntakeRoutes(links);
  return { links, routes: [clinical.routes, watching.routes, replays.routes, simulator, intakes].flat() };
}
