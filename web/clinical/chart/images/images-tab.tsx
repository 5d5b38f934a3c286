import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { formatDateTime } from "../../../parts/format/dates.ts";
import { EmptyPanel } from "../../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../../parts/state-panel/loaded.tsx";
import "../../../parts/table/table.css";
import "../documents/documents.css";
import { type ChartStudy, chartStudiesQuery } from "./chart-studies.ts";

const route = getRouteApi("/signed-in/patients/$id");

/** What was examined with images, newest first; each a click away from the viewer. */
export function ImagesTab() {
  const { id } = route.useParams();
  const query = useQuery(chartStudiesQuery(id));
  return (
    <>
      <h2 className="documents-head">Images</h2>
      <Loaded query={query} label="Loading studies">
        {(studies) => <StudyTable studies={studies} />}
      </Loaded>
    </>
  );
}

function StudyTable({ studies }: { readonly studies: readonly ChartStudy[] }) {
  if (studies.length === 0)
    return (
      <EmptyPanel icon="images" title="No images">
        Studies appear here once images of this patient have arrived and are filed under the patient.
      </EmptyPanel>
    );
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Studies with images</caption>
        <thead>
          <tr>
            <th scope="col">Examined</th>
            <th scope="col">Study</th>
            <th scope="col">Modality</th>
            <th scope="col" className="number">
              Series
            </th>
            <th scope="col" className="number">
              Objects
            </th>
          </tr>
        </thead>
        <tbody>
          {studies.map((study) => (
            <tr key={study.uid}>
              <td className="nowrap">{study.started === undefined ? "not stated" : formatDateTime(study.started)}</td>
              <th scope="row">
                <Link className="table-link" to="/viewer/studies/$uid" params={{ uid: study.uid }}>
                  {study.description ?? "Study without a description"}
                </Link>
              </th>
              <td>{study.modalities.join(", ")}</td>
              <td className="number">{study.seriesCount}</td>
              <td className="number">{study.instanceCount}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
