import type { LedgerView, SegmentView } from "#departments/clinical/api";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { leavesOf } from "./leaves.ts";
import "../../parts/table/table.css";

interface LedgerTabProps {
  readonly ledger: LedgerView | undefined;
  readonly segments: readonly SegmentView[];
}

/** The books of the message: every value either went into the record or is listed here with a reason. */
export function LedgerTab({ ledger, segments }: LedgerTabProps) {
  if (ledger === undefined)
    return (
      <EmptyPanel icon="about" title="Not mapped">
        No mapping was run on this message, so there is nothing to account for. The state above says why.
      </EmptyPanel>
    );
  const leaves = leavesOf(segments);
  return (
    <section aria-label="Values that were not mapped">
      <p className="ledger-sum tabular">
        {countOf(ledger.leaves, "value")} in the message: {formatCount(ledger.mapped)} mapped,{" "}
        {formatCount(ledger.unmapped.length)} not. Mapping {ledger.mapping}.
      </p>
      {ledger.unmapped.length === 0 ? (
        <EmptyPanel icon="check" title="Everything was mapped">
          Every value of this message is in the record.
        </EmptyPanel>
      ) : (
        <div className="table-frame">
          <table className="table table-stacks">
            <caption className="visually-hidden">Values that were not mapped, and why</caption>
            <thead>
              <tr>
                <th scope="col">Position</th>
                <th scope="col">Name</th>
                <th scope="col">Value</th>
                <th scope="col">Why it was not mapped</th>
              </tr>
            </thead>
            <tbody>
              {ledger.unmapped.map(({ where, reason }) => (
                <tr key={where}>
                  <th scope="row" className="fixed-width nowrap">
                    {where}
                  </th>
                  <td>{leaves.get(where)?.title}</td>
                  <td className="segment-value">{leaves.get(where)?.text}</td>
                  <td>{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
