import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { Icon } from "../../parts/icon/icon.tsx";
import { usePermission } from "../../shell/session/session.ts";
import { linksQuery } from "../links/link-queries.ts";
import type { MessageFilter } from "./message-queries.ts";

const route = getRouteApi("/signed-in/links/messages");

const stateChoices = [
  { value: "", label: "Any state" },
  { value: "held,rejected", label: "Needs a person" },
  { value: "mapped", label: "Mapped" },
  { value: "held", label: "Held" },
  { value: "rejected", label: "Rejected" },
  { value: "stale", label: "Superseded" },
];

/** Link, type, state and days are part of the address; the number searched for is not, because it may name a patient. */
export function MessageFilters({ filter, q }: { readonly filter: MessageFilter; readonly q: string }) {
  const navigate = route.useNavigate();
  const change = (field: keyof MessageFilter, value: string) => {
    const { [field]: _before, ...rest } = filter;
    const search = value === "" ? rest : { ...rest, [field]: value };
    void navigate({ to: ".", search, state: q === "" ? {} : { searchText: q }, replace: true });
  };
  const ask = (text: string) =>
    void navigate({ to: ".", search: filter, state: text === "" ? {} : { searchText: text } });
  const clear = () => void navigate({ to: ".", search: {}, state: {} });
  const filtered = q !== "" || Object.keys(filter).length > 0;
  return (
    <search className="message-filters" aria-label="Messages">
      <NumberSearch q={q} onAsk={ask} />
      <LinkAndType filter={filter} onChange={change} />
      <NativeSelect
        label="State"
        size="xs"
        value={filter.state ?? ""}
        data={stateChoices}
        onChange={(event) => change("state", event.currentTarget.value)}
      />
      <TextInput
        label="From"
        size="xs"
        type="date"
        value={filter.from ?? ""}
        onChange={(event) => change("from", event.currentTarget.value)}
      />
      <TextInput
        label="To"
        size="xs"
        type="date"
        value={filter.to ?? ""}
        onChange={(event) => change("to", event.currentTarget.value)}
      />
      {filtered ? (
        <Button variant="subtle" size="xs" onClick={clear}>
          Clear
        </Button>
      ) : null}
    </search>
  );
}

function NumberSearch({ q, onAsk }: { readonly q: string; onAsk(text: string): void }) {
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAsk(text.trim());
  };
  return (
    <form className="message-filters-number" onSubmit={submit}>
      <TextInput
        label="Number"
        size="xs"
        placeholder="NHS number, hospital number, control ID or order number"
        leftSection={<Icon name="search" size={15} />}
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default">
        Find
      </Button>
    </form>
  );
}

interface LinkAndTypeProps {
  readonly filter: MessageFilter;
  onChange(field: keyof MessageFilter, value: string): void;
}

/** The links and types there are; for those who may not see the links, only what the address names. */
function LinkAndType({ filter, onChange }: LinkAndTypeProps) {
  const maySeeLinks = usePermission("links.see");
  const { data } = useQuery({ ...linksQuery, enabled: maySeeLinks });
  const links = data?.links ?? [];
  const types = new Set(links.flatMap((link) => link.types.map((counts) => counts.type)));
  if (filter.type !== undefined) types.add(filter.type);
  const names = new Map(links.map((link) => [link.name, link.title]));
  if (filter.link !== undefined && !names.has(filter.link)) names.set(filter.link, filter.link);
  return (
    <>
      <NativeSelect
        label="Link"
        size="xs"
        value={filter.link ?? ""}
        data={[{ value: "", label: "All links" }, ...[...names].map(([value, label]) => ({ value, label }))]}
        onChange={(event) => onChange("link", event.currentTarget.value)}
      />
      <NativeSelect
        label="Type"
        size="xs"
        value={filter.type ?? ""}
        data={[{ value: "", label: "All types" }, ...[...types].toSorted()]}
        onChange={(event) => onChange("type", event.currentTarget.value)}
      />
    </>
  );
}
