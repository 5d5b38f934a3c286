import { type Instant, limits, toIso } from "#kernel";
import type { Operation } from "#record";
import { present } from "../messages/present.ts";
import { type AlertRule, alertSubject, type Finding, type LinkAlert, linkAlertKind } from "./link-alert.ts";

export interface OpenAlert {
  readonly id: string;
  readonly version: number;
  readonly alert: LinkAlert;
}

export interface Situation {
  /** Every alert that is open. */
  readonly open: readonly OpenAlert[];
  /** Everything that is amiss. */
  readonly findings: readonly Finding[];
  /** When what an alert is about ended; undefined: only now, as far as is known. */
  readonly endedAt: (alert: LinkAlert) => string | undefined;
  /** Rules of which not everything could be looked at: none of their alerts ends. */
  readonly undecided: ReadonlySet<AlertRule>;
  readonly now: Instant;
}

/**
 * What is to be written: an alert for each finding that has none, an end for each alert without a finding. What lasts is
 * not written again. Beyond `limits.watchAlertsOpenMax` open ones none is opened.
 */
export function settleAlerts({ open, findings, endedAt, undecided, now }: Situation): readonly Operation[] {
  const known = new Set(open.map(({ alert }) => alertSubject(alert)));
  const amiss = new Map(findings.map((finding) => [alertSubject(finding), finding]));
  const room = Math.max(0, limits.watchAlertsOpenMax - open.length);
  const opened = [...amiss].filter(([subject]) => !known.has(subject)).slice(0, room);
  const closed = open.filter(({ alert }) => !amiss.has(alertSubject(alert)) && !undecided.has(alert.rule));
  return [
    ...opened.map(([, finding]) => openingOf(finding, now)),
    ...closed.map(({ id, version, alert }): Operation => {
      const at = toIso(now);
      const body: LinkAlert = { ...alert, until: endedAt(alert) ?? at, closedAt: at };
      return { action: "update", kind: linkAlertKind, id, body, ifMatch: version };
    }),
  ];
}

function openingOf(finding: Finding, now: Instant): Operation {
  const body = present<LinkAlert>({ ...finding, openedAt: toIso(now) });
  return { action: "create", kind: linkAlertKind, body };
}
