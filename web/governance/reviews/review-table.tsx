import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { type RelationshipView, reviewOutcomes } from "#access/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Tag } from "../../parts/tag/tag.tsx";
import { usePermission } from "../../shell/session/session.ts";

interface ReviewTableProps {
  readonly reviews: readonly RelationshipView[];
  action(review: RelationshipView): ReactNode;
}

/** One row an access: who, whose chart, why, for how long, and what the review came to. */
export function ReviewTable({ reviews, action }: ReviewTableProps) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Access to review, the most urgent first</caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">How</th>
            <th scope="col">Whose chart</th>
            <th scope="col">Why</th>
            <th scope="col">Review</th>
          </tr>
        </thead>
        <tbody>
          {reviews.map((each) => (
            <tr key={each.id}>
              <th scope="row" className="nowrap">
                {formatDateTime(each.from)}
                <span className="worklist-small tabular">until {formatDateTime(each.until)}</span>
              </th>
              <td>{each.actorName}</td>
              <td>
                {each.basis === "break-glass" ? (
                  <Tag tone="bad" icon="alert">
                    Broke the glass
                  </Tag>
                ) : (
                  <Tag tone="warn" icon="person">
                    Own word
                  </Tag>
                )}
              </td>
              <td className="reviews-patient">
                <PatientOf review={each} />
              </td>
              <td>
                {each.reason.title}
                {each.reason.text === "" ? null : <q className="reviews-words">{each.reason.text}</q>}
              </td>
              <td>
                <Outcome of={each} />
                {action(each)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** To the chart, for who may open charts; to what was looked at, for who reads the log. */
function PatientOf({ review: { patient, actor } }: { readonly review: RelationshipView }) {
  const mayOpenChart = usePermission("chart.open");
  const mayReadLog = usePermission("audit.read");
  return (
    <>
      {mayOpenChart ? (
        <Link to="/patients/$id" params={{ id: patient.slice("Patient/".length) }}>
          {patient}
        </Link>
      ) : (
        patient
      )}
      {mayReadLog ? (
        <Link className="reviews-words" to="/governance/audit" search={{ patient, person: actor }}>
          What they looked at
        </Link>
      ) : null}
    </>
  );
}

function Outcome({ of: { review } }: { readonly of: RelationshipView }) {
  if (review?.outcome === undefined) return null;
  return (
    <>
      {reviewOutcomes[review.outcome]}
      <span className="worklist-small">
        {review.byName}
        {review.note === undefined || review.note === "" ? null : <q className="reviews-words">{review.note}</q>}
      </span>
    </>
  );
}
