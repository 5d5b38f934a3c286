import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { hospitalClock } from "../../parts/clock/hospital-clock.ts";
import { now } from "../../parts/clock/now.ts";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { studyFields } from "../../viewer/dicomweb/queries.ts";
import { queryPath } from "../../viewer/dicomweb/query-path.ts";
import { getDataSets } from "../../viewer/dicomweb/requests.ts";
import { type Study, studyOf } from "../../viewer/dicomweb/study.ts";
import { ImagingTable } from "../imaging-table.tsx";

const shownMax = 10;

const todayQuery = queryOptions({
  queryKey: ["images", "today"],
  queryFn: async ({ signal }) => {
    const day = hospitalClock().local(now())?.date.replaceAll("-", "") ?? "";
    const { dataSets, total } = await getDataSets(
      queryPath("studies", { StudyDate: day, limit: shownMax }, studyFields),
      signal,
    );
    return { studies: dataSets.map(studyOf), total: total ?? dataSets.length };
  },
  refetchInterval: 15_000,
});

/** Studies of today, by the day that they carry. */
export function TodayPart() {
  const query = useQuery(todayQuery);
  return (
    <section aria-labelledby="today">
      <h2 id="today">Examined today</h2>
      <Loaded query={query} label="Loading today’s studies" rows={4}>
        {({ studies, total }) =>
          studies.length === 0 ? (
            <EmptyPanel icon="images" title="No study of today yet">
              A study with today’s date appears here as soon as its first image has come.
            </EmptyPanel>
          ) : (
            <Today studies={studies} total={total} />
          )
        }
      </Loaded>
    </section>
  );
}

function Today({ studies, total }: { readonly studies: readonly Study[]; readonly total: number }) {
  return (
    <>
      <p>
        {countOf(total, "study", "studies")} of today {total === 1 ? "has" : "have"} come
        {total > studies.length ? `; ${formatCount(studies.length)} of them:` : "."}
      </p>
      <ImagingTable caption="Studies of today" columns={["Time", "Study", "Modality", "Patient", { number: "Size" }]}>
        {studies.map((study) => (
          <tr key={study.uid}>
            <td>{study.clock ?? <span className="quiet">not said</span>}</td>
            <th scope="row">
              <Link to="/viewer/studies/$uid" params={{ uid: study.uid }} className="table-link">
                {study.description ?? "Without description"}
              </Link>
            </th>
            <td>{study.modalities.join(", ")}</td>
            <td>{study.patientName ?? study.patientId ?? "not said"}</td>
            <td className="number">{countOf(study.instanceCount ?? 0, "object")}</td>
          </tr>
        ))}
      </ImagingTable>
    </>
  );
}
