import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { UserSource } from "#access/api";
import { Icon } from "../../parts/icon/icon.tsx";
import { rolesQuery, type UsersWanted } from "./user-queries.ts";

/** Where an account comes from, as the page says it. */
export const sourceWords: Readonly<Record<UserSource, string>> = {
  hand: "Added by hand",
  directory: "Directory",
  "past-directory": "No longer in the directory",
  outside: "Hospital's sign-in",
};

const states = [
  { value: "", label: "Open and closed" },
  { value: "active", label: "Open" },
  { value: "closed", label: "Closed" },
];

const sources = [
  { value: "", label: "From anywhere" },
  ...Object.entries(sourceWords).map(([value, label]) => ({ value, label })),
];

interface UserFiltersProps {
  readonly wanted: UsersWanted;
  onChange(part: Partial<UsersWanted>): void;
}

/** Whom the list shows: all that is chosen must be so. */
export function UserFilters({ wanted, onChange }: UserFiltersProps) {
  const roles = useQuery(rolesQuery).data ?? [];
  const roleChoices = [
    { value: "", label: "Any role" },
    ...roles.map(({ name, title }) => ({ value: name, label: title })),
  ];
  return (
    <search className="users-filters">
      <TextInput
        className="users-find"
        label="Find"
        size="xs"
        placeholder="Beginning of a name or user name"
        leftSection={<Icon name="search" size={15} />}
        value={wanted.find}
        maxLength={100}
        onChange={(event) => onChange({ find: event.currentTarget.value })}
      />
      <NativeSelect
        label="Role"
        size="xs"
        data={roleChoices}
        value={wanted.role}
        onChange={(event) => onChange({ role: event.currentTarget.value })}
      />
      <NativeSelect
        label="State"
        size="xs"
        data={states}
        value={wanted.state}
        onChange={(event) => onChange({ state: event.currentTarget.value })}
      />
      <NativeSelect
        label="From"
        size="xs"
        data={sources}
        value={wanted.source}
        onChange={(event) => onChange({ source: event.currentTarget.value })}
      />
    </search>
  );
}
