import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { TwinView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { formatBytes } from "../../parts/format/numbers.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { ImagingTable } from "../imaging-table.tsx";
import "../imaging.css";
import { twinsQuery } from "../imaging-queries.ts";
import { type AskedDeed, ReasonDrawer } from "../reason-drawer.tsx";
import { DuplicatesPart } from "./duplicates-part.tsx";

const reasons: Readonly<Record<string, string>> = {
  "instance-differs": "An object with the same UID and other content is in the archive already.",
  "newer-came": "A newer object under the same UID came, and is shown in its place.",
  "was-shown": "It was shown until a person chose another under the same UID.",
  "series-elsewhere": "Its series belongs to another study in the archive.",
};

/** Objects that came under a UID that the archive has already, with other content. */
export function AsidePage() {
  const query = useQuery(twinsQuery);
  const [asked, setAsked] = useState<AskedDeed>();
  return (
    <div className="page">
      <div className="page-head">
        <h1>Kept aside</h1>
        <p>Objects under the UID of another that is shown; these are kept until you decide</p>
      </div>
      <DuplicatesPart />
      <Loaded query={query} label="Loading what is kept aside" rows={4}>
        {({ twins }) =>
          twins.length === 0 ? (
            <EmptyPanel icon="check-round" title="Nothing is kept aside">
              An object that comes again with the same content is recognised and answered with success. One with other
              content appears here, where the archive or its node keeps both.
            </EmptyPanel>
          ) : (
            <Twins
              twins={twins}
              onDiscard={(twin) => setAsked(discarding(twin))}
              onShow={(twin) => setAsked(showing(twin))}
            />
          )
        }
      </Loaded>
      {asked === undefined ? null : <ReasonDrawer asked={asked} onClose={() => setAsked(undefined)} />}
    </div>
  );
}

function discarding({ id, instance }: TwinView): AskedDeed {
  return {
    title: "Discard this object",
    means: `The object of ${instance} that is kept aside is forgotten. What the archive shows under that UID stays. If the sender meant another image, it must send it under a UID of its own.`,
    submit: "Discard it",
    done: "It is discarded.",
    isDanger: true,
    asksReason: true,
    deed: (reason) => ({ method: "POST", path: `/twins/${id}/discard`, body: { reason } }),
  };
}

function showing({ id, instance }: TwinView): AskedDeed {
  return {
    title: "Show this one instead",
    means: `This object is shown under ${instance} from now on, in the viewer and to other nodes. The one that is shown now is kept aside in its place.`,
    submit: "Show it",
    done: "It is shown.",
    asksReason: true,
    deed: (reason) => ({ method: "POST", path: `/twins/${id}/show`, body: { reason } }),
  };
}

interface TwinsProps {
  readonly twins: readonly TwinView[];
  onDiscard(twin: TwinView): void;
  onShow(twin: TwinView): void;
}

function Twins({ twins, onDiscard, onShow }: TwinsProps) {
  return (
    <ImagingTable
      caption="Objects that are kept aside"
      columns={["Came", "From", "Why it is kept aside", "Object", { number: "Size" }, { hidden: "What to do" }]}
    >
      {twins.map((twin) => (
        <tr key={twin.id}>
          <th scope="row" className="nowrap">
            {formatDateTime(twin.at)}
          </th>
          <td>{twin.source.startsWith("User/") ? "a person, over the web" : twin.source}</td>
          <td>{reasons[twin.why] ?? twin.why}</td>
          <td className="imaging-uid">{twin.instance}</td>
          <td className="number nowrap">{formatBytes(twin.sizeBytes)}</td>
          <td>
            <span className="imaging-actions">
              {twin.why === "series-elsewhere" ? null : (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`Show instead: ${twin.instance}`}
                  onClick={() => onShow(twin)}
                >
                  Show instead…
                </Button>
              )}
              <Button
                size="compact-xs"
                variant="default"
                aria-label={`Discard ${twin.instance}`}
                onClick={() => onDiscard(twin)}
              >
                Discard…
              </Button>
            </span>
          </td>
        </tr>
      ))}
    </ImagingTable>
  );
}
