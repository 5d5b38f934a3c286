import { Button, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
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
import { usersQuery } from "./user-queries.ts";
import { UserTable } from "./user-table.tsx";
import "./users.css";

type Open = { readonly is: "none" } | { readonly is: "add" } | { readonly is: "edit"; readonly user: UserView };

/** Who may use Corridor, and as what. */
export function UsersPage() {
  const [text, setText] = useState("");
  const [open, setOpen] = useState<Open>({ is: "none" });
  const [added, setAdded] = useState<AddedView | undefined>(undefined);
  const query = useInfiniteQuery(usersQuery(useDebounced(text.trim(), 200)));
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
      <TextInput
        className="users-find"
        label="Find"
        size="xs"
        placeholder="Beginning of a name or user name"
        leftSection={<Icon name="search" size={15} />}
        value={text}
        maxLength={100}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Loaded query={query} label="Loading users" rows={8}>
        {({ pages }) => {
          const users = pages.flatMap((page) => page.users);
          if (users.length === 0)
            return (
              <EmptyPanel icon="person" title="Nobody found">
                Only the beginning of a name counts. Clear the field to see everybody.
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
