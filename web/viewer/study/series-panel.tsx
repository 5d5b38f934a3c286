import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { formatDate } from "../../parts/format/dates.ts";
import { usePermission } from "../../shell/session/session.ts";
import { priorsQuery, seriesQuery } from "../dicomweb/queries.ts";
import type { Series } from "../dicomweb/series.ts";
import type { Study } from "../dicomweb/study.ts";
import { isFirstAwaited } from "../state/viewer-state.ts";
import { chooseLayout, choosePane } from "./actions.ts";
import { type Desk, useDesk, useViewer } from "./desk-context.ts";
import { SeriesCard } from "./series-card.tsx";

/** The study's series, and the other studies of the same patient to compare with. */
export function SeriesPanel({ onChosen }: { onChosen(): void }) {
  const desk = useDesk();
  const { study, series } = desk;
  const mayKeep = usePermission("images.keep");
  return (
    <aside className="viewer-side" aria-label="Series">
      <header className="viewer-study">
        <p className="viewer-study-patient">{study.patientName ?? "No name"}</p>
        <p className="quiet">
          {[study.patientId, study.sex, study.birthDay === undefined ? undefined : `born ${formatDate(study.birthDay)}`]
            .filter(Boolean)
            .join(" · ")}
        </p>
        <p>{study.description ?? "No description"}</p>
        <p className="quiet">
          {[study.day === undefined ? undefined : formatDate(study.day), study.clock, study.accession]
            .filter(Boolean)
            .join(" · ")}
        </p>
        {mayKeep ? (
          <Link to="/images/studies/$uid" params={{ uid: study.uid }} className="viewer-study-history">
            What happened to it
          </Link>
        ) : null}
      </header>
      <SeriesList series={series} onOpen={(one) => void desk.open(one).then(() => finish(desk, onChosen))} />
      <OtherStudies study={study} onChosen={onChosen} />
    </aside>
  );
}

/** The keys are meant for the images that were chosen. */
function finish({ store, box }: Desk, onChosen: () => void): void {
  box.viewport(store.get().active)?.element.focus();
  onChosen();
}

function SeriesList({ series, onOpen }: { readonly series: readonly Series[]; onOpen(series: Series): void }) {
  const panes = useViewer((state) => state.panes);
  const open = new Set(panes.map((pane) => (pane.paper ?? pane.stack?.series)?.uid));
  return (
    <ul className="viewer-series-list">
      {series.map((one) => (
        <li key={one.uid}>
          <SeriesCard series={one} isOpen={open.has(one.uid)} onOpen={() => onOpen(one)} />
        </li>
      ))}
    </ul>
  );
}

/** Newest first; a study opens its series, and a series goes beside what is shown. */
function OtherStudies({ study, onChosen }: { readonly study: Study; onChosen(): void }) {
  const isWaiting = useViewer(isFirstAwaited);
  const query = priorsQuery(study);
  const priors = useQuery({ ...query, enabled: query.enabled === true && !isWaiting });
  if (priors.data === undefined || priors.data.length === 0) return null;
  return (
    <section className="viewer-priors" aria-labelledby="viewer-priors">
      <h2 id="viewer-priors">Other studies of this patient</h2>
      {priors.data.map((other) => (
        <OtherStudy key={other.uid} study={other} onChosen={onChosen} />
      ))}
    </section>
  );
}

function OtherStudy({ study, onChosen }: { readonly study: Study; onChosen(): void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <b>{study.day === undefined ? "No date" : formatDate(study.day)}</b>{" "}
        {[study.modalities.join(", "), study.description].filter(Boolean).join(" · ")}
      </summary>
      {isOpen ? <PriorSeries study={study} onChosen={onChosen} /> : null}
    </details>
  );
}

function PriorSeries({ study, onChosen }: { readonly study: Study; onChosen(): void }) {
  const desk = useDesk();
  const series = useQuery(seriesQuery(study.uid));
  const beside = async (one: Series) => {
    const { layout, active } = desk.store.get();
    if (layout === "1x1") chooseLayout(desk, "1x2");
    const pane = layout === "1x1" ? 1 : active;
    choosePane(desk, pane);
    await desk.open(one, pane);
    finish(desk, onChosen);
  };
  if (series.error !== null) return <p className="quiet">Its series could not be read.</p>;
  return <SeriesList series={series.data ?? []} onOpen={(one) => void beside(one)} />;
}
