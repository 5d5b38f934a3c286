import { Button, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { DisclosureView, ItemView } from "#departments/information/api";
import { FormFailure } from "../../access/form-message.tsx";
import { formatDateTime } from "../../parts/format/dates.ts";
import { formatBytes, formatCount } from "../../parts/format/numbers.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { collectPack, disclosureQuery, useDisclosureDeed } from "../governance-queries.ts";

interface PackPartProps {
  readonly item: ItemView;
  readonly view: DisclosureView;
}

/** The pack: made when all has passed review, and taken once. */
export function PackPart({ item, view }: PackPartProps) {
  const deed = useDisclosureDeed(item.id);
  const { pack, entries, undecided, unconfirmed } = view;
  const isReviewed = entries > 0 && undecided === 0 && unconfirmed === 0;
  const isBuilding = pack?.state === "building";
  return (
    <div className="worklist-inset">
      <h3>Pack</h3>
      <PackState item={item} pack={pack} />
      {isBuilding || item.state === "done" || item.state === "refused" ? null : (
        <Button
          size="xs"
          disabled={!isReviewed}
          loading={deed.isPending}
          leftSection={<Icon name="document" size={15} />}
          onClick={() => deed.mutate({ deed: "pack" })}
        >
          {pack === undefined ? "Make the pack" : "Make it anew"}
        </Button>
      )}
      {isReviewed ? null : <p className="quiet">Nothing leaves before every document has passed review.</p>}
      <FormFailure error={deed.error} />
    </div>
  );
}

function PackState({ item, pack }: { readonly item: ItemView; readonly pack: DisclosureView["pack"] }) {
  if (pack === undefined) return <p className="quiet">No pack has been made.</p>;
  switch (pack.state) {
    case "building":
      return (
        <div>
          <progress
            className="governance-progress"
            aria-label="The pack is made"
            value={pack.done}
            max={Math.max(pack.total, 1)}
          />
          <p className="tabular" role="status">
            {formatCount(pack.done)} of {formatCount(pack.total)} steps
          </p>
        </div>
      );
    case "failed":
      return <p role="alert">It could not be made: {pack.problem}</p>;
    case "ready":
      return <Ready item={item} sizeBytes={pack.sizeBytes} readyAt={pack.readyAt ?? ""} />;
    case "collected":
      return (
        <Collected
          item={item}
          text={`Taken by ${pack.collected?.display ?? ""}, ${formatDateTime(pack.collected?.at ?? "")}.`}
        />
      );
  }
}

interface ReadyProps {
  readonly item: ItemView;
  readonly sizeBytes: number;
  readonly readyAt: string;
}

function Ready({ item, sizeBytes, readyAt }: ReadyProps) {
  const [error, setError] = useState<unknown>();
  const client = useQueryClient();
  const take = async () => {
    try {
      const url = URL.createObjectURL(await collectPack(item.id));
      const link = document.createElement("a");
      link.href = url;
      link.download = `${item.reference}.zip`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (cause) {
      setError(cause);
    }
    void client.invalidateQueries({ queryKey: disclosureQuery(item.id).queryKey });
  };
  return (
    <div className="governance-deeds">
      <p>
        Ready since {formatDateTime(readyAt)}, {formatBytes(sizeBytes)}. It can be taken once; the log says by whom.
      </p>
      <Button size="xs" leftSection={<Icon name="download" size={15} />} onClick={() => void take()}>
        Take the pack
      </Button>
      <FormFailure error={error} />
    </div>
  );
}

function Collected({ item, text }: { readonly item: ItemView; readonly text: string }) {
  const [why, setWhy] = useState("");
  const deed = useDisclosureDeed(item.id);
  return (
    <div className="governance-deeds">
      <p>{text}</p>
      <TextInput
        label="Why it is taken once more"
        size="xs"
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      <Button
        size="xs"
        variant="default"
        disabled={why.trim() === ""}
        loading={deed.isPending}
        onClick={() => deed.mutate({ deed: "release-again", body: { why: why.trim() } })}
      >
        Release it again
      </Button>
      <FormFailure error={deed.error} />
    </div>
  );
}
