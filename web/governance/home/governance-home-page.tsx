import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type GovernanceHome, type ListStand, listNamed } from "#departments/information/api";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import "../../parts/worklist/worklist.css";
import "../governance.css";
import { governanceHomeQuery } from "../governance-queries.ts";
import { ItemTable } from "../items/item-table.tsx";
import { MonthsPart } from "./months-part.tsx";

/** What is due, what is unusual, how well we did. */
export function GovernanceHomePage() {
  const query = useQuery(governanceHomeQuery);
  return (
    <div className="page">
      <div className="page-head">
        <h1>Information governance</h1>
        <p>What is due, what is unusual, how well we did</p>
      </div>
      <Loaded query={query} label="Loading what is due" rows={8}>
        {(home) => (
          <div className="governance-parts">
            <DuePart home={home} />
            <UnusualPart home={home} />
            <MonthsPart months={home.months} />
          </div>
        )}
      </Loaded>
    </div>
  );
}

function DuePart({ home: { stands, due } }: { readonly home: GovernanceHome }) {
  const used = stands.filter(({ open }) => open > 0);
  return (
    <section aria-labelledby="governance-due">
      <h2 id="governance-due">What is due</h2>
      {used.length === 0 ? (
        <EmptyPanel icon="check-round" title="Nothing is open">
          Requests, incidents and entries of registers appear here with the day by which they are due.
        </EmptyPanel>
      ) : (
        <ul className="governance-stands">
          {used.map((stand) => (
            <li key={stand.list}>
              <Stand stand={stand} />
            </li>
          ))}
        </ul>
      )}
      {due.length === 0 ? null : <ItemTable items={due} caption="What is due first" />}
    </section>
  );
}

const places = {
  requests: "/governance/requests",
  registers: "/governance/registers",
  retention: "/governance/holds",
} as const;

function Stand({ stand: { list, open, overdue, week, waiting } }: { readonly stand: ListStand }) {
  const definition = listNamed(list);
  return (
    <Link to={places[definition?.area ?? "requests"]} search={{ list }} className="governance-stand">
      <span>{definition?.plural ?? list}</span>
      <strong className="tabular">{formatCount(open)}</strong>
      <span className="governance-entry">
        {overdue === 0 ? null : (
          <Tag tone="bad" icon="alert">
            {formatCount(overdue)} overdue
          </Tag>
        )}
        {week === 0 ? null : (
          <Tag tone="warn" icon="clock">
            {formatCount(week)} this week
          </Tag>
        )}
        {waiting === 0 ? null : (
          <Tag tone="plain" icon="hold">
            {formatCount(waiting)} waiting
          </Tag>
        )}
        {overdue + week + waiting === 0 ? <span className="quiet">nothing this week</span> : null}
      </span>
    </Link>
  );
}

function UnusualPart({ home: { unusual } }: { readonly home: GovernanceHome }) {
  const found = unusual.filter(({ count }) => count > 0);
  return (
    <section aria-labelledby="governance-unusual">
      <h2 id="governance-unusual">What is unusual</h2>
      {found.length === 0 ? <p className="quiet">Nothing waits to be looked at.</p> : null}
      <ul className="worklist-said">
        {found.map(({ name, title, count, path }) => (
          <li key={name}>
            <a href={path}>{title}</a>: {countOf(count, "entry", "entries")}
          </li>
        ))}
      </ul>
    </section>
  );
}
