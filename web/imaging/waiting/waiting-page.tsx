import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import type { KeptStudyView } from "#departments/clinical/api";
import { formatCount } from "../../parts/format/numbers.ts";
import { PageTabs } from "../../parts/page-tabs/page-tabs.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import "../imaging.css";
import { waitingQuery } from "../imaging-queries.ts";
import { EditDrawer } from "./edit-drawer.tsx";
import { FileDrawer } from "./file-drawer.tsx";
import { WaitingCard } from "./waiting-card.tsx";

const route = getRouteApi("/signed-in/images/waiting");

/** What is done with a study that waits. */
export interface WaitingDeed {
  readonly is: "file" | "edit";
  readonly study: KeptStudyView;
  /** The candidate that was chosen in the list. */
  readonly patientId?: string;
}

/** Studies that nobody knows the patient of, and those that contradict themselves or the record. */
export function WaitingPage() {
  const state = route.useSearch().state === "conflicting" ? "conflicting" : "unmatched";
  const query = useInfiniteQuery(waitingQuery(state));
  const [deed, setDeed] = useState<WaitingDeed>();
  const [first] = query.data?.pages ?? [];
  const count = (wanted: number | undefined) => (wanted === undefined ? "" : ` (${formatCount(wanted)})`);
  const close = () => setDeed(undefined);
  return (
    <div className="page">
      <div className="page-head">
        <h1>Waiting studies</h1>
        <p>Studies that are in the archive, and in no patient’s chart until a person says whose they are</p>
      </div>
      <PageTabs label="Which studies">
        <Link to="/images/waiting" activeOptions={{ exact: true }}>
          No patient found{count(first?.unmatched)}
        </Link>
        <Link to="/images/waiting" search={{ state: "conflicting" }} activeOptions={{ exact: true }}>
          Conflicting{count(first?.conflicting)}
        </Link>
      </PageTabs>
      <Loaded query={query} label="Loading the studies" rows={6}>
        {({ pages }) => <Studies studies={pages.flatMap(({ studies }) => studies)} state={state} onDeed={setDeed} />}
      </Loaded>
      <MoreRows query={query} label="Show more studies" />
      {deed?.is === "file" ? <FileDrawer deed={deed} onClose={close} /> : null}
      {deed?.is === "edit" ? <EditDrawer study={deed.study} onClose={close} /> : null}
    </div>
  );
}

interface StudiesProps {
  readonly studies: readonly KeptStudyView[];
  readonly state: "unmatched" | "conflicting";
  onDeed(deed: WaitingDeed): void;
}

function Studies({ studies, state, onDeed }: StudiesProps) {
  if (studies.length === 0)
    return (
      <EmptyPanel icon="check-round" title="Nothing waits here">
        {state === "unmatched"
          ? "Each study that came says whose it is, and the record knows that patient. One that does not appears here."
          : "No study contradicts itself, its order or its patient. One that does appears here with the reason."}
      </EmptyPanel>
    );
  return (
    <ul className="imaging-list" aria-label="Studies that wait">
      {studies.map((study) => (
        <li key={study.uid}>
          <WaitingCard study={study} onDeed={onDeed} />
        </li>
      ))}
    </ul>
  );
}
