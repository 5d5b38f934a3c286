import { Checkbox, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { NodeView } from "#departments/clinical/api";
import { FormFailure } from "../../access/form-message.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { DuplicateChoice } from "../duplicate-choice.tsx";
import { useImageDeed } from "../imaging-queries.ts";
import { wordsOf } from "../imaging-words.ts";
import { FormButtons, ImagingDrawer } from "../reason-drawer.tsx";

/** As the fields hold it. */
interface Draft {
  readonly id: string;
  readonly aeTitle: string;
  readonly description: string;
  readonly host: string;
  readonly port: string;
  readonly addresses: string;
  readonly webUrl: string;
  readonly webUser: string;
  /** Empty: the one that is kept stays. */
  readonly webSecret: string;
  /** Empty: what holds for the whole archive. */
  readonly duplicates: string;
  readonly flags: Readonly<Record<Flag, boolean>>;
}

const flags = [
  ["mayStore", "It may store images here"],
  ["mayReject", "Its rejection notes hide the images that they name"],
  ["mayFind", "It may search for studies"],
  ["mayRetrieve", "It may fetch images"],
  ["mayWorklist", "It may read the worklist and report examinations"],
  ["commits", "It commits to the storage of what is sent to it, when asked"],
  ["isTold", "Sends to it only tell it which objects can be fetched here (Instance Availability)"],
  ["tls", "It is called with TLS"],
  ["isPaused", "Paused: nothing is sent to it, and it may ask for nothing"],
] as const;

type Flag = (typeof flags)[number][0];

function draftOf(node: NodeView | undefined): Draft {
  return {
    id: node?.id ?? "",
    aeTitle: node?.aeTitle ?? "",
    description: node?.description ?? "",
    host: node?.host ?? "",
    port: node?.port === undefined ? "" : String(node.port),
    addresses: node?.addresses.join(", ") ?? "",
    webUrl: node?.web?.url ?? "",
    webUser: node?.web?.user ?? "",
    webSecret: "",
    duplicates: node?.duplicates ?? "",
    flags: {
      mayStore: node?.mayStore ?? true,
      mayReject: node?.mayReject ?? true,
      mayFind: node?.mayFind ?? false,
      mayRetrieve: node?.mayRetrieve ?? false,
      mayWorklist: node?.mayWorklist ?? false,
      commits: node?.commits ?? false,
      isTold: node?.isTold ?? false,
      tls: node?.tls ?? false,
      isPaused: node?.isPaused ?? false,
    },
  };
}

function webOf({ webUrl, webUser, webSecret }: Draft) {
  if (webUrl.trim() === "") return {};
  const user = webUser.trim() === "" ? {} : { user: webUser.trim() };
  return { web: { url: webUrl.trim(), ...user, ...(webSecret === "" ? {} : { secret: webSecret }) } };
}

function bodyOf(draft: Draft) {
  const { aeTitle, description, host, port, addresses, duplicates, flags } = draft;
  return {
    aeTitle,
    description,
    addresses: wordsOf(addresses),
    ...(host.trim() === "" ? {} : { host: host.trim() }),
    ...(port.trim() === "" ? {} : { port: Number(port) }),
    ...(duplicates === "" ? {} : { duplicates }),
    ...flags,
    ...webOf(draft),
  };
}

interface NodeDrawerProps {
  /** Undefined for a new one. */
  readonly node: NodeView | undefined;
  onClose(): void;
}

/** Describes a node. */
export function NodeDrawer({ node, onClose }: NodeDrawerProps) {
  const [draft, setDraft] = useState(() => draftOf(node));
  const request = useImageDeed();
  const send = (event: FormEvent) => {
    event.preventDefault();
    const finish = () => {
      announce("The node is kept.");
      onClose();
    };
    const path = `/nodes/${encodeURIComponent(draft.id.trim())}`;
    request.mutate({ method: "PUT", path, body: bodyOf(draft) }, { onSuccess: finish });
  };
  return (
    <ImagingDrawer title={node === undefined ? "Add a node" : `Edit ${node.aeTitle}`} onClose={onClose}>
      <form className="imaging-form" onSubmit={send}>
        <NodeFields draft={draft} isNew={node === undefined} onChange={setDraft} />
        <WebFields draft={draft} hasSecret={node?.web?.hasSecret === true} onChange={setDraft} />
        <fieldset className="imaging-form imaging-flags">
          <legend>What it may do</legend>
          {flags.map(([flag, label]) => (
            <Checkbox
              key={flag}
              label={label}
              checked={draft.flags[flag]}
              onChange={(event) => {
                const { checked } = event.currentTarget;
                setDraft({ ...draft, flags: { ...draft.flags, [flag]: checked } });
              }}
            />
          ))}
        </fieldset>
        <DuplicateChoice
          archive="As for the whole archive"
          value={draft.duplicates}
          onChange={(duplicates) => setDraft({ ...draft, duplicates })}
        />
        <FormFailure error={request.error} />
        <FormButtons
          submit="Keep it"
          isPending={request.isPending}
          isReady={draft.id.trim() !== "" && draft.aeTitle.trim() !== ""}
          onClose={onClose}
        />
      </form>
    </ImagingDrawer>
  );
}

interface NodeFieldsProps {
  readonly draft: Draft;
  readonly isNew: boolean;
  onChange(draft: Draft): void;
}

type TextField = "id" | "aeTitle" | "description" | "host" | "port" | "addresses";

function NodeFields({ draft, isNew, onChange }: NodeFieldsProps) {
  const text = (field: TextField, label: string, description?: string) => (
    <TextInput
      label={label}
      description={description ?? null}
      value={draft[field]}
      maxLength={field === "addresses" ? 2_000 : 253}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange({ ...draft, [field]: event.currentTarget.value })}
    />
  );
  return (
    <>
      {isNew ? text("id", "Name", "Small letters, digits and hyphens: ct-1. Rules name it by this.") : null}
      {text("aeTitle", "AE title", "What it calls itself, 16 characters at most")}
      {text("description", "What it is, and where it stands")}
      <div className="imaging-pair">
        {text("host", "Host", "Empty for a node that is never called")}
        {text("port", "Port", "Often 104 or 11112")}
      </div>
      {text("addresses", "From where it may ask", "Addresses or networks, with commas; empty: from its host alone")}
    </>
  );
}

interface WebFieldsProps extends Omit<NodeFieldsProps, "isNew"> {
  /** One is kept, which nobody is shown. */
  readonly hasSecret: boolean;
}

/** Where it takes images by DICOMweb. */
function WebFields({ draft, hasSecret, onChange }: WebFieldsProps) {
  const kept = hasSecret ? "One is kept, sealed; empty leaves it" : "Kept sealed, and shown to nobody";
  return (
    <fieldset className="imaging-form imaging-flags">
      <legend>Sent to by DICOMweb instead</legend>
      <TextInput
        label="Web address"
        description="What /studies stands behind: https://pacs.example/dicomweb"
        value={draft.webUrl}
        maxLength={500}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange({ ...draft, webUrl: event.currentTarget.value })}
      />
      {draft.webUrl.trim() === "" ? null : (
        <div className="imaging-pair">
          <TextInput
            label="User"
            description="Empty for a token"
            value={draft.webUser}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => onChange({ ...draft, webUser: event.currentTarget.value })}
          />
          <TextInput
            label="Password or token"
            description={kept}
            type="password"
            value={draft.webSecret}
            maxLength={4_000}
            autoComplete="new-password"
            onChange={(event) => onChange({ ...draft, webSecret: event.currentTarget.value })}
          />
        </div>
      )}
    </fieldset>
  );
}
