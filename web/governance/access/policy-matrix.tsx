import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PolicyTableView } from "#access/api";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import { policyTableQuery } from "./access-queries.ts";
import { reachWords, ruleTitle } from "./access-words.ts";

/** Families of documents by what may be done with them, for one role. */
export function PolicyMatrix() {
  const query = useQuery(policyTableQuery);
  return (
    <Loaded query={query} label="Loading the policies" rows={8}>
      {(table) => <Matrix table={table} />}
    </Loaded>
  );
}

type RoleTable = PolicyTableView["roles"][number];

function Matrix({ table }: { readonly table: PolicyTableView }) {
  const [chosen, setChosen] = useState(table.roles[0]?.name ?? "");
  const role = table.roles.find(({ name }) => name === chosen);
  return (
    <>
      <NativeSelect
        className="access-role"
        label="Role"
        value={chosen}
        data={table.roles.map(({ name, title }) => ({ value: name, label: title }))}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      {role === undefined ? null : (
        <>
          <Conditions role={role} table={table} />
          <Rows role={role} actions={table.actions} />
        </>
      )}
    </>
  );
}

function Conditions({ role, table }: { readonly role: RoleTable; readonly table: PolicyTableView }) {
  return (
    <ul className="access-conditions">
      <li>{role.why}</li>
      <li>
        Restricted ({table.restrictedLabels.join(", ")}):{" "}
        {role.seesRestricted ? "seen." : "seen only of patients whom the hospital's documents say that they care for."}
      </li>
      <li>
        Sealed ({table.sealedLabels.join(", ")}): {role.seesSealed ? "seen." : "seen only by breaking the glass."}
      </li>
      <li>What a patient's consent keeps from them is not seen; for research and planning, nobody who opted out.</li>
    </ul>
  );
}

function Rows({ role, actions }: { readonly role: RoleTable; readonly actions: readonly string[] }) {
  if (role.rows.length === 0) return <p>No policy names this role: it reads and writes no documents.</p>;
  return (
    <div className="table-frame">
      <table className="table table-stacks access-matrix">
        <caption className="visually-hidden">What {role.title} may do with documents</caption>
        <thead>
          <tr>
            <th scope="col">Documents</th>
            {actions.map((action) => (
              <th key={action} scope="col">
                {ruleTitle(action)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {role.rows.map(({ name, title, kinds, reach }) => (
            <tr key={name}>
              <th scope="row">
                {title}
                <span className="access-kinds">{kinds.join(", ")}</span>
              </th>
              {reach.map((word, at) => (
                <td key={actions[at]} data-label={ruleTitle(actions[at] ?? "")}>
                  {word === "nobody" ? (
                    <span className="quiet">No</span>
                  ) : (
                    <Tag tone={word === "all" ? "good" : "accent"}>{reachWords[word]}</Tag>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
