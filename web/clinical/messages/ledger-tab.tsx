import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { LedgerView, SegmentView } from "#departments/clinical/api";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { type Leaf, leavesOf } from "./leaves.ts";
import { OutcomeMark } from "./outcome-mark.tsx";
import "../../parts/table/table.css";

interface LedgerTabProps {
  readonly ledger: LedgerView | undefined;
  readonly segments: readonly SegmentView[];
}

/** The books of the message: every value either went into the record or is listed here with a reason. */
export function LedgerTab({ ledger, segments }: LedgerTabProps) {
  const [show, setShow] = useState<"unmapped" | "all">("unmapped");
  if (ledger === undefined)
    return (
      <EmptyPanel icon="about" title="Not mapped">
        No mapping was run on this message, so there is nothing to account for. The state above says why.
      </EmptyPanel>
    );
  const leaves = leavesOf(segments);
  const shown = show === "all" ? leaves.filter((leaf) => leaf.outcome !== undefined) : unmappedLeaves(ledger, leaves);
  return (
    <section aria-label="What became of each value">
      <div className="message-actions">
        <p className="ledger-sum tabular">
          {countOf(ledger.leaves, "value")}: {formatCount(ledger.mapped)} mapped, {formatCount(ledger.unmapped.length)}{" "}
          not. Mapping {ledger.mapping}.
        </p>
        <SegmentedControl
          size="xs"
          aria-label="Which values to show"
          value={show}
          onChange={setShow}
          data={[
            { value: "unmapped", label: "Not mapped" },
            { value: "all", label: "All values" },
          ]}
        />
      </div>
      {shown.length === 0 ? (
        <EmptyPanel icon="check" title="Everything was mapped">
          Every value of this message is in the record.
        </EmptyPanel>
      ) : (
        <LeafTable leaves={shown} />
      )}
    </section>
  );
}

/**
 * With the names and values of the parsed message; where that does not agree with the ledger, which was kept when the
 * message was mapped, the ledger's own positions and reasons.
 */
function unmappedLeaves(ledger: LedgerView, leaves: readonly Leaf[]): readonly Leaf[] {
  const parsed = leaves.filter((leaf) => leaf.outcome?.is === "unmapped");
  if (parsed.length === ledger.unmapped.length) return parsed;
  return ledger.unmapped.map(({ where, code, reason }) => ({
    where,
    title: "",
    text: "",
    outcome: { is: "unmapped", code, reason },
  }));
}

function LeafTable({ leaves }: { readonly leaves: readonly Leaf[] }) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Values of the message and what became of them</caption>
        <thead>
          <tr>
            <th scope="col">Position</th>
            <th scope="col">Name</th>
            <th scope="col">Value</th>
            <th scope="col">What became of it</th>
          </tr>
        </thead>
        <tbody>
          {leaves.map((leaf) => (
            <tr key={leaf.where}>
              <th scope="row" className="fixed-width nowrap">
                {leaf.where}
              </th>
              <td>{leaf.title}</td>
              <td className="segment-value">{leaf.text}</td>
              <td>
                <OutcomeMark outcome={leaf.outcome} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
