import { type Access, type Context, decidingForLink } from "#access";
import {
  type ConfigurationDesk,
  clinicalRoutes,
  isUnmappedReason,
  LinkFigures,
  type LinkStatus,
  LiveHub,
  type Safeguards,
  unmappedReasons,
} from "#departments/clinical";
import type { Clock, HospitalTime, Log, Route } from "#kernel";
import type { HealthRecord } from "#record";
import type { MappingTerminology } from "#terminology";
import type { Deliveries } from "../links/deliveries.ts";
import type { Links } from "../links/links.ts";
import { openMerges } from "./merges.ts";

export interface ClinicalNeeds {
  /** The whole record: the hub tells of changes without content, and the figures count. */
  readonly record: HealthRecord;
  readonly access: Access;
  readonly safeguardsOf: (link: string) => Safeguards;
  readonly deliveries: Pick<Deliveries, "engine" | "passingOnOf">;
  readonly configuration: ConfigurationDesk;
  readonly terminology: MappingTerminology;
  /** Two people have agreed on what a code means. */
  readonly codeApproved: () => void;
  readonly linkStatuses: () => readonly LinkStatus[];
  readonly certificates: Links["certificates"];
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly log: Log;
}

export interface Clinical {
  readonly routes: readonly Route<Context>[];
  /** Tells open pages that the status of a link has changed. */
  tellLinks(): void;
  /** Ends every live stream, and waits for the step of a merge that is under way. */
  close(): Promise<void>;
}

export function openClinical(needs: ClinicalNeeds): Clinical {
  const { record, access, safeguardsOf, configuration, linkStatuses, clock, hospitalTime, log } = needs;
  const hub = new LiveHub({ feed: record, log });
  const merges = openMerges({ record, access, clock, log });
  const figures = new LinkFigures({ record, clock, hospitalTime, statuses: linkStatuses });
  const forLink = (actor: Context["actor"]) => access.contextOf(decidingForLink(actor));
  const holds = { forLink, safeguardsOf, passingOnOf: needs.deliveries.passingOnOf, log };
  const codes = { forLink, terminology: needs.terminology, approved: needs.codeApproved };
  return {
    routes: clinicalRoutes({
      look: record,
      hub,
      figures,
      configuration,
      reasonText,
      holds,
      codes,
      deliveries: needs.deliveries.engine,
      switches: { statuses: linkStatuses, certificates: needs.certificates },
    }),
    tellLinks: () => hub.touch("messages"),
    close: () => {
      hub.close();
      return merges.close();
    },
  };
}

function reasonText(code: string): string {
  return isUnmappedReason(code) ? unmappedReasons[code] : code;
}
