import { useQuery } from "@tanstack/react-query";
import { actWords } from "#departments/information/api";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { type AuditSearch, auditCountsQuery } from "./audit-queries.ts";

/** How many entries a search finds, and of what. */
export function AuditCountsPart({ search }: { readonly search: AuditSearch }) {
  const query = useQuery(auditCountsQuery(search));
  return (
    <Loaded query={query} label="Counting" rows={3}>
      {({ total, isCut, acts, people, days }) => (
        <section aria-label="Counts" className="audit-counts">
          <p>{isCut ? `The newest ${total} entries` : `${total} entries`}</p>
          <CountList title="What" counts={acts.map((one) => ({ ...one, name: actWords[one.name] ?? one.name }))} />
          <CountList title="Who" counts={people} />
          <CountList title="Days" counts={days} />
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
      <ul>
        {counts.map(({ name, count }) => (
          <li key={name}>
            {name}: {count}
          </li>
        ))}
      </ul>
    </div>
  );
}
