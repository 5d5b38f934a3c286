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

/** What is looked for by number or words; as part of the address it might name a patient to whoever sees that. */
export interface Asked {
  readonly searchText?: string;
  /** Absent: in the numbers. */
  readonly searchIn?: "text";
}

/** Link, type, state and days are part of the address. */
export function MessageFilters({ filter, asked }: { readonly filter: MessageFilter; readonly asked: Asked }) {
  const navigate = route.useNavigate();
  const change = (field: keyof MessageFilter, value: string) => {
    const { [field]: _before, ...rest } = filter;
    const search = value === "" ? rest : { ...rest, [field]: value };
    void navigate({ to: ".", search, state: asked, replace: true });
  };
  const ask = (next: Asked) => void navigate({ to: ".", search: filter, state: next });
  const clear = () => void navigate({ to: ".", search: {}, state: {} });
  const filtered = asked.searchText !== undefined || Object.keys(filter).length > 0;
  return (
    <search className="message-filters" aria-label="Messages">
      <MessageSearch asked={asked} onAsk={ask} />
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

function MessageSearch({ asked, onAsk }: { readonly asked: Asked; onAsk(asked: Asked): void }) {
  const { searchText = "", searchIn } = asked;
  const [text, setText] = useState(searchText);
  const [place, setPlace] = useState(searchIn);
  useEffect(() => setText(searchText), [searchText]);
  useEffect(() => setPlace(searchIn), [searchIn]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = text.trim();
    onAsk({ ...(found === "" ? {} : { searchText: found }), ...(place === undefined ? {} : { searchIn: place }) });
  };
  return (
    <form className="message-filters-search" onSubmit={submit}>
      <NativeSelect
        label="Find by"
        size="xs"
        value={place ?? "numbers"}
        data={[
          { value: "numbers", label: "Number" },
          { value: "text", label: "Words" },
        ]}
        onChange={(event) => setPlace(event.currentTarget.value === "text" ? "text" : undefined)}
      />
      <TextInput
        label={place === "text" ? "Words of the message" : "Number"}
        size="xs"
        placeholder={
          place === "text"
            ? "Words anywhere in the message, or how they begin: osei staph aureus"
            : "NHS number, hospital number, control ID or order number"
        }
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
