import { Button, Checkbox, Modal, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { announce } from "../../parts/announcer/announcement.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { issuesOf } from "../fhir/outcome.ts";
import { IssueList } from "../issue-list.tsx";
import type { Explored } from "../search/explored.ts";
import { keep, savedKey, savedQuery } from "./saved-queries.ts";

interface SaveSearchProps {
  readonly type: string;
  readonly explored: Explored;
}

export function SaveSearch({ type, explored }: SaveSearchProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<Icon name="download" size={15} />}
        onClick={() => setOpen(true)}
      >
        Save this search
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title="Save this search"
        centered
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <SaveForm type={type} explored={explored} onDone={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function SaveForm({ type, explored, onDone }: SaveSearchProps & { onDone(): void }) {
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const { data } = useQuery(savedQuery);
  const before = data?.searches.find((search) => search.own && search.name === name.trim());
  const client = useQueryClient();
  const keeping = useMutation({
    mutationFn: () =>
      keep({ name: name.trim(), type, query: explored.query, columns: [...(explored.columns ?? [])], shared }, before),
    onSuccess: () => {
      announce(`${name.trim()} is saved.`);
      onDone();
      return client.invalidateQueries({ queryKey: savedKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") keeping.mutate();
  };
  return (
    <form className="save-form" onSubmit={submit}>
      <TextInput
        label="Name"
        data-autofocus
        maxLength={100}
        value={name}
        description={before === undefined ? undefined : "You have one of this name: it is replaced."}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox
        label="Share it with everyone who uses the explorer"
        description="They see the conditions. What it finds depends on what each of them may see."
        checked={shared}
        onChange={(event) => setShared(event.currentTarget.checked)}
      />
      {keeping.error === null ? null : <IssueList issues={issuesOf(keeping.error)} />}
      <Button type="submit" loading={keeping.isPending} disabled={name.trim() === ""}>
        {before === undefined ? "Save" : "Replace"}
      </Button>
    </form>
  );
}
