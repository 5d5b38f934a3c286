import { Link } from "@tanstack/react-router";
import type { SenderCoverage } from "#departments/clinical/api";
import { formatDate } from "../../../parts/format/dates.ts";
import { countOf, formatCount } from "../../../parts/format/numbers.ts";
import { ScrollRegion } from "../../../parts/scroll-region/scroll-region.tsx";
import "../../../parts/table/table.css";
import { usePermission } from "../../../shell/session/session.ts";
import { senderText } from "../code-words.ts";
import { filledDays, shareText } from "./coverage-days.ts";
import { CoveragePicture } from "./coverage-picture.tsx";

interface SenderCardProps {
  readonly sender: SenderCoverage;
  /** Those of the picture, whether or not something came, so that the pictures stand one above the other. */
  readonly days: readonly string[];
}

/** One sender: its share in figures, as a picture, and as a table of days. */
export function SenderCard({ sender, days }: SenderCardProps) {
  const { results, coded } = sender;
  const name = senderText(sender.sender);
  return (
    <section className="coverage-card" aria-label={name}>
      <div className="coverage-card-body">
        <div>
          <h2>{name}</h2>
          <p className="coverage-share tabular">{shareText(coded, results)}</p>
          <p className="quiet tabular">
            {formatCount(coded)} of {countOf(results, "result")}
          </p>
          <Missing sender={sender} />
        </div>
        <CoveragePicture days={filledDays(days, sender.days)} />
      </div>
      <details className="coverage-days">
        <summary>By day</summary>
        <DayTable sender={sender} name={name} />
      </details>
    </section>
  );
}

function Missing({ sender: { sender, results, coded } }: { readonly sender: SenderCoverage }) {
  const seesCodes = usePermission("messages.read");
  if (results === coded || !seesCodes) return null;
  return (
    <p>
      <Link to="/links/codes" search={{ sender }}>
        its unknown codes
      </Link>
    </p>
  );
}

function DayTable({ sender, name }: { readonly sender: SenderCoverage; readonly name: string }) {
  return (
    <ScrollRegion className="coverage-scroll" label={`Coverage of ${name} by day`}>
      <table className="table">
        <caption className="visually-hidden">Results of {name} by day of arrival, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Day (UTC)</th>
            <th scope="col" className="number">
              Results
            </th>
            <th scope="col" className="number">
              Known
            </th>
            <th scope="col" className="number">
              Not known
            </th>
            <th scope="col" className="number">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {sender.days.toReversed().map(({ day, results, coded }) => (
            <tr key={day}>
              <th scope="row">{formatDate(day)}</th>
              <td className="number">{formatCount(results)}</td>
              <td className="number">{formatCount(coded)}</td>
              <td className="number">{formatCount(results - coded)}</td>
              <td className="number">{shareText(coded, results)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
