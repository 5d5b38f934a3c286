import type { Result } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import "./result.css";

/** Value and unit, and beneath it what the value was before it was corrected. */
export function ResultAmount({ result }: { readonly result: Result }) {
  const { value, status, interpretation } = result;
  const grave = interpretation?.tone === "critical" || interpretation?.tone === "abnormal";
  return (
    <>
      <span className="result-amount" data-stands={status.stands} data-grave={grave}>
        {value.amount === undefined ? (
          value.text
        ) : (
          <>
            {value.amount} <span className="result-unit">{value.unit}</span>
          </>
        )}
      </span>
      {result.earlier.map((before) => (
        <span key={before.version} className="result-before">
          was {before.value.text || before.status.text}
          {before.status.tone === "final" ? "" : ` (${before.status.text.toLowerCase()})`}, recorded{" "}
          <span className="nowrap">{formatDateTime(before.recorded)}</span>
        </span>
      ))}
    </>
  );
}
