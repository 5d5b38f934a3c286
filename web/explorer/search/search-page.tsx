import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useLocation } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { ExplorerHead } from "../explorer-head.tsx";
import { capabilityQuery } from "../fhir/capability-query.ts";
import { SaveSearch } from "../saved/save-search.tsx";
import { ConditionList } from "./condition-list.tsx";
import type { Explored } from "./explored.ts";
import type { Capabilities } from "./parameters.ts";
import { type Draft, draftFrom, queryOf } from "./query-text.ts";
import { RequestLine } from "./request-line.tsx";
import { Results } from "./results.tsx";
import "../explorer.css";

const route = getRouteApi("/signed-in/explorer/$type");

/** Conditions in a form, the same search as an address, and what it finds. */
export function SearchPage() {
  const { type } = route.useParams();
  const capabilities = useQuery(capabilityQuery);
  return (
    <div className="page">
      <ExplorerHead type={type} />
      <Loaded query={capabilities} label="Loading what can be searched" rows={8}>
        {(types) =>
          types.has(type) ? (
            <Search key={type} type={type} capabilities={types} />
          ) : (
            <EmptyPanel icon="search" title="There is no such type">
              Choose one of the types above.
            </EmptyPanel>
          )
        }
      </Loaded>
    </div>
  );
}

interface SearchProps {
  readonly type: string;
  readonly capabilities: Capabilities;
}

function Search({ type, capabilities }: SearchProps) {
  const latest = useLocation({ select: (location) => location.state.explored });
  const explored = latest?.type === type ? latest : undefined;
  const navigate = route.useNavigate();
  const query = explored?.query;
  const [draft, setDraft] = useState<Draft>(() => draftFrom(query ?? ""));
  // Conditions that are not yet filled in stay while the others are searched by.
  useEffect(() => setDraft((before) => (queryOf(before) === (query ?? "") ? before : draftFrom(query ?? ""))), [query]);
  const show = (next: Explored) =>
    void navigate({ to: "/explorer/$type", params: { type: next.type }, state: { explored: next } });
  const columns = explored?.columns === undefined ? {} : { columns: explored.columns };
  const run = (text: string, of = type) => show({ type: of, query: text, ...(of === type ? columns : {}) });
  return (
    <>
      <search className="explorer-search" aria-label={`${type} resources`}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            run(queryOf(draft));
          }}
        >
          <ConditionList capabilities={capabilities} type={type} draft={draft} onChange={setDraft} />
        </form>
        <RequestLine type={type} query={queryOf(draft)} onRun={({ type: asked, query: text }) => run(text, asked)} />
      </search>
      {explored === undefined ? (
        <EmptyPanel icon="search" title={`Search ${type}`}>
          Add conditions above, or search without any for the newest. Every search is in the audit log.
        </EmptyPanel>
      ) : (
        <Results
          type={type}
          explored={explored}
          onChange={show}
          actions={<SaveSearch type={type} explored={explored} />}
        />
      )}
    </>
  );
}
