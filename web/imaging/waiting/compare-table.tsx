import { Button } from "@mantine/core";
import type { CandidateView, KeptStudyView } from "#departments/clinical/api";
import { ScrollRegion } from "../../parts/scroll-region/scroll-region.tsx";
import "../../parts/table/table.css";
import { dashed, dicomDate, dicomName, saysTheSame, sexText } from "../imaging-words.ts";

interface Row {
  readonly title: string;
  readonly said: string;
  readonly known: (candidate: CandidateView) => string;
  readonly agrees: (candidate: CandidateView) => boolean;
}

function rowsOf({ name, birthDate, sex, patientId, issuer }: KeptStudyView): readonly Row[] {
  return [
    {
      title: "Name",
      said: dicomName(name),
      known: ({ display }) => display,
      agrees: ({ display }) => saysTheSame(display, dicomName(name)),
    },
    {
      title: "Born",
      said: dicomDate(birthDate),
      known: (candidate) => dicomDate(candidate.birthDate),
      agrees: (candidate) => candidate.birthDate === dashed(birthDate),
    },
    {
      title: "Sex",
      said: sexText(sex),
      known: (candidate) => sexText(candidate.sex),
      agrees: (candidate) => candidate.sex === sex,
    },
    {
      title: "Number",
      said: [patientId, issuer === "" ? "" : `(${issuer})`].join(" ").trim(),
      known: ({ numbers }) => numbers.join(", "),
      agrees: ({ numbers }) => numbers.some((number) => saysTheSame(number, patientId)),
    },
  ];
}

interface CompareTableProps {
  readonly study: KeptStudyView;
  onChoose(patientId: string): void;
}

/** What the study says of its patient beside each patient whom it might be about; what differs is marked and said. */
export function CompareTable({ study, onChoose }: CompareTableProps) {
  const { candidates } = study;
  return (
    <ScrollRegion className="table-frame" label={`What it says of its patient: ${dicomName(study.name)}`}>
      <table className="table">
        <caption className="visually-hidden">What the study says beside what the record says</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">The study says</th>
            {candidates.map(({ id }, index) => (
              <th scope="col" key={id}>
                {candidates.length === 1 ? "The record says" : `The record says (${index + 1})`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(study).map(({ title, said, known, agrees }) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              <td>{said || <span className="quiet">not said</span>}</td>
              {candidates.map((candidate) => (
                <td key={candidate.id} className={agrees(candidate) ? "" : "imaging-differs"}>
                  {known(candidate) || "not known"}
                  {agrees(candidate) ? null : " (differs)"}
                </td>
              ))}
            </tr>
          ))}
          {candidates.length === 0 ? null : (
            <tr>
              <th scope="row">
                <span className="visually-hidden">What to do</span>
              </th>
              <td />
              {candidates.map(({ id, display }) => (
                <td key={id}>
                  <Button size="compact-xs" variant="default" onClick={() => onChoose(id)}>
                    File under {display}
                  </Button>
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
