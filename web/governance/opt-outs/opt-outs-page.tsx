import { Button, FileButton } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { OptOutView } from "#access/api";
import { FormFailure } from "../../access/form-message.tsx";
import { formatDateTime } from "../../parts/format/dates.ts";
import { getJson, getText, sendText } from "../../parts/request/request.ts";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import "./opt-outs.css";

const path = "/api/access/opt-outs";
const queryKey = ["access", "opt-outs"] as const;

/** Whether there is a recent answer on who has opted out of research and planning; its request, and its reply. */
export function OptOutsPage() {
  const query = useQuery({ queryKey, queryFn: ({ signal }) => getJson<OptOutView>(path, signal) });
  return (
    <div className="page opt-outs">
      <div className="page-head">
        <h1>National data opt-outs</h1>
      </div>
      <p>
        What is used for research or planning leaves out who has opted out. Without a recent answer of the national
        service nothing of patients is given out for either.
      </p>
      <Loaded query={query} label="Loading the last answer">
        {(view) => <State view={view} />}
      </Loaded>
      <Exchange />
    </div>
  );
}

function State({ view }: { readonly view: OptOutView }) {
  const { isFresh, checked = "", expires = "", count } = view;
  if (!isFresh)
    return (
      <p className="opt-outs-state">
        <Tag tone="warn" icon="alert">
          No recent answer
        </Tag>{" "}
        Nothing is given out for research or planning until a reply is taken in.
      </p>
    );
  return (
    <p className="opt-outs-state">
      <Tag tone="good" icon="check">
        Up to date
      </Tag>{" "}
      By the answer of {formatDateTime(checked)}, {count?.toLocaleString("en-GB")} people may be used. It counts until{" "}
      {formatDateTime(expires)}.
    </p>
  );
}

function Exchange() {
  const client = useQueryClient();
  const request = useMutation({ mutationFn: () => getText("POST", `${path}/request`), onSuccess: save });
  const reply = useMutation({
    mutationFn: async (file: File) => sendText<OptOutView>("POST", `${path}/reply`, await file.text()),
    onSuccess: (view) => client.setQueryData(queryKey, view),
  });
  return (
    <>
      <FormFailure error={request.error ?? reply.error} />
      <ol className="opt-outs-steps">
        <li>
          <p>Fetch the NHS numbers of all patients.</p>
          <Button variant="default" onClick={() => request.mutate()} loading={request.isPending}>
            Fetch the request file
          </Button>
        </li>
        <li>
          <p>Send the file over MESH to the Check for National Data Opt-outs Service.</p>
        </li>
        <li>
          <p>Take in the file that comes back.</p>
          <FileButton accept=".dat,text/plain" onChange={(file) => file && reply.mutate(file)}>
            {(props) => (
              <Button {...props} loading={reply.isPending}>
                Take in the reply
              </Button>
            )}
          </FileButton>
        </li>
      </ol>
    </>
  );
}

function save(text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = "opt-out-request.dat";
  link.click();
  URL.revokeObjectURL(link.href);
}
