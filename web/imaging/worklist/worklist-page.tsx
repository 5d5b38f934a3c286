import { NativeSelect } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ImagingStepView, StepState } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import type { IconName } from "../../parts/icon/icon.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import { Tag, type TagTone } from "../../parts/tag/tag.tsx";
import { ImagingTable } from "../imaging-table.tsx";
import "../imaging.css";
import { worklistQuery } from "../imaging-queries.ts";

const looks: Readonly<Record<StepState, { word: string; tone: TagTone; icon: IconName }>> = {
  ready: { word: "Waits in the room", tone: "accent", icon: "clock" },
  "on-hold": { word: "Without a room", tone: "warn", icon: "hold" },
  "in-progress": { word: "Under way", tone: "accent", icon: "dot" },
  completed: { word: "Done", tone: "good", icon: "check" },
  failed: { word: "Broken off", tone: "bad", icon: "alert" },
  cancelled: { word: "Cancelled", tone: "plain", icon: "cross" },
};

const route = getRouteApi("/signed-in/images/worklist");

/** What was ordered of the modalities: in which room it waits, and what became of it. */
export function WorklistPage() {
  const { state = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(worklistQuery(Object.hasOwn(looks, state) ? state : ""));
  const choices = Object.entries(looks).map(([value, { word }]) => ({ value, label: word }));
  return (
    <div className="page">
      <div className="page-head">
        <h1>Modality worklist</h1>
        <p>What the modalities are offered from the orders, and what they reported back</p>
      </div>
      <search className="imaging-toolbar" aria-label="Worklist">
        <NativeSelect
          label="State"
          size="xs"
          value={state}
          data={[{ value: "", label: "Any state" }, ...choices]}
          onChange={({ currentTarget: { value } }) =>
            void navigate({ to: ".", search: value === "" ? {} : { state: value }, replace: true })
          }
        />
      </search>
      <Loaded query={query} label="Loading the worklist" rows={8}>
        {({ pages }) => {
          const steps = pages.flatMap((page) => page.steps);
          if (steps.length > 0) return <Steps steps={steps} />;
          return (
            <EmptyPanel icon="order" title={state === "" ? "Nothing is ordered yet" : "Nothing is in this state"}>
              An order for imaging appears here as soon as it comes over a link or is placed.
            </EmptyPanel>
          );
        }}
      </Loaded>
      <MoreRows query={query} label="Show older entries" />
    </div>
  );
}

function Steps({ steps }: { readonly steps: readonly ImagingStepView[] }) {
  return (
    <ImagingTable
      caption="Examinations, changed last first"
      columns={["Planned", "Examination", "Patient", "Room", "State", "What happened"]}
    >
      {steps.map((step) => (
        <Step key={step.order} step={step} />
      ))}
    </ImagingTable>
  );
}

function Step({ step }: { readonly step: ImagingStepView }) {
  const { word, tone, icon } = looks[step.state];
  return (
    <tr>
      <th scope="row" className="nowrap">
        {formatDateTime(step.plannedAt)}
      </th>
      <td>
        {step.description}
        <span className="imaging-small">
          {step.modality} · accession {step.accession}
        </span>
      </td>
      <td>{step.patientName || <span className="quiet">not in reach</span>}</td>
      <td>{step.stationAe || <span className="quiet">no rule gives one</span>}</td>
      <td>
        <Tag tone={tone} icon={icon}>
          {word}
        </Tag>
        {step.priority === "routine" ? null : <span className="imaging-small">{step.priority.toUpperCase()}</span>}
      </td>
      <td>
        {step.begunAt === undefined ? null : spanText(step.begunAt, step.endedAt)} {step.why}
        {step.state === "completed" ? (
          <Link
            to="/viewer/studies/$uid"
            params={{ uid: step.studyUid }}
            className="table-link"
            aria-label={`Look at the images of ${step.accession}`}
          >
            Look at the images
          </Link>
        ) : null}
      </td>
    </tr>
  );
}

/** `Begun 23-Nov-2026 23:31, ended 23:35.` The day of the end is told where it is another. */
function spanText(begunAt: string, endedAt: string | undefined): string {
  const begun = formatDateTime(begunAt);
  if (endedAt === undefined) return `Begun ${begun}.`;
  const ended = formatDateTime(endedAt);
  const [day, clock] = ended.split(" ");
  return `Begun ${begun}, ended ${begun.startsWith(`${day} `) ? clock : ended}.`;
}
