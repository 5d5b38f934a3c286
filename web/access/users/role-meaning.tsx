import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { RoleMeaningView } from "#access/api";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { roleMeaningQuery } from "./user-queries.ts";

/** What a role may do, in plain words, asked for when it is opened. */
export function RoleMeaning({ name, title }: { readonly name: string; readonly title: string }) {
  const [isOpen, setOpen] = useState(false);
  const query = useQuery({ ...roleMeaningQuery(name), enabled: isOpen });
  return (
    <details className="users-meaning" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        What {/^[aeiou]/i.test(title) ? "an" : "a"} {title} may do
      </summary>
      {isOpen ? (
        <Loaded query={query} label="Loading what the role may do" rows={3}>
          {(meaning) => <Meaning meaning={meaning} />}
        </Loaded>
      ) : null}
    </details>
  );
}

function Meaning({ meaning: { may, whose, documents } }: { readonly meaning: RoleMeaningView }) {
  return (
    <>
      {may.length === 0 ? null : (
        <ul>
          {may.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <p>
        {whose === undefined
          ? "Nothing about patients that is tied to one of them. Of other documents:"
          : `${whose.patients === "all" ? "Of all patients" : "Of patients whom they care for"}: ${whose.why}`}
      </p>
      <ul>
        {documents.map(({ actions, families }) => (
          <li key={actions}>
            <strong>May {actions}:</strong> {families.join("; ")}
          </li>
        ))}
      </ul>
    </>
  );
}
