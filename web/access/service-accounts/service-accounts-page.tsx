import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ServiceAccountsView } from "#access/api";
import { Icon } from "../../parts/icon/icon.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { FormNote } from "../form-message.tsx";
import { AddServiceAccount } from "./add-service-account.tsx";
import { KeyTable } from "./key-table.tsx";
import { serviceAccountsQuery } from "./service-account-queries.ts";
import { ServiceAccountSection } from "./service-account-section.tsx";
import "../users/users.css";
import "./service-accounts.css";

/** The systems that connect, and the keys they come in with. */
export function ServiceAccountsPage() {
  const [adds, setAdds] = useState(false);
  const query = useQuery(serviceAccountsQuery);
  return (
    <div className="page">
      <div className="page-head">
        <h1>Service accounts</h1>
        <Button className="users-add" leftSection={<Icon name="plus" size={16} />} onClick={() => setAdds(true)}>
          Add a service account
        </Button>
      </div>
      <Loaded query={query} label="Loading service accounts" rows={6}>
        {(view) => <Accounts view={view} />}
      </Loaded>
      {adds ? <AddServiceAccount onClose={() => setAdds(false)} /> : null}
    </div>
  );
}

function Accounts({ view: { accounts, tokens } }: { readonly view: ServiceAccountsView }) {
  const due = [...accounts.flatMap(({ keys }) => keys), ...tokens].filter(({ state }) => state === "ends-soon").length;
  return (
    <>
      {due === 0 ? null : (
        <FormNote>{due === 1 ? "One key ends within 30 days." : `${due} keys end within 30 days.`}</FormNote>
      )}
      {accounts.length === 0 ? (
        <EmptyPanel icon="key" title="No service accounts yet">
          Each system that connects should have one of its own.
        </EmptyPanel>
      ) : null}
      {accounts.map((account) => (
        <ServiceAccountSection key={account.id} account={account} />
      ))}
      {tokens.length === 0 ? null : (
        <section className="service-account" aria-label="Tokens without an account">
          <h2>Tokens without an account</h2>
          <p>Made by the command corridor token.</p>
          <KeyTable caption="Tokens without an account" keys={tokens} under="/api/access/tokens" />
        </section>
      )}
    </>
  );
}
