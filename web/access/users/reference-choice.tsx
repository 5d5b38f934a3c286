import { MultiSelect } from "@mantine/core";
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useDebounced } from "../../parts/debounce/use-debounced.ts";
import { getFhir, withQuery } from "../../parts/request/request.ts";

type Listed = "Practitioner" | "Location" | "Organization";

interface ReferenceChoiceProps {
  readonly type: Listed;
  readonly label: string;
  readonly description: string;
  /** `Location/1`. */
  readonly chosen: readonly string[];
  readonly most: number;
  onChange(references: string[]): void;
}

/** Entries of the staff and places directory, found by name. */
export function ReferenceChoice({ type, label, description, chosen, most, onChange }: ReferenceChoiceProps) {
  const [text, setText] = useState("");
  const found = useQuery(entriesQuery(type, { name: useDebounced(text.trim(), 250), _count: 20 }));
  const ids = chosen.map((reference) => reference.slice(type.length + 1));
  const named = useQuery({ ...entriesQuery(type, { _id: ids.join(","), _count: 50 }), enabled: ids.length > 0 });
  const names = new Map([...(named.data ?? []), ...(found.data ?? [])].map(({ value, label }) => [value, label]));
  // What the directory does not name, or no longer, is shown as it is written, so that it can be taken away.
  for (const reference of chosen) if (!names.has(reference)) names.set(reference, reference);
  return (
    <MultiSelect
      label={label}
      description={description}
      data={[...names].map(([value, shown]) => ({ value, label: shown }))}
      value={[...chosen]}
      maxValues={most}
      onChange={onChange}
      searchable
      searchValue={text}
      onSearchChange={setText}
      // The server has looked already.
      filter={({ options }) => options}
      nothingFoundMessage={found.isFetching ? "Looking" : "Nobody and nothing has a name that begins so"}
    />
  );
}

interface Entry {
  readonly value: string;
  readonly label: string;
}

function entriesQuery(type: Listed, search: Readonly<Record<string, string | number>>) {
  return queryOptions({
    queryKey: ["directory", type, search],
    queryFn: async ({ signal }) => {
      const bundle = await getFhir<{ readonly entry?: readonly { readonly resource: Resource }[] }>(
        withQuery(`/fhir/${type}`, search),
        signal,
      );
      return (bundle.entry ?? []).map(({ resource }): Entry => {
        const value = `${type}/${resource.id}`;
        return { value, label: nameOf(resource) ?? value };
      });
    },
    placeholderData: keepPreviousData,
  });
}

interface HumanName {
  readonly text?: string;
  readonly prefix?: readonly string[];
  readonly given?: readonly string[];
  readonly family?: string;
}

interface Resource {
  readonly id: string;
  readonly name?: string | readonly HumanName[];
}

function nameOf({ name }: Resource): string | undefined {
  if (name === undefined || typeof name === "string") return name;
  const [first] = name;
  if (first === undefined) return undefined;
  return first.text ?? [...(first.prefix ?? []), ...(first.given ?? []), first.family ?? ""].join(" ").trim();
}
