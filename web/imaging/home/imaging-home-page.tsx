import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { StorageView } from "#departments/clinical/api";
import { formatDate } from "../../parts/format/dates.ts";
import { formatCount } from "../../parts/format/numbers.ts";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import "../imaging.css";
import { sendsQuery, storageQuery, waitingCountsQuery } from "../imaging-queries.ts";
import { sizeText } from "../imaging-words.ts";
import { CamePart } from "./came-part.tsx";
import { NodesStand } from "./nodes-stand.tsx";
import { TodayPart } from "./today-part.tsx";

/** What needs a person, what came, and how long there is room. */
export function ImagingHomePage() {
  const storage = useQuery(storageQuery);
  return (
    <div className="page">
      <div className="page-head">
        <h1>Imaging</h1>
        <p>What needs a person, what came today, and how long there is room</p>
      </div>
      <div className="imaging-parts">
        <NeedsPart />
        <CamePart />
        <TodayPart />
        <Loaded query={storage} label="Loading what is stored" rows={2}>
          {(view) => <StoragePart storage={view} />}
        </Loaded>
      </div>
    </div>
  );
}

function NeedsPart() {
  const waiting = useQuery(waitingCountsQuery);
  const sends = useInfiniteQuery(sendsQuery("parked"));
  return (
    <section aria-labelledby="needs">
      <h2 id="needs">What needs a person</h2>
      <Loaded query={waiting} label="Loading what waits" rows={2}>
        {({ unmatched, conflicting, keptAside }) => (
          <ul className="imaging-stands">
            <li>
              <Link to="/images/waiting" className="imaging-stand">
                <Stand title="No patient found" count={unmatched} note="filed in no chart" />
              </Link>
            </li>
            <li>
              <Link to="/images/waiting" search={{ state: "conflicting" }} className="imaging-stand">
                <Stand title="Conflicting" count={conflicting} note="against the record" />
              </Link>
            </li>
            <li>
              <Link to="/images/aside" className="imaging-stand">
                <Stand title="Kept aside" count={keptAside} note="to decide" />
              </Link>
            </li>
            <li>
              <Link to="/images/sending" search={{ state: "parked" }} className="imaging-stand">
                <Stand title="Sends given up" count={sends.data?.pages[0]?.parked} note="after the last try" />
              </Link>
            </li>
            <li>
              <NodesStand />
            </li>
          </ul>
        )}
      </Loaded>
    </section>
  );
}

interface StandProps {
  readonly title: string;
  /** Undefined while it is not known. */
  readonly count: number | undefined;
  readonly note: string;
}

function Stand({ title, count, note }: StandProps) {
  return (
    <>
      <span>{title}</span>
      <strong className="tabular">{count === undefined ? "…" : formatCount(count)}</strong>
      {count === 0 ? (
        <span className="quiet">nothing to do</span>
      ) : (
        <span>
          <Tag tone="warn" icon="alert">
            {note}
          </Tag>
        </span>
      )}
    </>
  );
}

function StoragePart({ storage: { totalBytes, freeBytes, bytesADay, fullOn } }: { readonly storage: StorageView }) {
  const free = freeBytes === undefined ? "" : ` ${sizeText(freeBytes)} are free.`;
  const full = fullOn === undefined ? "" : ` At this rate the room is used up on ${formatDate(fullOn)}.`;
  return (
    <section aria-labelledby="storage">
      <h2 id="storage">Storage</h2>
      <p>
        {sizeText(totalBytes)} are stored, and {sizeText(bytesADay)} come a day.{free}
        {full} <Link to="/images/storage">By month and modality</Link>
      </p>
    </section>
  );
}
