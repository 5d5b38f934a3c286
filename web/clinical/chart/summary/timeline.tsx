import { Link } from "@tanstack/react-router";
import type { TimelineEntry, TimelineKind } from "#departments/clinical/api";
import { ResourceLink } from "../../../explorer/link/resource-link.tsx";
import { formatDate, formatDateTime } from "../../../parts/format/dates.ts";
import { Icon, type IconName } from "../../../parts/icon/icon.tsx";
import { Flag } from "../../result/flag.tsx";
import { StatusTag } from "../../result/status-tag.tsx";
import { useFreshIds } from "../fresh/fresh.tsx";

const kinds: Readonly<Record<TimelineKind, { icon: IconName; word: string; type: string }>> = {
  appointment: { icon: "clock", word: "Appointment", type: "Appointment" },
  encounter: { icon: "bed", word: "Stay or visit", type: "Encounter" },
  order: { icon: "order", word: "Order", type: "ServiceRequest" },
  report: { icon: "flask", word: "Result", type: "DiagnosticReport" },
  document: { icon: "document", word: "Document", type: "DocumentReference" },
};

interface TimelineProps {
  readonly patientId: string;
  readonly entries: readonly TimelineEntry[];
}

/** Newest day first; within it, newest first. */
export function Timeline({ patientId, entries }: TimelineProps) {
  return (
    <div className="timeline">
      {byDay(entries).map((day) => (
        <section key={day.heading} className="timeline-day" aria-label={day.heading}>
          <h3 className="tabular">{day.heading}</h3>
          <ul>
            {day.entries.map((entry) => (
              <Entry key={`${entry.kind} ${entry.id}`} patientId={patientId} entry={entry} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Entry({ patientId, entry }: { readonly patientId: string; readonly entry: TimelineEntry }) {
  const fresh = useFreshIds().has(entry.id);
  const kind = kinds[entry.kind];
  return (
    <li className="timeline-entry" data-fresh={fresh}>
      <span className="timeline-time tabular">{timeOf(entry)}</span>
      <span className="timeline-icon" data-kind={entry.kind}>
        <Icon name={kind.icon} size={15} label={kind.word} />
      </span>
      <div className="timeline-words">
        <EntryTitle patientId={patientId} entry={entry} />
        {entry.worst === undefined ? null : <Flag interpretation={entry.worst} />}
        {entry.status.tone === "final" ? null : <StatusTag status={entry.status} />}
        <ResourceLink type={kind.type} id={entry.id} of={entry.title} />
        <span className="timeline-summary">{summaryOf(entry)}</span>
      </div>
    </li>
  );
}

function EntryTitle({ patientId, entry }: { readonly patientId: string; readonly entry: TimelineEntry }) {
  switch (entry.open?.is) {
    case "report":
      return (
        <Link
          to="/patients/$id/results"
          params={{ id: patientId }}
          search={{ report: entry.open.id }}
          className="table-link"
        >
          {entry.title}
        </Link>
      );
    case "attachment":
      return (
        <a href={entry.open.url} target="_blank" rel="noreferrer" className="table-link">
          {entry.title}
        </a>
      );
    case undefined:
      return <span className="timeline-title">{entry.title}</span>;
  }
}

function summaryOf(entry: TimelineEntry): string {
  const end = entry.end === undefined ? undefined : `until ${formatDateTime(entry.end)}`;
  return [entry.summary, end].filter((part) => part !== undefined && part !== "").join(" · ");
}

/** `14:05`; nothing for what is known to the day only. */
function timeOf(entry: TimelineEntry): string {
  return entry.time?.includes("T") === true ? formatDateTime(entry.time).slice(-5) : "";
}

interface Day {
  readonly heading: string;
  readonly entries: readonly TimelineEntry[];
}

function byDay(entries: readonly TimelineEntry[]): readonly Day[] {
  const days = new Map<string, TimelineEntry[]>();
  for (const entry of entries) {
    const heading = entry.time === undefined ? "Date not stated" : formatDate(entry.time);
    days.set(heading, [...(days.get(heading) ?? []), entry]);
  }
  return [...days].map(([heading, ofDay]) => ({ heading, entries: ofDay }));
}
