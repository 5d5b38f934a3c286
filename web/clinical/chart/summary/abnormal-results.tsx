import { Link } from "@tanstack/react-router";
import type { Panel, Result } from "#departments/clinical/api";
import { formatDateTime } from "../../../parts/format/dates.ts";
import { Flag } from "../../result/flag.tsx";
import { flagLook } from "../../result/flag-words.ts";
import { resultTitle } from "../../result/result-title.ts";
import { ResultAmount } from "../../result/result-value.tsx";
import { codeParameter } from "../codes.ts";

interface AbnormalResultsProps {
  readonly patientId: string;
  readonly panels: readonly Panel[];
}

/** The newest answer to each test, where it calls for attention; an older one that has since become normal is left out. */
export function AbnormalResults({ patientId, panels }: AbnormalResultsProps) {
  const abnormal = newestAbnormal(panels);
  if (abnormal.length === 0) return <p className="summary-none">Nothing flagged in the newest reports.</p>;
  return (
    <ul className="summary-abnormal">
      {abnormal.map(({ result, panel }) => (
        <li key={result.id}>
          <div className="summary-abnormal-line">
            <AbnormalName patientId={patientId} result={result} panel={panel} />
            <Flag interpretation={result.interpretation} />
          </div>
          <div className="summary-abnormal-line">
            <span>
              <ResultAmount result={{ ...result, earlier: [] }} />
              {result.range === undefined ? null : <span className="quiet"> ({result.range})</span>}
            </span>
            <span className="quiet tabular">{panel.taken === undefined ? "" : formatDateTime(panel.taken)}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}

interface AbnormalNameProps {
  readonly patientId: string;
  readonly result: Result;
  readonly panel: Panel;
}

function AbnormalName({ patientId, result, panel }: AbnormalNameProps) {
  const trend = result.value.number === undefined ? undefined : codeParameter(result.name);
  const name = resultTitle(result);
  if (trend === undefined)
    return (
      <Link to="/patients/$id/results" params={{ id: patientId }} search={{ report: panel.id }} className="table-link">
        {name}
      </Link>
    );
  return (
    <Link to="." search={(before) => ({ ...before, trend })} className="table-link" title="Show over time">
      {name}
    </Link>
  );
}

interface AbnormalResult {
  readonly result: Result;
  readonly panel: Panel;
}

function newestAbnormal(panels: readonly Panel[]): readonly AbnormalResult[] {
  const newest = new Map<string, AbnormalResult>();
  for (const panel of panels) {
    for (const result of withParts(panel.results)) {
      if (!result.status.stands) continue;
      const test = codeParameter(result.name) ?? result.name.text;
      if (!newest.has(test)) newest.set(test, { result, panel });
    }
  }
  return [...newest.values()].filter(({ result }) => isFlagged(result));
}

function withParts(results: readonly Result[]): readonly Result[] {
  return results.flatMap((result) => [result, ...withParts(result.parts)]);
}

function isFlagged(result: Result): boolean {
  return result.interpretation !== undefined && flagLook(result.interpretation).calls;
}
