import { useQuery } from "@tanstack/react-query";
import type { ArrivalsView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { countOf } from "../../parts/format/numbers.ts";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import { arrivalsQuery } from "../imaging-queries.ts";

/** What the last check of all objects came to, and how to make one. */
export function IntegrityPart() {
  const query = useQuery(arrivalsQuery);
  return (
    <section aria-labelledby="integrity">
      <h2 id="integrity">Whether it is whole</h2>
      <Loaded query={query} label="Loading the last check" rows={2}>
        {({ check }) =>
          check === undefined ? (
            <p>
              <Tag tone="warn" icon="alert">
                Never checked
              </Tag>{" "}
              Nobody has checked the objects yet.
            </p>
          ) : (
            <LastCheck check={check} />
          )
        }
      </Loaded>
      <p>
        Each object is kept under the hash of its bytes. Whoever runs the server checks all of them, while Corridor goes
        on, with:
      </p>
      <pre className="imaging-code">
        <code>corridor verify</code>
      </pre>
      <p className="quiet">
        It reads every object again, compares it with its hash and names each that is missing or changed.
      </p>
    </section>
  );
}

function LastCheck({ check }: { readonly check: NonNullable<ArrivalsView["check"]> }) {
  const { at, tookMs, objects, problemCount, problems } = check;
  const facts = `${formatDateTime(at)}: ${countOf(objects, "object")} read in ${timeText(tookMs)}.`;
  if (problemCount === 0)
    return (
      <p>
        <Tag tone="good" icon="check-round">
          Whole
        </Tag>{" "}
        {facts}
      </p>
    );
  return (
    <>
      <p>
        <Tag tone="bad" icon="alert">
          {countOf(problemCount, "thing")} wrong
        </Tag>{" "}
        {facts}
      </p>
      <ul className="imaging-refusals" aria-label="What is wrong">
        {problems.map(({ code, message, where }) => (
          <li key={`${code} ${where ?? ""}`} className="imaging-failed">
            {message} {where === undefined ? null : <span className="imaging-uid">Object {where}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

function timeText(ms: number): string {
  if (ms < 60_000) return `${Math.max(1, Math.round(ms / 1000))} s`;
  return ms < 3_600_000 ? `${Math.round(ms / 60_000)} min` : `${(ms / 3_600_000).toFixed(1)} h`;
}
