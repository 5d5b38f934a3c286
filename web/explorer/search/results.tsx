import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { formatCount } from "../../parts/format/numbers.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { LoadingPanel } from "../../parts/state-panel/loading-panel.tsx";
import { type Bundle, pageQuery } from "../fhir/bundle.ts";
import { issuesIn, issuesOf } from "../fhir/outcome.ts";
import { countQuery, searchQuery } from "../fhir/resource-queries.ts";
import { IssueList } from "../issue-list.tsx";
import { usualColumns } from "../values/usual-elements.ts";
import { ColumnChoice } from "./column-choice.tsx";
import type { Explored } from "./explored.ts";
import { ResultTable } from "./result-table.tsx";

interface ResultsProps {
  readonly type: string;
  readonly explored: Explored;
  readonly actions: ReactNode;
  onChange(explored: Explored): void;
}

/** One page of what was found, with what the server remarked. */
export function Results({ type, explored, actions, onChange }: ResultsProps) {
  const found = useQuery({ ...searchQuery(type, explored.page ?? explored.query), placeholderData: keepPreviousData });
  const columns = explored.columns ?? usualColumns(type);
  if (found.error !== null) return <Refused error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <LoadingPanel label="Searching" rows={8} />;
  const { data } = found;
  const resources = (data.entry ?? []).flatMap(({ resource, search }) =>
    resource === undefined || search?.mode === "outcome" ? [] : [{ resource, isIncluded: search?.mode === "include" }],
  );
  const remarks = (data.entry ?? []).flatMap(({ resource }) => issuesIn(resource));
  return (
    <section className="results-found" aria-label="Results" aria-busy={found.isPlaceholderData}>
      <div className="results-head">
        <ResultCount type={type} explored={explored} bundle={data} shown={resources.length} />
        <div className="results-actions">
          <ColumnChoice
            type={type}
            columns={columns}
            onChange={(chosen) => onChange({ ...explored, columns: chosen })}
            onUsual={() => {
              const { columns: _, ...usual } = explored;
              onChange(usual);
            }}
          />
          {actions}
        </div>
      </div>
      {remarks.length === 0 ? null : <IssueList issues={remarks} />}
      {resources.length === 0 ? (
        <EmptyPanel icon="search" title="Nothing found">
          No resource that you may see matches. Take away a condition, or look at the spelling of codes and systems.
        </EmptyPanel>
      ) : (
        <ResultTable type={type} resources={resources} columns={columns} isStale={found.isPlaceholderData} />
      )}
      <Paging bundle={data} explored={explored} onChange={onChange} />
    </section>
  );
}

function Refused({ error, onRetry }: { readonly error: unknown; onRetry(): void }) {
  return (
    <div className="results-refused" role="alert">
      <h2>The search was not done</h2>
      <IssueList issues={issuesOf(error)} />
      <Button variant="default" size="xs" leftSection={<Icon name="refresh" size={15} />} onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}

interface ResultCountProps {
  readonly type: string;
  readonly explored: Explored;
  readonly bundle: Bundle;
  readonly shown: number;
}

/** The total where it is known; otherwise a button, because counting takes the database time. */
function ResultCount({ type, explored, bundle, shown }: ResultCountProps) {
  const counting = useQuery({ ...countQuery(type, explored.query), enabled: false });
  const total = bundle.total ?? counting.data;
  return (
    <div className="results-count" role="status">
      <h2>{total === undefined ? `${formatCount(shown)} on this page` : `${formatCount(total)} found`}</h2>
      {total === undefined ? (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={counting.isFetching}
          onClick={() => void counting.refetch()}
        >
          Count all
        </Button>
      ) : null}
      {counting.error === null ? null : <IssueList issues={issuesOf(counting.error)} />}
    </div>
  );
}

interface PagingProps {
  readonly bundle: Bundle;
  readonly explored: Explored;
  onChange(explored: Explored): void;
}

function Paging({ bundle, explored, onChange }: PagingProps) {
  const next = pageQuery(bundle, "next");
  const previous = pageQuery(bundle, "previous");
  const { page, ...first } = explored;
  if (next === undefined && previous === undefined && page === undefined) return null;
  return (
    <nav className="results-paging" aria-label="Pages">
      <Button variant="default" size="xs" disabled={page === undefined} onClick={() => onChange(first)}>
        First
      </Button>
      <Button
        variant="default"
        size="xs"
        disabled={previous === undefined}
        leftSection={<Icon name="chevron-left" size={15} />}
        onClick={() => previous !== undefined && onChange({ ...first, page: previous })}
      >
        Previous
      </Button>
      <Button
        variant="default"
        size="xs"
        disabled={next === undefined}
        rightSection={<Icon name="chevron-right" size={15} />}
        onClick={() => next !== undefined && onChange({ ...first, page: next })}
      >
        Next
      </Button>
    </nav>
  );
}
