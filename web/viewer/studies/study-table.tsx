import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useRef } from "react";
import { formatDate } from "../../parts/format/dates.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import "../../parts/table/table.css";
import { seriesQuery, studyQuery } from "../dicomweb/queries.ts";
import type { Study } from "../dicomweb/study.ts";
import type { Sorting, SortKey } from "./study-search.ts";

interface StudyTableProps {
  readonly studies: readonly Study[];
  readonly sorting: Sorting | undefined;
  onSort(sorting: Sorting): void;
}

const columns: readonly (readonly [key: SortKey, label: string])[] = [
  ["day", "Date"],
  ["patientName", "Patient"],
  ["patientId", "Number"],
  ["modalities", "Modality"],
  ["description", "Description"],
  ["accession", "Accession"],
];

/** A row a study; a click anywhere in it, or Enter, opens the viewer. The arrow keys go from row to row. */
export function StudyTable({ studies, sorting, onSort }: StudyTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const walk = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const links = [...(body.current?.querySelectorAll("a") ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    if (step === 0 || at === -1) return;
    event.preventDefault();
    links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
  };
  return (
    <div className="table-frame">
      <table className="table table-stacks studies-table">
        <thead>
          <tr>
            {columns.map(([key, label]) => (
              <SortHeading key={key} name={key} label={label} sorting={sorting} onSort={onSort} />
            ))}
            <th className="number">Series</th>
            <th className="number">Objects</th>
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={walk}>
          {studies.map((study) => (
            <StudyRow key={study.uid} study={study} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface SortHeadingProps {
  readonly name: SortKey;
  readonly label: string;
  readonly sorting: Sorting | undefined;
  onSort(sorting: Sorting): void;
}

function SortHeading({ name, label, sorting, onSort }: SortHeadingProps) {
  const isSorted = sorting?.key === name;
  const isDescending = isSorted ? !sorting.isDescending : name === "day";
  return (
    <th aria-sort={isSorted ? (sorting.isDescending ? "descending" : "ascending") : "none"}>
      <button type="button" className="studies-sort" onClick={() => onSort({ key: name, isDescending })}>
        {label}
        {isSorted ? <Icon name={sorting.isDescending ? "down" : "up"} size={13} /> : null}
      </button>
    </th>
  );
}

function StudyRow({ study }: { readonly study: Study }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  // The press comes a moment before the click, and what the list knows of the study need not be asked again.
  const ready = () => {
    client.setQueryData(studyQuery(study.uid).queryKey, study);
    void client.prefetchQuery(seriesQuery(study.uid));
  };
  const open = () => void navigate({ to: "/viewer/studies/$uid", params: { uid: study.uid } });
  return (
    <tr
      className="table-row-open"
      onPointerDown={ready}
      onClick={(event) => (event.target as Element).closest("a") === null && open()}
    >
      <td className="nowrap">
        {study.day === undefined ? "No date" : formatDate(study.day)} <span className="quiet">{study.clock}</span>
      </td>
      <th scope="row">
        <Link className="table-link" to="/viewer/studies/$uid" params={{ uid: study.uid }}>
          {study.patientName ?? "No name"}
        </Link>
        <span className="studies-born quiet">
          {[study.sex, study.birthDay === undefined ? undefined : formatDate(study.birthDay)]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </th>
      <td className="tabular">{study.patientId}</td>
      <td>{study.modalities.join(", ")}</td>
      <td className="studies-description">{study.description}</td>
      <td className="tabular">{study.accession}</td>
      <td className="number studies-counted" data-of="series">
        {study.seriesCount}
      </td>
      <td className="number studies-counted" data-of="objects">
        {study.instanceCount}
      </td>
    </tr>
  );
}
