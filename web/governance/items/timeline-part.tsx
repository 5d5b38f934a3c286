import { useQuery } from "@tanstack/react-query";
import { type StepName, steps, type TimelineView } from "#departments/information/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { timelineQuery } from "../governance-queries.ts";

const otherDeeds: Readonly<Record<string, string>> = {
  create: "Begun",
  change: "Changed",
  assign: "Passed on",
  note: "Note written",
  check: "Checklist",
  pack: "Pack",
};

/** Every version of it: who did what, when and why. */
export function TimelinePart({ id }: { readonly id: string }) {
  const query = useQuery(timelineQuery(id));
  return (
    <section className="worklist-part" aria-labelledby="item-timeline">
      <h2 id="item-timeline">Timeline</h2>
      <Loaded query={query} label="Loading the timeline" rows={4}>
        {({ entries }) => (
          <ol className="worklist-said">
            {entries.map((entry) => (
              <li key={entry.version}>
                <span className="tabular">{formatDateTime(entry.at)}</span> <strong>{deedText(entry)}</strong>{" "}
                {entry.display}
                {entry.why === undefined ? null : <q>{entry.why}</q>}
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </section>
  );
}

function deedText({ did }: TimelineView["entries"][number]): string {
  return did in steps ? steps[did as StepName].title : (otherDeeds[did] ?? did);
}
