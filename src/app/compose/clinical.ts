import type { Context } from "#access";
import {
  clinicalRoutes,
  isUnmappedReason,
  LinkFigures,
  type LinkStatus,
  LiveHub,
  unmappedReasons,
} from "#departments/clinical";
import type { Clock, HospitalTime, Log, Route } from "#kernel";
import type { HealthRecord } from "#record";

export interface ClinicalNeeds {
  /** The whole record: the hub tells of changes without content, and the figures count. */
  readonly record: HealthRecord;
  readonly linkStatuses: () => readonly LinkStatus[];
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly log: Log;
}

export interface Clinical {
  readonly routes: readonly Route<Context>[];
  /** Tells open pages that the status of a link has changed. */
  tellLinks(): void;
  /** Ends every live stream. */
  close(): void;
}

export function openClinical({ record, linkStatuses, clock, hospitalTime, log }: ClinicalNeeds): Clinical {
  const hub = new LiveHub({ feed: record, log });
  const figures = new LinkFigures({ record, clock, hospitalTime, statuses: linkStatuses });
  return {
    routes: clinicalRoutes({ hub, figures, reasonText }),
    tellLinks: () => hub.touch("messages"),
    close: () => hub.close(),
  };
}

function reasonText(code: string): string {
  return isUnmappedReason(code) ? unmappedReasons[code] : code;
}
