import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AddedView, UserView } from "#access/api";
import { useDebounced } from "../../parts/debounce/use-debounced.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import { AddUser } from "./add-user.tsx";
import { EditUser } from "./edit-user.tsx";
import { OneTimeLink } from "./one-time-link.tsx";
import { RoleMeaning } from "./role-meaning.tsx";
import { UserFilters } from "./user-filters.tsx";
import { rolesQuery, type UsersWanted, usersQuery } from "./user-queries.ts";
import { UserTable } from "./user-table.tsx";
import "./users.css";

type Open = { readonly is: "none" } | { readonly is: "add" } | { readonly is: "edit"; readonly user: UserView };

const everybody: UsersWanted = { find: "", role: "", state: "", source: "" };

/** Who may use Corridor, and as what. */
export function UsersPage() {
  const [wanted, setWanted] = useState(everybody);
  const [open, setOpen] = useState<Open>({ is: "none" });
  const [added, setAdded] = useState<AddedView | undefined>(undefined);
  const query = useInfiniteQuery(usersQuery({ ...wanted, find: useDebounced(wanted.find.trim(), 200) }));
  const role = useQuery(rolesQuery).data?.find(({ name }) => name === wanted.role);
  const close = () => setOpen({ is: "none" });
  return (
    <div className="page">
      <div className="page-head">
        <h1>Users</h1>
        <Button
          className="users-add"
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => setOpen({ is: "add" })}
        >
          Add a user
        </Button>
      </div>
      {added?.link === undefined ? null : <OneTimeLink added={added} onClose={() => setAdded(undefined)} />}
      <UserFilters wanted={wanted} onChange={(part) => setWanted((before) => ({ ...before, ...part }))} />
      {role === undefined ? null : <RoleMeaning key={role.name} name={role.name} title={role.title} />}
      <Loaded query={query} label="Loading users" rows={8}>
        {({ pages }) => {
          const users = pages.flatMap((page) => page.users);
          if (users.length === 0)
            return (
              <EmptyPanel icon="person" title="Nobody found">
                Only the beginning of a name counts, and all that is chosen must be so. Clear it to see everybody.
              </EmptyPanel>
            );
          return (
            <>
              <UserTable users={users} onEdit={(user) => setOpen({ is: "edit", user })} />
              <MoreRows query={query} label="Show more users" />
            </>
          );
        }}
      </Loaded>
      {open.is === "add" ? <AddUser onClose={close} onAdded={setAdded} /> : null}
      {open.is === "edit" ? <EditUser user={open.user} onClose={close} onChanged={setAdded} /> : null}
    </div>
  );
}
