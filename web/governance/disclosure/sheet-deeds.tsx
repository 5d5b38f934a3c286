import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { type Ground, groundNames, grounds, type SheetView } from "#departments/information/api";
import { FormFailure } from "../../access/form-message.tsx";
import { countOf } from "../../parts/format/numbers.ts";
import { useDisclosureDeed } from "../governance-queries.ts";

interface SheetDeedsProps {
  readonly id: string;
  readonly sheet: SheetView;
  readonly keys: readonly string[];
  onDone(): void;
}

/** What is done with the chosen documents. */
export function SheetDeeds({ id, sheet, keys, onDone }: SheetDeedsProps) {
  const deed = useDisclosureDeed(id);
  const [ground, setGround] = useState<Ground>("third-party");
  const [why, setWhy] = useState("");
  const send = (order: object) => {
    const said = why.trim() === "" ? {} : { why: why.trim() };
    const body = { sheet: sheet.number, version: sheet.version, keys, order, ...said };
    deed.mutate({ deed: "entries", body }, { onSuccess: onDone });
  };
  const shared = { size: "xs", variant: "default", disabled: keys.length === 0, loading: deed.isPending } as const;
  return (
    <div className="worklist-inset">
      <p role="status">
        {keys.length === 0 ? "Choose documents to decide on them." : `${countOf(keys.length, "document")} chosen.`}
      </p>
      <div className="governance-deeds">
        <TextInput
          label="Reason, or the health professional's opinion"
          size="xs"
          value={why}
          maxLength={4_000}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
        <Button {...shared} onClick={() => send({ do: "give" })}>
          Give
        </Button>
        <NativeSelect
          label="Ground"
          size="xs"
          value={ground}
          data={groundNames.map((name) => ({ value: name, label: grounds[name] }))}
          onChange={(event) => setGround(event.currentTarget.value as Ground)}
        />
        <Button {...shared} onClick={() => send({ do: "withhold", ground })}>
          Withhold
        </Button>
        <Button {...shared} onClick={() => send({ do: "flag", flag: "serious-harm", isSet: true })}>
          Flag serious harm
        </Button>
        <Button {...shared} onClick={() => send({ do: "flag", flag: "third-party", isSet: true })}>
          Flag somebody else
        </Button>
        <Button {...shared} onClick={() => send({ do: "confirm" })}>
          Confirm as second person
        </Button>
        <Button {...shared} onClick={() => send({ do: "undo" })}>
          Undo
        </Button>
      </div>
      <FormFailure error={deed.error} />
    </div>
  );
}
