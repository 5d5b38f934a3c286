import { Button, FileInput, NativeSelect, NumberInput, Radio } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { FormFailure } from "../../access/form-message.tsx";
import { linksQuery } from "../links/link-queries.ts";
import { historyQuery } from "../set-up/set-up-queries.ts";
import { filesOf, type ReadFiles } from "./picked-files.ts";
import { useAskShadow } from "./replay-queries.ts";

const daysDefault = 7;
const daysMax = 400;
const versionsShown = 50;

/** A deployed version, or files of a folder that nobody has deployed, against what arrived in the last days. */
export function ShadowForm() {
  const navigate = useNavigate();
  const request = useAskShadow();
  const [version, setVersion] = useState("");
  const [picked, setPicked] = useState<ReadFiles>({ files: [], problems: [] });
  const [days, setDays] = useState(daysDefault);
  const [link, setLink] = useState("");
  const [against, setAgainst] = useState("deployed");
  const isReady = version !== "" || (picked.files.length > 0 && picked.problems.length === 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    const configuration = version === "" ? { files: picked.files } : { version: Number(version) };
    request.mutate(
      { configuration, days, against, ...(link === "" ? {} : { link }) },
      { onSuccess: ({ id }) => void navigate({ to: "/links/replay/shadow/$id", params: { id } }) },
    );
  };
  return (
    <form className="replay-card replay-form" onSubmit={submit} aria-label="New shadow run">
      <div className="replay-fields">
        <VersionSelect version={version} onChange={setVersion} />
        {version === "" ? <FolderInput onPick={setPicked} /> : null}
        <NumberInput
          label="Days up to now"
          value={days}
          min={1}
          max={daysMax}
          clampBehavior="strict"
          allowDecimal={false}
          onChange={(value) => setDays(Number(value) || 1)}
        />
        <LinkSelect link={link} onChange={setLink} />
      </div>
      {picked.problems.map((problem) => (
        <p key={problem} className="replay-problem">
          {problem}
        </p>
      ))}
      <AgainstChoice against={against} onChange={setAgainst} />
      <FormFailure error={request.error} />
      <div className="replay-actions">
        <Button type="submit" disabled={!isReady} loading={request.isPending}>
          Run in the shadow
        </Button>
        <span className="replay-note">Nothing is written and nothing is sent: only differences are kept.</span>
      </div>
    </form>
  );
}

interface SelectProps {
  onChange(value: string): void;
}

function AgainstChoice({ against, onChange }: SelectProps & { readonly against: string }) {
  return (
    <Radio.Group label="Compared with" value={against} onChange={onChange}>
      <div className="replay-choices">
        <Radio value="deployed" label="What runs now would do" />
        <Radio value="recorded" label="What was recorded" />
      </div>
    </Radio.Group>
  );
}

/** A folder as a whole: paths below it are kept. */
function FolderInput({ onPick }: { onPick(files: ReadFiles): void }) {
  return (
    <FileInput
      label="Files of links, destinations, …"
      placeholder="Choose a folder"
      multiple
      clearable
      fileInputProps={{ webkitdirectory: "" } as object}
      onChange={(files) => void filesOf(files).then(onPick)}
    />
  );
}

function VersionSelect({ version, onChange }: SelectProps & { readonly version: string }) {
  const { data } = useQuery(historyQuery(versionsShown));
  const deployments = data?.deployments ?? [];
  return (
    <NativeSelect
      label="Set-up to try"
      value={version}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: "", label: "Files that are not deployed" },
        ...deployments.map((each) => ({ value: String(each.version), label: `Version ${each.version}: ${each.why}` })),
      ]}
    />
  );
}

function LinkSelect({ link, onChange }: SelectProps & { readonly link: string }) {
  const { data } = useQuery(linksQuery);
  return (
    <NativeSelect
      label="Link"
      value={link}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: "", label: "Every link" },
        ...(data?.links ?? []).map(({ name, title }) => ({ value: name, label: title })),
      ]}
    />
  );
}
