import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { HiddenView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { countOf } from "../../parts/format/numbers.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import { ImagingTable } from "../imaging-table.tsx";
import "../imaging.css";
import { hiddenQuery } from "../imaging-queries.ts";
import { dicomDate, dicomName } from "../imaging-words.ts";
import { type AskedDeed, ReasonDrawer } from "../reason-drawer.tsx";
import { rejectionWords } from "../rejection-words.ts";

/** Images that were hidden by a person or a rejection note, and may be shown again. */
export function HiddenPage() {
  const query = useQuery(hiddenQuery);
  const [asked, setAsked] = useState<AskedDeed>();
  return (
    <div className="page">
      <div className="page-head">
        <h1>Hidden images</h1>
        <p>Images that nobody finds or gets any more, by whose decision, and why; nothing of them is lost</p>
      </div>
      <Loaded query={query} label="Loading what is hidden" rows={5}>
        {({ hidden }) =>
          hidden.length === 0 ? (
            <EmptyPanel icon="check-round" title="Nothing is hidden">
              What a modality rejects by a note, or somebody hides in the viewer or on the page of a study, appears
              here.
            </EmptyPanel>
          ) : (
            <HiddenTable hidden={hidden} onRestore={(group) => setAsked(restoring(group))} />
          )
        }
      </Loaded>
      {asked === undefined ? null : <ReasonDrawer asked={asked} onClose={() => setAsked(undefined)} />}
    </div>
  );
}

export function restoring({
  study,
  series,
  objects,
}: Pick<HiddenView, "study" | "objects"> & { readonly series?: string }): AskedDeed {
  return {
    title: "Show again",
    means: `${countOf(objects, "object")} will be found, shown and sent again as before. Who may see the study sees them at once.`,
    submit: "Show again",
    done: "It is shown again.",
    asksReason: true,
    deed: (reason) => ({
      method: "POST",
      path: `/studies/${encodeURIComponent(study)}/restore`,
      body: { ...(series === undefined ? {} : { series }), reason },
    }),
  };
}

interface HiddenTableProps {
  readonly hidden: readonly HiddenView[];
  onRestore(group: HiddenView): void;
}

function HiddenTable({ hidden, onRestore }: HiddenTableProps) {
  return (
    <ImagingTable
      caption="Series with hidden images"
      columns={["Study", "Patient", "What is hidden", "Why", "By", { hidden: "What to do" }]}
    >
      {hidden.map((group) => (
        <HiddenRow key={`${group.series} ${group.code}`} group={group} onRestore={onRestore} />
      ))}
    </ImagingTable>
  );
}

function HiddenRow({ group, onRestore }: { readonly group: HiddenView; onRestore(group: HiddenView): void }) {
  const { study, code, objects, shown, modality, seriesDescription, decision } = group;
  const title = group.studyDescription || "Without description";
  return (
    <tr>
      <th scope="row">
        <Link to="/images/studies/$uid" params={{ uid: study }} className="table-link">
          {title}
        </Link>
        <span className="imaging-small">{dicomDate(group.date) || "no date"}</span>
      </th>
      <td>
        {dicomName(group.name) || "nobody named"}
        <span className="imaging-small tabular">{group.patientId}</span>
      </td>
      <td>
        {[modality, seriesDescription || "series without description"].filter((part) => part !== "").join(" · ")}
        <span className="imaging-small">
          {countOf(objects, "object")}
          {shown === 0 ? ", all of the series" : `; ${countOf(shown, "other")} shown`}
        </span>
      </td>
      <td>
        <Tag tone="warn">{rejectionWords[code]}</Tag>
        {decision === undefined ? null : <span className="imaging-small">{decision.reason}</span>}
      </td>
      <td>
        {decision?.by ?? <span className="quiet">not kept</span>}
        {decision === undefined ? null : <span className="imaging-small">{formatDateTime(decision.at)}</span>}
      </td>
      <td>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Show again: ${seriesDescription || "series"} of ${title}`}
          onClick={() => onRestore(group)}
        >
          Show again…
        </Button>
      </td>
    </tr>
  );
}
