import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { KeptStudyView } from "#departments/clinical/api";
import { countOf } from "../../parts/format/numbers.ts";
import { Tag } from "../../parts/tag/tag.tsx";
import { dicomDate, dicomName } from "../imaging-words.ts";
import { CompareTable } from "./compare-table.tsx";
import type { WaitingDeed } from "./waiting-page.tsx";

interface WaitingCardProps {
  readonly study: KeptStudyView;
  onDeed(deed: WaitingDeed): void;
}

/** One study: what it is, why it waits, what it says beside what the record says, and what may be done. */
export function WaitingCard({ study, onDeed }: WaitingCardProps) {
  const title = study.description || "Study without description";
  const who = dicomName(study.name) || "nobody named";
  return (
    <article className="imaging-card" aria-label={`${title}, ${who}`}>
      <div className="imaging-card-head">
        <h3>{title}</h3>
        {study.modalities.length === 0 ? null : <Tag tone="plain">{study.modalities.join(", ")}</Tag>}
        <span className="quiet tabular">
          {[
            study.date === "" ? "no date" : dicomDate(study.date),
            countOf(study.series, "series", "series"),
            countOf(study.instances, "object"),
          ].join(" · ")}
        </span>
        {study.accession === "" ? null : <Tag tone="plain">Accession {study.accession}</Tag>}
      </div>
      <p className="imaging-why">{study.conflictText ?? whyUnmatched(study)}</p>
      <CompareTable study={study} onChoose={(patientId) => onDeed({ is: "file", study, patientId })} />
      <div className="imaging-actions">
        <Button size="xs" aria-label={`File under a patient: ${title}`} onClick={() => onDeed({ is: "file", study })}>
          File under a patient…
        </Button>
        <Button
          size="xs"
          variant="default"
          aria-label={`Correct what it says: ${title}`}
          onClick={() => onDeed({ is: "edit", study })}
        >
          Correct what it says…
        </Button>
        <Link
          to="/viewer/studies/$uid"
          params={{ uid: study.uid }}
          className="table-link"
          aria-label={`Look at the images: ${title}`}
        >
          Look at the images
        </Link>
        <Link
          to="/images/studies/$uid"
          params={{ uid: study.uid }}
          className="table-link"
          aria-label={`What happened to it: ${title}`}
        >
          What happened to it
        </Link>
      </div>
    </article>
  );
}

function whyUnmatched({ patientId, issuer }: KeptStudyView): string {
  if (patientId === "") return "It does not say a patient’s number.";
  const whose = issuer === "" ? "" : ` of ${issuer}`;
  return `The record knows no patient by the number ${patientId}${whose}.`;
}
