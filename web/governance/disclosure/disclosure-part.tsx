import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { DisclosureView, ItemView } from "#departments/information/api";
import { FormFailure } from "../../access/form-message.tsx";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { disclosureQuery, useDisclosureDeed } from "../governance-queries.ts";
import { PackPart } from "./pack-part.tsx";
import { ReviewSheet } from "./review-sheet.tsx";

/** Gathering, reviewing and packing what is held about the person. */
export function DisclosurePart({ item }: { readonly item: ItemView }) {
  const query = useQuery(disclosureQuery(item.id));
  return (
    <section className="worklist-part" aria-labelledby="item-disclosure">
      <h2 id="item-disclosure">What is held about the person</h2>
      <Loaded query={query} label="Loading what was gathered" rows={4}>
        {(view) => <Disclosure item={item} view={view} />}
      </Loaded>
    </section>
  );
}

interface DisclosureProps {
  readonly item: ItemView;
  readonly view: DisclosureView;
}

function Disclosure({ item, view }: DisclosureProps) {
  const deed = useDisclosureDeed(item.id);
  const [number, setNumber] = useState<number>();
  const isClosed = item.state === "done" || item.state === "refused";
  return (
    <>
      <p>{view.entries === 0 ? "Nothing is gathered yet." : standText(view)}</p>
      {isClosed ? null : (
        <div className="governance-steps">
          <Button size="xs" variant="default" loading={deed.isPending} onClick={() => deed.mutate({ deed: "gather" })}>
            {view.entries === 0 ? "Gather what is held" : "Gather again"}
          </Button>
          {view.undecided === 0 ? null : (
            <Button
              size="xs"
              variant="default"
              loading={deed.isPending}
              onClick={() => deed.mutate({ deed: "give-unflagged" })}
            >
              Give all that nothing is flagged on
            </Button>
          )}
        </div>
      )}
      <FormFailure error={deed.error} />
      {view.sheets.length === 0 ? null : (
        <nav aria-label="Sheets of the review">
          <ul className="worklist-pills">
            {view.sheets.map((sheet) => (
              <li key={sheet.number}>
                <button
                  type="button"
                  className="worklist-pill"
                  aria-current={sheet.number === number ? "page" : undefined}
                  onClick={() => setNumber(sheet.number)}
                >
                  {sheet.number + 1}. {sheet.kinds.slice(0, 2).join(", ")}
                  {sheet.kinds.length > 2 ? " …" : ""}{" "}
                  {sheet.unsettled === 0 ? "reviewed" : `${formatCount(sheet.unsettled)} open`}
                </button>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {number === undefined ? null : <ReviewSheet key={number} id={item.id} number={number} />}
      <PackPart item={item} view={view} />
    </>
  );
}

function standText({ entries, given, redacted, withheld, undecided, unconfirmed }: DisclosureView): string {
  const parts = [
    countOf(entries, "document"),
    `${formatCount(given)} given`,
    `${formatCount(redacted)} given in part`,
    `${formatCount(withheld)} withheld`,
    `${formatCount(undecided)} to review`,
    ...(unconfirmed === 0 ? [] : [`${formatCount(unconfirmed)} wait for a second person`]),
  ];
  return `${parts.join(" · ")}.`;
}
