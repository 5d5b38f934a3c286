import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { formatCount } from "../../parts/format/numbers.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { postFhir } from "../../parts/request/request.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import type { Bundle } from "../fhir/bundle.ts";
import { capabilityQuery, useSearchableTypes } from "../fhir/capability-query.ts";
import { issuesOf } from "../fhir/outcome.ts";
import { IssueList } from "../issue-list.tsx";
import { countingBatch, pointersTo, referrersFrom } from "./referrers.ts";

interface ReferencesTabProps {
  readonly type: string;
  readonly id: string;
}

/** What refers to a resource, counted by type. On request, because each way of referring is a search of its own. */
export function ReferencesTab({ type, id }: ReferencesTabProps) {
  const capabilities = useQuery(capabilityQuery).data;
  const searchable = useSearchableTypes();
  const pointers = pointersTo(capabilities?.get(type), searchable);
  const reference = `${type}/${id}`;
  const counting = useQuery({
    queryKey: ["fhir", type, id, "referrers"],
    queryFn: async () => {
      const body = countingBatch(pointers, reference);
      const bundle = await postFhir<Bundle>("/fhir", { contentType: "application/fhir+json", body });
      return referrersFrom(pointers, bundle);
    },
    enabled: false,
  });
  return (
    <section aria-label="What refers to it">
      <p className="references-say">
        Resources can refer to this one in {pointers.length} ways that you may search. Looking is a search for each, and
        in the audit log.
      </p>
      <Button
        size="xs"
        variant="default"
        leftSection={<Icon name="search" size={15} />}
        loading={counting.isFetching}
        disabled={pointers.length === 0}
        onClick={() => void counting.refetch()}
      >
        {counting.data === undefined ? "Look for them" : "Look again"}
      </Button>
      {counting.error === null ? null : <IssueList issues={issuesOf(counting.error)} />}
      {counting.data?.length === 0 ? (
        <EmptyPanel icon="search" title="Nothing refers to it">
          No resource that you may search names this one.
        </EmptyPanel>
      ) : null}
      <ul className="references" aria-live="polite">
        {counting.data?.map(({ type: from, parameter, count }) => (
          <li key={`${from}:${parameter}`}>
            <Link
              to="/explorer/$type"
              params={{ type: from }}
              state={{ explored: { type: from, query: `${parameter}=${reference}` } }}
              className="table-link"
            >
              {from}
            </Link>
            <span className="quiet"> by {parameter} </span>
            <span className="references-count tabular">{formatCount(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
