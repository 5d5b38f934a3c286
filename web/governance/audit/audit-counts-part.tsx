import { useQuery } from "@tanstack/react-query";
import { Fragment } from "react";
import { actWords } from "#departments/information/api";
import { formatDate } from "../../parts/format/dates.ts";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { type AuditSearch, auditCountsQuery } from "./audit-queries.ts";

/** How many entries a search finds, and of what. */
export function AuditCountsPart({ search }: { readonly search: AuditSearch }) {
  const query = useQuery(auditCountsQuery(search));
  return (
    <Loaded query={query} label="Counting" rows={3}>
      {({ total, isCut, acts, people, days }) => (
        <section aria-label="Counts" className="worklist-part audit-counts">
          <p role="status">
            {isCut ? `The newest ${total.toLocaleString("en-GB")} entries` : `${total.toLocaleString("en-GB")} entries`}
          </p>
          <CountList title="What" counts={acts.map((one) => ({ ...one, name: actWords[one.name] ?? one.name }))} />
          <CountList title="Who" counts={people} />
          <CountList title="Days" counts={days.map((one) => ({ ...one, name: formatDate(one.name) }))} />
        </section>
      )}
    </Loaded>
  );
}

interface CountListProps {
  readonly title: string;
  readonly counts: readonly { readonly name: string; readonly count: number }[];
}

function CountList({ title, counts }: CountListProps) {
  return (
    <div>
      <h2>{title}</h2>
      <dl className="audit-count">
        {counts.map(({ name, count }) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{count.toLocaleString("en-GB")}</dd>
          </Fragment>
        ))}
      </dl>
    </div>
  );
}
