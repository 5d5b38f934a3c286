import type { MonthStand } from "#departments/information/api";
import { formatDate } from "../../parts/format/dates.ts";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { MonthsPicture } from "./months-picture.tsx";

/** How many requests were closed in each month, and how many of them in time: as a picture, and as a table. */
export function MonthsPart({ months }: { readonly months: readonly MonthStand[] }) {
  const closed = months.reduce((sum, month) => sum + month.closed, 0);
  const onTime = months.reduce((sum, month) => sum + month.onTime, 0);
  const sentence =
    closed === 0
      ? "Nothing was closed in the last twelve months."
      : `${formatCount(onTime)} of ${countOf(closed, "request")} closed in the last twelve months were in time: ${Math.round((onTime / closed) * 100)} %.`;
  return (
    <section aria-labelledby="governance-months">
      <h2 id="governance-months">How well we did</h2>
      <p>{sentence}</p>
      {closed === 0 ? null : <MonthsPicture months={months} label={sentence} />}
      {closed === 0 ? null : (
        <details>
          <summary>The same as a table</summary>
          <div className="table-frame">
            <table className="table">
              <caption className="visually-hidden">Requests closed by month</caption>
              <thead>
                <tr>
                  <th scope="col">Month</th>
                  <th scope="col" className="number">
                    Closed
                  </th>
                  <th scope="col" className="number">
                    In time
                  </th>
                  <th scope="col" className="number">
                    Per cent
                  </th>
                </tr>
              </thead>
              <tbody>
                {months.map((month) => (
                  <tr key={month.month}>
                    <th scope="row">{formatDate(month.month)}</th>
                    <td className="number">{formatCount(month.closed)}</td>
                    <td className="number">{formatCount(month.onTime)}</td>
                    <td className="number">
                      {month.closed === 0 ? "" : `${Math.round((month.onTime / month.closed) * 100)} %`}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </section>
  );
}
