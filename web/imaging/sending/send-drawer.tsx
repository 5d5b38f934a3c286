import { NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { NodeView } from "#departments/clinical/api";
import { FormFailure } from "../../access/form-message.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { useImageDeed } from "../imaging-queries.ts";
import { FormButtons, ImagingDrawer } from "../reason-drawer.tsx";
import { SyntaxChoice } from "../syntax-choice.tsx";
import { StudySearch } from "./study-search.tsx";

interface SendDrawerProps {
  readonly nodes: readonly NodeView[];
  onClose(): void;
}

/** Sends one study to one node. */
export function SendDrawer({ nodes, onClose }: SendDrawerProps) {
  const called = nodes.filter(({ host, web }) => host !== undefined || web !== undefined);
  const [study, setStudy] = useState("");
  const [node, setNode] = useState(called[0]?.id ?? "");
  const [transferSyntax, setTransferSyntax] = useState("");
  const [reason, setReason] = useState("");
  const request = useImageDeed();
  const send = (event: FormEvent) => {
    event.preventDefault();
    const body = { node, reason: reason.trim(), ...(transferSyntax === "" ? {} : { transferSyntax }) };
    const finish = () => {
      announce("The study is on its way.");
      onClose();
    };
    request.mutate({ method: "POST", path: `/studies/${encodeURIComponent(study)}/send`, body }, { onSuccess: finish });
  };
  return (
    <ImagingDrawer title="Send a study" onClose={onClose}>
      <form className="imaging-form" onSubmit={send}>
        <StudySearch chosen={study} onChoose={setStudy} />
        {called.length === 0 ? (
          <p className="imaging-why">No node can be sent to: give one a host and a port, or a web address, first.</p>
        ) : (
          <NativeSelect
            label="To"
            value={node}
            data={called.map(({ id, aeTitle, description }) => ({
              value: id,
              label: description === "" ? aeTitle : `${aeTitle}: ${description}`,
            }))}
            onChange={(event) => setNode(event.currentTarget.value)}
          />
        )}
        <SyntaxChoice value={transferSyntax} onChange={setTransferSyntax} />
        <TextInput
          label="Why (may be empty)"
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormFailure error={request.error} />
        <FormButtons
          submit="Send it"
          isPending={request.isPending}
          isReady={study !== "" && node !== ""}
          onClose={onClose}
        />
      </form>
    </ImagingDrawer>
  );
}
