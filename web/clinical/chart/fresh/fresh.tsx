import { UnstyledButton } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import type { LiveEvent, Panel } from "#departments/clinical/api";
import { announce } from "../../../parts/announcer/announcement.ts";
import { Icon } from "../../../parts/icon/icon.tsx";
import { useLive } from "../../../parts/live/use-live.ts";
import { chartKey, newestResultsQuery } from "../chart-queries.ts";
import "./fresh.css";

const FreshIds = createContext<ReadonlySet<string>>(new Set());

/** How long what has just arrived stays marked. */
const freshMs = 60_000;

/** Ids of the documents that changed while this chart was open. */
export function useFreshIds(): ReadonlySet<string> {
  return useContext(FreshIds);
}

interface FreshProviderProps {
  readonly id: string;
  /** Position of the record that is on the screen. */
  readonly position: number;
  readonly children: ReactNode;
}

/** Listens to the record for one chart, renews what is shown, and says what is new. */
export function FreshProvider({ id, position, children }: FreshProviderProps) {
  const client = useQueryClient();
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const onChange = (event: LiveEvent) => {
    void client.invalidateQueries({ queryKey: chartKey(id) });
    setFresh((before) => new Set([...before, ...event.ids]));
  };
  useLive({ path: `/api/clinical/patients/${id}/live`, position, onChange });
  useEffect(() => {
    if (fresh.size === 0) return;
    const timer = window.setTimeout(() => setFresh(new Set()), freshMs);
    return () => window.clearTimeout(timer);
  }, [fresh]);

  return (
    <FreshIds value={fresh}>
      {fresh.size === 0 ? null : <NewResultNotice id={id} fresh={fresh} />}
      {children}
    </FreshIds>
  );
}

function NewResultNotice({ id, fresh }: { readonly id: string; readonly fresh: ReadonlySet<string> }) {
  const newest = useQuery(newestResultsQuery(id));
  const arrived = (newest.data?.panels ?? []).filter((panel) => isFresh(panel, fresh));
  const names = arrived.map((panel) => panel.name.text).join(", ");
  useEffect(() => {
    if (names !== "") announce(`New result: ${names}`);
  }, [names]);
  const [dismissed, setDismissed] = useState("");
  const [first] = arrived;
  if (first === undefined || names === dismissed) return null;
  return (
    <p className="fresh-notice">
      <Icon name="flask" size={16} />
      <span>
        <strong>New result:</strong> {names}
      </span>
      <Link to="/patients/$id/results" params={{ id }} search={{ report: first.id }} className="fresh-notice-link">
        Show
      </Link>
      <UnstyledButton className="fresh-notice-close" aria-label="Dismiss" onClick={() => setDismissed(names)}>
        <Icon name="close" size={15} />
      </UnstyledButton>
    </p>
  );
}

/** A report is new when it, or one of its results, has just changed. */
export function isFresh(panel: Panel, fresh: ReadonlySet<string>): boolean {
  return fresh.has(panel.id) || panel.results.some((result) => fresh.has(result.id));
}
