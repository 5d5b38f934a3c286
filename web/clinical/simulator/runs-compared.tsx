import { NativeSelect } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { RunsComparedView, RunView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import "../../parts/table/table.css";
import { MismatchView } from "./mismatch-list.tsx";
import { comparedQuery, runsQuery } from "./simulator-queries.ts";

const route = getRouteApi("/signed-in/links/simulator/$id");

/** A run beside an earlier one, which the reader chooses. */
export function RunsCompared({ run }: { readonly run: RunView }) {
  const { with: other } = route.useSearch();
  const navigate = route.useNavigate();
  const runs = useInfiniteQuery(runsQuery);
  const others = (runs.data?.pages ?? [])
    .flatMap((page) => page.runs)
    .filter(({ id, summary }) => id !== run.id && summary !== undefined);
  return (
    <section aria-labelledby="compared">
      <h2 id="compared">Beside another run</h2>
      <NativeSelect
        className="simulator-other"
        label="Compared with"
        value={other ?? ""}
        data={[
          { value: "", label: others.length === 0 ? "There is no other run" : "Choose a run" },
          ...others.map(({ id, title, startedAt }) => ({ value: id, label: `${formatDateTime(startedAt)} ${title}` })),
        ]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          void navigate({ search: value === "" ? {} : { with: value }, replace: true });
        }}
      />
      {other === undefined ? null : <Differences id={run.id} other={other} />}
    </section>
  );
}

function Differences({ id, other }: { readonly id: string; readonly other: string }) {
  const query = useQuery(comparedQuery(id, other));
  return (
    <Loaded query={query} label="Comparing" rows={6}>
      {(compared) => <Compared compared={compared} />}
    </Loaded>
  );
}

function Compared({ compared }: { readonly compared: RunsComparedView }) {
  const { isSameTraffic, figures, answers, answersDiffer, broken, mended } = compared;
  return (
    <div className="simulator-compared">
      {isSameTraffic ? null : <p className="simulator-problem">The two did not play the same messages.</p>}
      <Figures figures={figures} />
      <p>
        {answersDiffer === 0
          ? "Every message was acknowledged alike."
          : `${countOf(answersDiffer, "message")} acknowledged otherwise:`}
      </p>
      {answers.length === 0 ? null : (
        <ul className="mismatches">
          {answers.map(({ name, controlId, first = "not sent", second = "not sent" }) => (
            <li key={`${name} ${controlId}`}>
              <b>{name}</b> {first} → {second}
            </li>
          ))}
        </ul>
      )}
      {broken.length + mended.length === 0 ? null : (
        <p>
          {countOf(broken.length, "message")} came out as expected in the other run and not in this one;{" "}
          {formatCount(mended.length)} the other way round.
        </p>
      )}
      {broken.length === 0 ? null : (
        <ul className="mismatches">
          {broken.map((mismatch) => (
            <li key={`${mismatch.is} ${mismatch.name}`}>
              <MismatchView mismatch={mismatch} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Figures({ figures }: Pick<RunsComparedView, "figures">) {
  return (
    <div className="table-frame">
      <table className="table">
        <caption className="visually-hidden">Figures of both runs</caption>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col" className="number">
              The other
            </th>
            <th scope="col" className="number">
              This one
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.map(({ name, unit, first, second }) => (
            <tr key={name} data-changed={first !== second}>
              <th scope="row">{name}</th>
              <td className="number">{figureText(first, unit)}</td>
              <td className="number">{figureText(second, unit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function figureText(value: number, unit: string): string {
  return unit === "messages" ? formatCount(value) : `${formatCount(value)} ${unit}`;
}
