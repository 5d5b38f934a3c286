import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { type StudyHistoryPage, studyMarks } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { countOf } from "../../parts/format/numbers.ts";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import "../../parts/table/table.css";
import { Tag } from "../../parts/tag/tag.tsx";
import { restoring } from "../hidden/hidden-page.tsx";
import { HideDrawer } from "../hide-drawer.tsx";
import "../imaging.css";
import { studyHistoryQuery } from "../imaging-queries.ts";
import { dicomDate, dicomName, sexText } from "../imaging-words.ts";
import { type AskedDeed, ReasonDrawer } from "../reason-drawer.tsx";
import { EditDrawer } from "../waiting/edit-drawer.tsx";
import { FileDrawer } from "../waiting/file-drawer.tsx";
import { KeepDrawer, lettingGo } from "./keep-drawer.tsx";
import { StudyEvents } from "./study-events.tsx";
import { StudySeries } from "./study-series.tsx";

const route = getRouteApi("/signed-in/images/studies/$uid");

/** All that the archive knows of a study, and what was done with it. */
export function StudyPage() {
  const { uid } = route.useParams();
  const query = useQuery(studyHistoryQuery(uid));
  return (
    <div className="page">
      <Loaded query={query} label="Loading the study" rows={8}>
        {(page) => <StudyParts page={page} />}
      </Loaded>
    </div>
  );
}

type Doing =
  | { readonly is: "hide" | "edit" | "file" | "keep" }
  | { readonly is: "hide-series"; readonly series: string; readonly label: string }
  | { readonly is: "restore"; readonly asked: AskedDeed };

function StudyParts({ page }: { readonly page: StudyHistoryPage }) {
  const { study, series, events } = page;
  const [doing, setDoing] = useState<Doing>();
  const shown = series.reduce((sum, each) => sum + each.shown, 0);
  const hidden = series.reduce((sum, each) => sum + each.hidden, 0);
  const restore = (objects: number, uid?: string) =>
    setDoing({
      is: "restore",
      asked: restoring({ study: study.uid, objects, ...(uid === undefined ? {} : { series: uid }) }),
    });
  return (
    <>
      <div className="page-head">
        <h1>{study.description || "Study without description"}</h1>
        <p>
          {[study.modalities.join(", "), dicomDate(study.date) || "no date", `${countOf(shown, "object")} shown`]
            .filter((part) => part !== "")
            .join(" · ")}
        </p>
      </div>
      <div className="imaging-parts">
        <SaidPart page={page} />
        <StudyDeeds page={page} onDo={setDoing} onRestore={() => restore(hidden)} />
        <StudySeries
          series={series}
          onHide={(each) =>
            setDoing({ is: "hide-series", series: each.uid, label: `The series ${each.description || each.uid}` })
          }
          onRestore={(each) => restore(each.hidden, each.uid)}
        />
        <StudyEvents events={events} />
      </div>
      <StudyDoing page={page} doing={doing} onClose={() => setDoing(undefined)} />
    </>
  );
}

interface StudyDeedsProps {
  readonly page: StudyHistoryPage;
  onDo(doing: Doing): void;
  onRestore(): void;
}

function StudyDeeds({ page: { study, series, mark }, onDo, onRestore }: StudyDeedsProps) {
  const shown = series.reduce((sum, each) => sum + each.shown, 0);
  const hidden = series.reduce((sum, each) => sum + each.hidden, 0);
  return (
    <div className="imaging-actions">
      {shown === 0 ? null : (
        <Link to="/viewer/studies/$uid" params={{ uid: study.uid }} className="table-link">
          Look at the images
        </Link>
      )}
      <Button size="xs" variant="default" onClick={() => onDo({ is: "edit" })}>
        Correct what it says…
      </Button>
      <Button size="xs" variant="default" onClick={() => onDo({ is: "file" })}>
        File under a patient…
      </Button>
      {shown === 0 ? null : (
        <Button size="xs" variant="default" onClick={() => onDo({ is: "hide" })}>
          Hide the study…
        </Button>
      )}
      {mark === undefined ? (
        <Button size="xs" variant="default" onClick={() => onDo({ is: "keep" })}>
          Keep it from deletion…
        </Button>
      ) : (
        <Button size="xs" variant="default" onClick={() => onDo({ is: "restore", asked: lettingGo(study.uid) })}>
          Leave it to the rules…
        </Button>
      )}
      {hidden === 0 ? null : (
        <Button size="xs" variant="default" onClick={() => onRestore()}>
          Show everything again…
        </Button>
      )}
    </div>
  );
}

interface StudyDoingProps {
  readonly page: StudyHistoryPage;
  readonly doing: Doing | undefined;
  onClose(): void;
}

function StudyDoing({ page: { study }, doing, onClose }: StudyDoingProps) {
  const kept = { ...study, candidates: [] };
  switch (doing?.is) {
    case undefined:
      return null;
    case "edit":
      return <EditDrawer study={kept} onClose={onClose} />;
    case "file":
      return <FileDrawer deed={{ is: "file", study: kept }} onClose={onClose} />;
    case "hide":
      return <HideDrawer choices={[{ study: study.uid, label: "All of the study" }]} onClose={onClose} />;
    case "keep":
      return <KeepDrawer study={study.uid} onClose={onClose} />;
    case "hide-series": {
      const { series, label } = doing;
      return <HideDrawer choices={[{ study: study.uid, series, label }]} onClose={onClose} />;
    }
    case "restore":
      return <ReasonDrawer asked={doing.asked} onClose={onClose} />;
  }
}

/** What the study says of its patient, and whom it is filed under. */
function SaidPart({ page: { study, patient, mark } }: { readonly page: StudyHistoryPage }) {
  const facts: readonly (readonly [string, string])[] = [
    ["Patient", dicomName(study.name) || "nobody named"],
    ["Number", [study.patientId, study.issuer].filter((part) => part !== "").join(" of ") || "not said"],
    ["Born", dicomDate(study.birthDate) || "not said"],
    ["Sex", sexText(study.sex) || "not said"],
    ["Accession number", study.accession || "not said"],
    ["Study UID", study.uid],
  ];
  return (
    <section className="imaging-card" aria-label="What it says">
      <p>
        {patient === undefined ? (
          <Tag tone="warn" icon="alert">
            {study.conflictText ?? "Filed under nobody"}
          </Tag>
        ) : (
          <>
            Filed under{" "}
            <Link to="/patients/$id/images" params={{ id: patient.id }} className="table-link">
              {patient.display}
            </Link>
          </>
        )}
      </p>
      {mark === undefined ? null : (
        <p>
          <Tag tone="plain" icon="hold">
            {studyMarks[mark.is]}
          </Tag>{" "}
          No rule deletes it, says {mark.by}, {formatDateTime(mark.at)}: “{mark.reason}”
        </p>
      )}
      <dl className="imaging-facts">
        {facts.map(([name, value]) => (
          <div key={name} className={name === "Study UID" ? "imaging-fact-wide" : ""}>
            <dt>{name}</dt>
            <dd className="imaging-uid">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
