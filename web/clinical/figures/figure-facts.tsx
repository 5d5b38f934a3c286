import type { FiguresPage, TimesView } from "#departments/clinical/api";
import { formatCount } from "../../parts/format/numbers.ts";
import { durationText } from "./duration-text.ts";

/** What the span comes to. */
export function FigureFacts({ page }: { readonly page: FiguresPage }) {
  const sum = (name: "received" | "sent") => page.days.reduce((total, day) => total + day[name], 0);
  return (
    <dl className="figures-facts">
      <Fact term="Received" value={formatCount(sum("received"))} />
      <Fact term="Sent on" value={formatCount(sum("sent"))} note="once for each destination" />
      <Fact term="Until decided on" {...timesTold(page.toRecord)} />
      <Fact term="Until delivered" {...timesTold(page.toDelivery)} />
      <Fact term="Results reported again" value={formatCount(page.reportedAgain)} note="a later version came" />
    </dl>
  );
}

function timesTold({ medianMs, p95Ms, worstMs }: TimesView) {
  if (medianMs === undefined) return { value: "–" };
  const note = `median; 95 of 100 within ${durationText(p95Ms)}; worst ${durationText(worstMs)}`;
  return { value: durationText(medianMs), note };
}

interface FactProps {
  readonly term: string;
  readonly value: string;
  readonly note?: string;
}

function Fact({ term, value, note }: FactProps) {
  return (
    <div>
      <dt>{term}</dt>
      <dd className="figures-value tabular">{value}</dd>
      {note === undefined ? null : <dd className="quiet">{note}</dd>}
    </div>
  );
}
